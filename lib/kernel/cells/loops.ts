/**
 * Tight loops at a cell's top level, at the speed they have in a function.
 *
 * A cell's variables live where every other cell sees them; a loop that
 * writes one a million times pays for that each time (4 to 6 times the
 * loop's cost). So a loop that calls nothing, and whose variables no function
 * of the session refers to, works on local copies. They are written back when
 * the loop ends in whatever way, and every few thousand iterations, since an
 * interrupt ends it with nothing said. Nothing else can run meanwhile, so
 * nobody can tell the difference but by the clock.
 */
import type { Node, Program, Statement } from '@babel/types';
import type MagicString from 'magic-string';
import { boundNames, declaredNames, varDeclarations } from './bindings';
import { type CellHistory, capturedNames, evaluatesText, topLevelVariables } from './history';
import { opensFunctionScope, referencedNames, spanOf, walk } from './walk';

/** Iterations after which a running loop writes its variables back. */
const SAVE_EVERY = 16_384;

const LOOPS = new Set<string>([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
]);

/** Rewrites the tight loops of a transpiled cell, in place. */
export function localizeLoops(text: MagicString, program: Program, history: CellHistory): void {
  if (history.evaluatesText || evaluatesText(program)) return;
  const hidden = new Set([...capturedNames(program), ...history.captured]);
  const hoisted = varDeclarations(program.body).flatMap(({ node }) => declaredNames(node));
  program.body.forEach((statement, index) => {
    const loop = statement.type === 'LabeledStatement' ? statement.body : statement;
    if (!LOOPS.has(loop.type) || !isTight(loop)) return;
    const before = topLevelVariables(program.body.slice(0, index));
    const known = new Set([...history.variables, ...hoisted, ...before].filter((name) => !hidden.has(name)));
    localize(text, statement, known);
  });
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
    `{ const inkwell$save = (${parameters.join(', ')}) => { ${assignments} }; let ${copies}; { let ${locals}, inkwell$count = 0; try { `,
  );
  text.appendLeft(end, ` } finally { ${save}; } } }`);
  countIterations(text, statement, save);
}

/**
 * Counts the iterations of each loop, after the loop's own statements: at its start, the counting
 * would keep V8 from holding numbers unboxed (three times slower). What `continue` jumps over
 * counts in a `for`'s update, and elsewhere at the start after all.
 */
function countIterations(text: MagicString, statement: Statement, save: string): void {
  walk(statement, (node) => {
    if (!isLoop(node)) return true;
    if (node.type === 'ForStatement' && node.update != null) {
      const update = spanOf(node.update);
      text.appendRight(update.start, '(');
      text.appendLeft(update.end, `), ++inkwell$count === ${SAVE_EVERY} && (inkwell$count = 0, ${save})`);
    } else {
      countInBody(text, node.body, `if (++inkwell$count === ${SAVE_EVERY}) { inkwell$count = 0; ${save}; }`);
    }
    return true;
  });
}

function countInBody(text: MagicString, body: Statement, count: string): void {
  const { start, end } = spanOf(body);
  const first = hasContinue(body) ? `${count} ` : '';
  // The semicolon ends a statement that was written without.
  const last = first === '' ? `; ${count}` : ';';
  if (body.type === 'BlockStatement') {
    text.appendLeft(start + 1, first);
    text.prependLeft(end - 1, `${last} `);
  } else {
    text.appendLeft(start, `{ ${first}`);
    text.prependLeft(end, `${last} }`);
  }
}

function hasContinue(body: Statement): boolean {
  let found = false;
  walk(body, (node) => {
    found ||= node.type === 'ContinueStatement';
    return !found;
  });
  return found;
}

type Loop = Extract<
  Node,
  { type: 'ForStatement' | 'ForInStatement' | 'ForOfStatement' | 'WhileStatement' | 'DoWhileStatement' }
>;

function isLoop(node: Node): node is Loop {
  return LOOPS.has(node.type);
}

/** Whether a loop calls and awaits nothing, but for `Math` and what an error that it throws is made with. */
function isTight(loop: Node): boolean {
  let tight = true;
  walk(loop, (node) => {
    if (node.type === 'ThrowStatement') return false;
    if (opensFunctionScope(node) || NOT_TIGHT.has(node.type)) tight = false;
    if (node.type === 'CallExpression' && !isMath(node.callee)) tight = false;
    if (node.type === 'ForOfStatement' && node.await) tight = false;
    return tight;
  });
  return tight;
}

const NOT_TIGHT = new Set<string>([
  'AwaitExpression',
  'YieldExpression',
  'NewExpression',
  'OptionalCallExpression',
  'TaggedTemplateExpression',
  'ImportExpression',
  'ClassExpression',
  'ClassDeclaration',
  'DebuggerStatement',
  'ThisExpression',
]);

function isMath(callee: Node): boolean {
  return (
    callee.type === 'MemberExpression' &&
    !callee.computed &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Math'
  );
}

/** Names that blocks within a statement declare for themselves. */
function declaredWithin(statement: Statement): Set<string> {
  const names = new Set<string>();
  walk(statement, (node) => {
    if (node.type === 'VariableDeclaration' && node.kind !== 'var') {
      for (const name of declaredNames(node)) names.add(name);
    } else if (node.type === 'CatchClause' && node.param != null) {
      for (const name of boundNames(node.param)) names.add(name);
    }
    return true;
  });
  return names;
}

/** Names that a statement assigns. */
function writtenWithin(statement: Statement): Set<string> {
  const names = new Set<string>();
  const add = (target: Node): void => {
    for (const name of referencedNames(target)) names.add(name);
  };
  walk(statement, (node) => {
    if (node.type === 'AssignmentExpression') add(node.left);
    else if (node.type === 'UpdateExpression') add(node.argument);
    else if (node.type === 'ForInStatement' || node.type === 'ForOfStatement') add(node.left);
    else if (node.type === 'VariableDeclaration' && node.kind === 'var') add(node);
    return true;
  });
  return names;
}
