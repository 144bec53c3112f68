/**
 * Tight loops of a cell's own code, at the speed they have in a function.
 *
 * A cell's variables live where every other cell sees them; a loop that
 * writes one a million times pays for that each time (4 to 10 times the
 * loop's cost). So a loop that calls nothing but leaves, and whose variables
 * no function of the session refers to, works on local copies, wherever in
 * the cell it stands. They are written back when the loop ends in whatever
 * way, and every few thousand iterations, since an interrupt ends it with
 * nothing said. Nothing that knows the variables can run meanwhile, so nobody
 * can tell the difference but by the clock.
 */
import type { Node, Program, Statement } from '@babel/types';
import type MagicString from 'magic-string';
import { assignedNames, boundNames, declaredNames, varDeclarations } from './bindings';
import { COUNTER, countIterations } from './counting';
import { type CellHistory, capturedNames, evaluatesText, topLevelVariables } from './history';
import { addLeaves, callable } from './leaves';
import { isLoop, isTight } from './tight';
import { childrenOf, opensFunctionScope, referencedNames, spanOf, walk } from './walk';

/** Rewrites the tight loops of a cell, in place. The history learns of its leaves. */
export function localizeLoops(text: MagicString, program: Program, history: CellHistory): void {
  addLeaves(history.leaves, program);
  if (history.evaluatesText || evaluatesText(program)) return;
  const harmless = callable(history.leaves);
  const hidden = new Set([...capturedNames(program), ...history.captured]);
  const hoisted = varDeclarations(program.body).flatMap(({ node }) => declaredNames(node));
  program.body.forEach((statement, index) => {
    const before = topLevelVariables(program.body.slice(0, index));
    const known = [...history.variables, ...hoisted, ...before].filter((name) => !hidden.has(name));
    eachTightLoop(statement, harmless, new Set(known), (loop, names) => localize(text, loop, names));
  });
}

type Found = (loop: Statement, known: ReadonlySet<string>) => void;

/** The outermost tight loops beneath a node, each with the names that mean the cell's variables there. */
function eachTightLoop(
  node: Node,
  harmless: ReadonlySet<string>,
  known: ReadonlySet<string>,
  found: Found,
): void {
  if (opensFunctionScope(node)) return;
  const loop = node.type === 'LabeledStatement' ? node.body : node;
  if (isLoop(loop) && isTight(loop, harmless)) {
    found(node as Statement, known);
    return;
  }
  // What a block or a loop's head declares is fast as it is, and hides the cell's variable of that name.
  const own = new Set(childrenOf(node).flatMap(lexicalNames));
  const inside = own.size === 0 ? known : new Set([...known].filter((name) => !own.has(name)));
  for (const child of childrenOf(node)) eachTightLoop(child, harmless, inside, found);
}

/** Names that a statement declares for the block that it stands in, or a `catch` or a loop for its own. */
function lexicalNames(node: Node): string[] {
  if (node.type === 'SwitchCase') return node.consequent.flatMap(lexicalNames);
  if (node.type === 'VariableDeclaration') return node.kind === 'var' ? [] : declaredNames(node);
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') {
    return node.id == null ? [] : [node.id.name];
  }
  return node.type === 'CatchClause' && node.param != null ? boundNames(node.param) : [];
}

function localize(text: MagicString, statement: Statement, known: ReadonlySet<string>): void {
  const own = declaredWithin(statement);
  const used = [...referencedNames(statement)].filter((name) => known.has(name) && !own.has(name));
  const targets = writtenWithin(statement);
  const written = used.filter((name) => targets.has(name));
  if (written.length === 0) return;
  const { start, end } = spanOf(statement);
  const save = `inkwell$save(${written.join(', ')})`;
  const parameters = written.map((name) => `inkwell$${name}`);
  const assignments = written.map((name) => `${name} = inkwell$${name};`).join(' ');
  const copies = used.map((name) => `inkwell$${name} = ${name}`).join(', ');
  const locals = used.map((name) => `${name} = inkwell$${name}`).join(', ');
  text.appendRight(
    start,
    `{ const inkwell$save = (${parameters.join(', ')}) => { ${assignments} }; let ${copies}; { let ${locals}, ${COUNTER} = 0; try { `,
  );
  text.appendLeft(end, ` } finally { ${save}; } } }`);
  countIterations(text, statement, save);
}

/** Names that blocks within a statement declare for themselves. */
function declaredWithin(statement: Statement): Set<string> {
  const names = new Set<string>();
  walk(statement, (node) => {
    for (const name of lexicalNames(node)) names.add(name);
    return true;
  });
  return names;
}

/** Names that a statement assigns. */
function writtenWithin(statement: Statement): Set<string> {
  const names = new Set<string>();
  walk(statement, (node) => {
    for (const name of assignedNames(node)) names.add(name);
    if (node.type === 'VariableDeclaration' && node.kind === 'var') {
      for (const name of declaredNames(node)) names.add(name);
    }
    return true;
  });
  return names;
}
