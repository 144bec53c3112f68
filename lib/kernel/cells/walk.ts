/** Walking a Babel syntax tree: children by their shape, so that no list of node types has to be kept. */
import type { Node } from '@babel/types';

/** A node with both its offsets, as the parser always gives them. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The offsets of a node, in UTF-16 units of the parsed text. */
export function spanOf(node: Node): Span {
  const { start, end } = node;
  if (typeof start !== 'number' || typeof end !== 'number') {
    throw new TypeError(`expected a parsed ${node.type} with offsets, got one without`);
  }
  return { start, end };
}

/** The nodes directly beneath one, in no particular order. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) children.push(...value.filter(isNode));
    else if (isNode(value)) children.push(value);
  }
  return children;
}

/** Visits a node and what lies beneath it, parents first; where `visit` returns false, not beneath. */
export function walk(
  node: Node,
  visit: (node: Node, parent: Node | undefined) => boolean,
  parent?: Node,
): void {
  if (!visit(node, parent)) return;
  for (const child of childrenOf(node)) walk(child, visit, node);
}

/** Whether a node opens a function's own variable scope (methods and static blocks do). */
export function opensFunctionScope(node: Node): boolean {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
    case 'ClassProperty':
    case 'ClassPrivateProperty':
    case 'ClassAccessorProperty':
    case 'StaticBlock':
      return true;
    default:
      return false;
  }
}

/** Every name a tree refers to or declares; not those of members and keys. */
export function referencedNames(node: Node, names: Set<string> = new Set()): Set<string> {
  if (node.type === 'Identifier') names.add(node.name);
  const skipped = memberName(node);
  for (const child of childrenOf(node)) if (child !== skipped) referencedNames(child, names);
  return names;
}

/** The part of a node that names a member, not a binding. */
function memberName(node: Node): Node | undefined {
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') {
    return node.computed ? undefined : node.property;
  }
  if (node.type === 'ObjectProperty') return node.computed || node.shorthand ? undefined : node.key;
  if (node.type === 'TSQualifiedName') return node.right;
  if (!('key' in node) || !('computed' in node) || node.computed === true) return undefined;
  return isNode(node.key) ? node.key : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
