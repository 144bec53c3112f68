/** The examples of docs/figures.md, in the order in which they stand there, run as they are. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import * as inkwell from 'inkwell';
import { projectRoot } from 'inkwell/core/paths';
import type { View } from 'inkwell/views/view';

const text = readFileSync(path.join(projectRoot(), 'docs', 'figures.md'), 'utf8');
const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);

test('docs/figures.md draws what it promises', async () => {
  const shown: View[] = [];
  const source = `(async () => {\n${blocks.join('\n').replace(/^import (\{[^}]*\}) from 'inkwell';/m, 'const $1 = library;')}\n})()`;
  const { code } = transformSync(source, { loader: 'ts' });
  const library = { ...inkwell, display: (view: View) => shown.push(view) };
  await new Function('library', `return ${code}`)(library);
  expect(blocks.length).toBeGreaterThan(9);
  expect(shown.map(String).join('\n')).toContain(
    '[interactive figure] A fit whose degree and noise can be chosen',
  );
  expect(shown.length).toBe(blocks.join('').match(/^display\(/gm)?.length);
  for (const view of shown) expect(view.bundle['text/html']).not.toMatch(/NaN|undefined/);
});
