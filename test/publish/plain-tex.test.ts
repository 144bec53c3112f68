import { plainTex } from 'inkwell/publish/plain-tex';

test.each([
  [String.raw`\frac{e^{z_k}}{\sum_j e^{z_j}}`, 'e^z_k / Σ_j e^z_j'],
  [String.raw`w \leftarrow w - \eta \cdot f'(w)`, "w ← w - η · f'(w)"],
  [String.raw`\operatorname{ReLU}(x) = \max(x, 0)`, 'ReLU(x) = max(x, 0)'],
  [String.raw`\sqrt{2/n}`, '√2/n'],
])('%s reads %s', (tex, text) => {
  expect(plainTex(tex)).toBe(text);
});
