/**
 * Cells that are JavaScript already. Most small ones are: they run as they
 * are written, and what would turn TypeScript into it need not be asked.
 */
import type { Node, Program } from '@babel/types';
import { walk } from './walk';

/** Whether a parsed cell holds nothing that a compiler has to take out or to turn into what V8 knows. */
export function isPlainJavaScript(program: Program): boolean {
  let plain = true;
  walk(program, (node) => {
    plain &&= !isTypeScript(node) && !needsCompiler(node);
    return plain;
  });
  return plain;
}

/** What the parser notes on a node of JavaScript where TypeScript has words of its own in it. */
const MARKS = ['declare', 'abstract', 'accessibility', 'readonly', 'override', 'definite'];
const OPTIONAL_CHAIN = new Set(['OptionalMemberExpression', 'OptionalCallExpression']);

function isTypeScript(node: Node): boolean {
  if (node.type.startsWith('TS')) return true;
  const marked = node as unknown as Record<string, unknown>;
  if (MARKS.some((mark) => Boolean(marked[mark]))) return true;
  if (marked['optional'] === true && !OPTIONAL_CHAIN.has(node.type)) return true;
  if (marked['importKind'] === 'type' || marked['exportKind'] === 'type') return true;
  // `this` as a parameter has a name that no variable can have.
  return node.type === 'Identifier' && node.name === 'this';
}

/** Newer than Node 20's V8, or, as fields, what the reader's tsconfig may give another meaning. */
function needsCompiler(node: Node): boolean {
  if (node.type === 'VariableDeclaration') return node.kind === 'using' || node.kind === 'await using';
  return COMPILED.has(node.type);
}

const COMPILED = new Set(['Decorator', 'ClassAccessorProperty', 'ClassProperty', 'ClassPrivateProperty']);
