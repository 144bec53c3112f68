/**
 * Counting a loop's iterations, so that every few thousand of them something
 * is done. It comes after the loop's own statements: at their start, it would
 * keep V8 from holding numbers unboxed (three times slower).
 */
import type { Expression, Statement } from '@babel/types';
import type MagicString from 'magic-string';
import { assignedNames } from './bindings';
import { isLoop, type Loop } from './tight';
import { spanOf, walk } from './walk';

/** Iterations after which it is done; a power of two. */
const EVERY = 16_384;

/** The variable that counts where a loop has none of its own. */
export const COUNTER = 'inkwell$count';

/** Has every loop of a statement evaluate `action` now and then. */
export function countIterations(text: MagicString, statement: Statement, action: string): void {
  walk(statement, (node) => {
    if (isLoop(node)) countLoop(text, node, action);
    return true;
  });
}

function countLoop(text: MagicString, loop: Loop, action: string): void {
  if (loop.type === 'ForStatement' && loop.update != null) {
    const { start, end } = spanOf(loop.update);
    const own = ownCounter(loop);
    const isDue =
      own === undefined
        ? `++${COUNTER} === ${EVERY} && (${COUNTER} = 0, ${action})`
        : `(${own} & ${EVERY - 1}) === 0 && ${action}`;
    text.appendRight(start, '(');
    text.appendLeft(end, `), ${isDue}`);
  } else {
    countInBody(text, loop.body, `if (++${COUNTER} === ${EVERY}) { ${COUNTER} = 0; ${action}; }`);
  }
}

/** The variable of a `for (let i = 0; …; i++)` that changes it nowhere else: it counts already. */
function ownCounter({
  init,
  update,
  test,
  body,
}: Extract<Loop, { type: 'ForStatement' }>): string | undefined {
  if (init?.type !== 'VariableDeclaration' || init.kind !== 'let') return undefined;
  if (update?.type !== 'UpdateExpression' || update.argument.type !== 'Identifier') return undefined;
  const { name } = update.argument;
  const first = init.declarations.find(({ id }) => id.type === 'Identifier' && id.name === name)?.init;
  // A big integer cannot be masked, and a fraction would hardly ever be due.
  if (first?.type !== 'NumericLiteral' || !Number.isSafeInteger(first.value)) return undefined;
  const others = [...init.declarations.map(({ init: value }) => value), test, body];
  return others.some((part) => part != null && changes(part, name)) ? undefined : name;
}

function changes(part: Expression | Statement, name: string): boolean {
  let changed = false;
  walk(part, (node) => {
    changed ||= assignedNames(node).includes(name);
    return !changed;
  });
  return changed;
}

/** What `continue` jumps over counts at the start after all. */
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
