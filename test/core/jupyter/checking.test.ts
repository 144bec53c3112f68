import { checkingEnvironment, checkingFor, checkingIn } from 'inkwell/core/jupyter/checking';

test.each([
  [{}, 'strict'],
  [{ kernelspec: { name: 'inkwell', language: 'typescript' } }, 'strict'],
  [{ kernelspec: { name: 'tslab', language: 'typescript' } }, 'lax'],
  [{ kernelspec: { name: 'jslab', language: 'javascript' } }, 'none'],
  [{ language_info: { name: 'javascript' } }, 'none'],
] as const)('a notebook for %j is checked %s', (notebook, checking) => {
  expect(checkingFor(notebook)).toBe(checking);
});

test.each([
  [undefined, 'strict'],
  ['1', 'strict'],
  ['lax', 'lax'],
  ['0', 'none'],
  ['none', 'none'],
] as const)('INKWELL_CHECK=%s is %s', (value, checking) => {
  expect(checkingIn({ INKWELL_CHECK: value })).toBe(checking);
});

test('what the reader has set himself wins', () => {
  const tslab = { kernelspec: { name: 'tslab' } };
  expect(checkingEnvironment(tslab, {})).toEqual({ INKWELL_CHECK: 'lax' });
  expect(checkingEnvironment(tslab, { INKWELL_CHECK: '0' })).toEqual({});
  expect(checkingEnvironment({}, {})).toEqual({});
});
