import { isComplete } from 'inkwell/kernel/cells/completeness';

test.each([
  '1 + 1',
  '',
  '// comment',
  'function f() {}',
  'const x = await 1',
  'for await (const x of []) {}',
  '`abc`',
  'if (a) b()',
  'using a = b',
  'type T = string',
  '@dec class A {}',
  'import x from "y"',
  '({a: 1})',
  'for (;;) {}\n',
])('complete: %s', (code) => {
  expect(isComplete(code)).toEqual({ status: 'complete' });
});

test.each([
  ['`abc', ''],
  ['/* abc', ''],
  ['/** doc\n * more', ''],
  ['function f() {', '  '],
  ['function f() {\n  if (x) {', '    '],
  ['function f() {\n  g();', '  '],
  ['foo(', '  '],
  ['foo(1,', ''],
  ['const x =', '  '],
  ['const x', ''],
  ['[1, 2', ''],
  ['x =>', '  '],
  ['1 +', ''],
  ['if (x)', ''],
  ['foo.', ''],
  ['class A {\n  m() {', '    '],
  ['@dec', ''],
  ['for (const x of xs) { // each', '  '],
  ['type T = {', '  '],
  ['import { a', ''],
  ['foo(  \n\n', '  '],
])('incomplete: %j', (code, indent) => {
  expect(isComplete(code)).toEqual({ status: 'incomplete', indent });
});

test.each([
  'const = 1;',
  'foo(]',
  "'abc",
  'let x; let x',
  '}',
  'class { }',
  'a b',
  'await = = 1',
  'return 1',
])('invalid: %s', (code) => {
  expect(isComplete(code)).toEqual({ status: 'invalid' });
});

test.each(['a |> b', '%html\n<b>'])('unknown, another language: %j', (code) => {
  expect(isComplete(code)).toEqual({ status: 'unknown' });
});
