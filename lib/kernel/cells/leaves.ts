/**
 * Leaves: the reader's functions that a tight loop may call. A leaf has no
 * loop and calls only `Math` and leaves that were there before it, so it soon
 * returns. Its name is bound to nothing else in any cell, as a variable,
 * a parameter or the target of an assignment: whoever calls it calls this.
 */
import type { Node, Program, Statement } from '@babel/types';
import { assignedNames, boundNames } from './bindings';
import { calledByShort } from './tight';
import { walk } from './walk';

export interface Leaves {
  /** Names of short functions, in the order in which they first came, and what they call. */
  readonly calls: Map<string, Set<string>>;
  /** Names that something else was bound to once. */
  readonly others: Set<string>;
}

/** A session's leaves, before its first cell. */
export function newLeaves(): Leaves {
  return { calls: new Map(), others: new Set() };
}

/** Adds a cell's. */
export function addLeaves({ calls, others }: Leaves, program: Program): void {
  const short = new Set<Node>();
  for (const statement of program.body) {
    const { id, node } = declaredFunction(statement) ?? {};
    // A name of the platform's means that where the cell does not come to run.
    if (id === undefined || node === undefined || id.name in globalThis) continue;
    const called = calledByFunction(node);
    if (called === undefined) continue;
    short.add(id);
    // A name declared again keeps its place, so that no two leaves call each other.
    calls.set(id.name, new Set([...(calls.get(id.name) ?? []), ...called]));
  }
  for (const name of boundOtherwise(program, short)) others.add(name);
}

/** The names that are leaves now, and `Math`. */
export function callable({ calls, others }: Leaves): Set<string> {
  const names = new Set(others.has('Math') ? [] : ['Math']);
  for (const [name, called] of calls) {
    if (!others.has(name) && [...called].every((other) => names.has(other))) names.add(name);
  }
  return names;
}

type FunctionNode = Extract<
  Node,
  { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }
>;

interface NamedFunction {
  readonly id: Extract<Node, { type: 'Identifier' }>;
  readonly node: FunctionNode;
}

/** The function that a statement declares for good. */
function declaredFunction(statement: Statement): NamedFunction | undefined {
  if (statement.type === 'FunctionDeclaration') {
    return statement.id == null ? undefined : { id: statement.id, node: statement };
  }
  if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') return undefined;
  const [{ id, init } = {}, ...rest] = statement.declarations;
  if (rest.length > 0 || id?.type !== 'Identifier') return undefined;
  if (init?.type !== 'ArrowFunctionExpression' && init?.type !== 'FunctionExpression') return undefined;
  return { id, node: init };
}

function calledByFunction({ async, generator, params, body }: FunctionNode): Set<string> | undefined {
  return async || generator ? undefined : calledByShort([...params, body]);
}

/** Every name that a cell binds anywhere, but where its short functions are declared. */
function boundOtherwise(program: Program, short: ReadonlySet<Node>): Set<string> {
  const names = new Set<string>();
  walk(program, (node) => {
    for (const id of identifiersOf(node)) {
      if (!short.has(id)) for (const name of boundNames(id)) names.add(name);
    }
    for (const name of assignedNames(node)) names.add(name);
    return true;
  });
  return names;
}

/** The names and patterns that a node itself declares. */
function identifiersOf(node: Node): Node[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return [node.id];
    case 'CatchClause':
      return node.param == null ? [] : [node.param];
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return [node.local];
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return node.id == null ? node.params : [node.id, ...node.params];
    case 'ClassDeclaration':
    case 'ClassExpression':
      return node.id == null ? [] : [node.id];
    case 'ArrowFunctionExpression':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
      return node.params;
    default:
      return [];
  }
}
