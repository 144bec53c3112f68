/**
 * A test process goes on with other files: one that switched to another engine and stayed there
 * would have them run on it, slowly. Only `onEngine`, which switches back, names an engine; what is
 * evaluated in a process of its own, as text, may.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from '@tslab/typescript-for-tslab';
import { projectRoot } from 'inkwell/core/paths';

const TESTS = path.join(projectRoot(), 'test');

/** Switching back, switching from one native engine to another, and what runs in a process of its own. */
const MAY = ['fixtures/engine.ts', 'engine/compile/native.ts', 'engine/conformance/training-run.ts'];

/** The calls of `useEngine` in a file that name an engine. */
function switches(source: string): string[] {
  const file = ts.createSourceFile('test.ts', source, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      /\buseEngine$/.test(node.expression.getText()) &&
      node.arguments.length > 0
    )
      found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

test('test files switch engines by onEngine alone', () => {
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file.endsWith('.ts') && !MAY.includes(file) && !file.startsWith('bench/'));
  const found = files.flatMap((file) =>
    switches(readFileSync(path.join(TESTS, file), 'utf8')).map((call) => `${file}: ${call}`),
  );
  expect(files.length).toBeGreaterThan(150);
  expect(found).toEqual([]);
});

test('a switch is seen, and one in text is not', () => {
  const code = "await useEngine(); await inkwell.useEngine({ engine: 'cpu' }); run(`useEngine({ engine })`)";
  expect(switches(code)).toEqual(["inkwell.useEngine({ engine: 'cpu' })"]);
});
