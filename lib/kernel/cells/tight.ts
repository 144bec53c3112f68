/**
 * Tight loops: they call nothing that could take long, wait, or be noticed
 * from outside. What they may call is `Math` and leaves (leaves.ts).
 */
import type { Node } from '@babel/types';
import { walk } from './walk';

export type Loop = Extract<
  Node,
  { type: 'ForStatement' | 'ForInStatement' | 'ForOfStatement' | 'WhileStatement' | 'DoWhileStatement' }
>;

const LOOPS = new Set<string>([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
]);

export function isLoop(node: Node): node is Loop {
  return LOOPS.has(node.type);
}

/** Whether a loop calls and awaits nothing but `callable` names, and what an error that it throws is made with. */
export function isTight(loop: Node, callable: ReadonlySet<string>): boolean {
  const names = calledNames([loop]);
  return names !== undefined && [...names].every((name) => callable.has(name));
}

/** The names that parts of a function call; undefined where they loop, wait, or could be noticed. */
export function calledByShort(parts: readonly Node[]): Set<string> | undefined {
  return calledNames(parts, LOOPS);
}

/** `Math` stands for all its functions. */
function calledNames(roots: readonly Node[], excluded?: ReadonlySet<string>): Set<string> | undefined {
  const names = new Set<string>();
  let calm = true;
  const look = (node: Node): boolean => {
    if (node.type === 'ThrowStatement') return false;
    if (DISTURBING.has(node.type) || excluded?.has(node.type) === true) calm = false;
    if (node.type === 'ForOfStatement' && node.await) calm = false;
    if (node.type === 'CallExpression') {
      const name = calledName(node.callee);
      if (name === undefined) calm = false;
      else names.add(name);
    }
    return calm;
  };
  for (const root of roots) walk(root, look);
  return calm ? names : undefined;
}

function calledName(callee: Node): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.object.type !== 'Identifier') {
    return undefined;
  }
  return callee.object.name === 'Math' ? 'Math' : undefined;
}

const DISTURBING = new Set<string>([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassExpression',
  'ClassDeclaration',
  'AwaitExpression',
  'YieldExpression',
  'NewExpression',
  'OptionalCallExpression',
  'TaggedTemplateExpression',
  'ImportExpression',
  'DebuggerStatement',
  'ThisExpression',
]);
