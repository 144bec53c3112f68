/**
 * Claims as hidden tests: each `claim(words, condition)` becomes a check that
 * knows the sides of its comparison, so that a wrong answer is told what was
 * expected and what came.
 */
import type {
  ArrowFunctionExpression,
  BinaryExpression,
  CallExpression,
  Expression,
  Node,
} from '@babel/types';
import MagicString from 'magic-string';
import { CHECKS_MODULE } from '../core/checks';
import { parseTypeScript } from '../kernel/cells/parse';
import { spanOf, walk } from '../kernel/cells/walk';

const COMPARISONS = ['===', '!==', '==', '!=', '<', '<=', '>', '>='];

/** The call in a node, where it is a claim. */
export function claimIn(node: Node): CallExpression | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined;
  return node.callee.name === 'claim' && node.arguments.length === 2 ? node : undefined;
}

/** Whether a claim stands anywhere in a tree. */
export function hasClaim(tree: Node): boolean {
  let isFound = false;
  walk(tree, (node) => {
    isFound ||= claimIn(node) !== undefined;
    return !isFound;
  });
  return isFound;
}

function holdsAwait(tree: Node): boolean {
  let isFound = false;
  walk(tree, (node) => {
    isFound ||= node.type === 'AwaitExpression';
    return !isFound;
  });
  return isFound;
}

const textOf = (node: Node, code: string): string => code.slice(spanOf(node).start, spanOf(node).end);

/** An expression as its author wrote it, on one line, as a string literal. */
const written = (node: Node, code: string): string => JSON.stringify(textOf(node, code).replace(/\s+/g, ' '));

/** A function that gives the expression's value when it is called; one that awaits is computed at once. */
function later(node: Node, code: string): string {
  const text = `(${textOf(node, code)})`;
  return holdsAwait(node) ? `((value) => () => value)(${text})` : `() => ${text}`;
}

/** The conditions that `a && b && …` joins. */
function conjuncts(node: Expression): Expression[] {
  return node.type === 'LogicalExpression' && node.operator === '&&'
    ? [...conjuncts(node.left), ...conjuncts(node.right)]
    : [node];
}

/** `list.every((value) => a < b)` taken apart; undefined for anything else. */
function everyIn(
  node: Expression,
): { list: Node; test: ArrowFunctionExpression; body: BinaryExpression } | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object, property, computed } = node.callee;
  const [test] = node.arguments;
  if (computed || property.type !== 'Identifier' || property.name !== 'every') return undefined;
  if (test?.type !== 'ArrowFunctionExpression' || test.async || holdsAwait(object)) return undefined;
  const { body } = test;
  if (body.type !== 'BinaryExpression' || !COMPARISONS.includes(body.operator)) return undefined;
  return { list: object, test, body };
}

function everyCondition({ list, test, body }: NonNullable<ReturnType<typeof everyIn>>, code: string): string {
  const parameters = `(${test.params.map((parameter) => textOf(parameter, code)).join(', ')})`;
  const side = (node: Node): string => `${parameters} => (${textOf(node, code)})`;
  const sides = `left: ${side(body.left)}, operator: '${body.operator}', right: ${side(body.right)}`;
  return `{ source: ${written(body.left, code)}, list: ${later(list, code)}, ${sides} }`;
}

function condition(node: Expression, code: string): string {
  const every = everyIn(node);
  if (every !== undefined) return everyCondition(every, code);
  if (node.type !== 'BinaryExpression' || !COMPARISONS.includes(node.operator)) {
    return `{ source: ${written(node, code)}, value: ${later(node, code)} }`;
  }
  const sides = `left: ${later(node.left, code)}, operator: '${node.operator}', right: ${later(node.right, code)}`;
  return `{ source: ${written(node.left, code)}, ${sides} }`;
}

/**
 * A cell that checks what some code claims.
 *
 * @param code statements with calls of `claim`; other statements prepare them.
 * @returns TypeScript that runs on a kernel where the student's cells have run, and prints a
 *   line that starts with `CHECKS_MARK`.
 */
export function testCell(code: string): string {
  const edited = new MagicString(code);
  walk(parseTypeScript(code), (node) => {
    const call = claimIn(node);
    if (call === undefined) return true;
    const [words, holds] = call.arguments as [Expression, Expression];
    const conditions = conjuncts(holds).map((each) => condition(each, code));
    const { start, end } = spanOf(call);
    edited.overwrite(start, end, `check(${later(words, code)}, [${conditions.join(', ')}])`);
    return false;
  });
  return `// @ts-nocheck
{
const { check, report } = (await import('${CHECKS_MODULE}')).createChecks();
try {
${edited.toString().trim()}
} finally {
report();
}
}`;
}
