/**
 * What a student finds in place of a solution: imports and types as they are,
 * the functions and values that the exercise asks for without their content,
 * so that the cell still compiles, and a comment where to write.
 */
import type {
  ArrowFunctionExpression,
  ClassDeclaration,
  FunctionExpression,
  Node,
  Statement,
} from '@babel/types';
import MagicString from 'magic-string';
import { boundNames } from '../kernel/cells/bindings';
import { parseTypeScript } from '../kernel/cells/parse';
import { spanOf } from '../kernel/cells/walk';

export const PROMPT = '// Your code here.';

/** The statement that ends a function which is still to be written. */
export const notWritten = (name: string): string => `throw new Error('${name} is not written yet.');`;

const body = (name: string): string => `{\n  ${PROMPT}\n  ${notWritten(name)}\n}`;

type Callable = ArrowFunctionExpression | FunctionExpression;

const isCallable = (node: Node | null | undefined): node is Callable =>
  node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression';

/** Where the head of a function ends and its body begins. */
function headEnd(node: Callable, text: string): number {
  if (node.type === 'FunctionExpression') return spanOf(node.body).start;
  const last = node.returnType ?? node.params.at(-1);
  const from = last ? spanOf(last).end : spanOf(node).start;
  return text.indexOf('=>', from) + '=>'.length;
}

function classStub(node: ClassDeclaration, text: string, name: string): string {
  const edited = new MagicString(text);
  for (const member of node.body.body) {
    if (member.type !== 'ClassMethod' && member.type !== 'ClassPrivateMethod') continue;
    const { start, end } = spanOf(member.body);
    edited.overwrite(start, end, body(`${name}.${textOf(member.key, text)}`).replaceAll('\n', '\n  '));
  }
  const { start, end } = spanOf(node);
  return edited.slice(start, end);
}

const textOf = (node: Node, text: string): string => text.slice(spanOf(node).start, spanOf(node).end);

/** The names that a statement declares for later cells. */
export function declaredIn(statement: Statement): string[] {
  if (statement.type === 'VariableDeclaration')
    return statement.declarations.flatMap(({ id }) => boundNames(id));
  if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') {
    return statement.id ? [statement.id.name] : [];
  }
  return [];
}

const isKept = ({ type }: Statement): boolean =>
  type === 'ImportDeclaration' || type === 'TSTypeAliasDeclaration' || type === 'TSInterfaceDeclaration';

/** What stays of one statement; nothing of most. */
function stubOf(statement: Statement, text: string, asked: ReadonlySet<string>): string[] {
  if (isKept(statement)) return [textOf(statement, text)];
  if (!declaredIn(statement).some((name) => asked.has(name))) return [];
  if (statement.type === 'FunctionDeclaration') {
    const head = text.slice(spanOf(statement).start, spanOf(statement.body).start);
    return [head + body(statement.id?.name ?? 'This')];
  }
  if (statement.type === 'ClassDeclaration')
    return [classStub(statement, text, statement.id?.name ?? 'This')];
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id, init, ...declarator }) => {
    const names = boundNames(id).filter((name) => asked.has(name));
    if (!isCallable(init)) return names.map((name) => `let ${name}: any; ${PROMPT}`);
    const head = text.slice(declarator.start ?? 0, headEnd(init, text)).trimEnd();
    return names.map((name) => `${statement.kind} ${head} ${body(name)};`);
  });
}

/** A documentation comment right above a statement: it says what is asked for. */
function commentAbove(statement: Statement, previous: Statement | undefined, text: string): string {
  const between = text.slice(previous ? spanOf(previous).end : 0, spanOf(statement).start);
  return /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(between)?.[0] ?? '';
}

/**
 * The stub of some whole statements.
 *
 * @param asked names that the student is to declare.
 * @returns the code without its answers; only the prompt where nothing else is left.
 */
export function stubOfCode(text: string, asked: ReadonlySet<string>): string {
  const statements = parseTypeScript(text).body;
  const pieces = statements.flatMap((statement, index) => {
    const stubs = stubOf(statement, text, asked);
    if (stubs.length === 0 || isKept(statement)) return stubs;
    return [commentAbove(statement, statements[index - 1], text) + stubs.join('\n')];
  });
  const stub = pieces.join('\n\n');
  return stub.includes(PROMPT) ? stub : [stub, PROMPT].filter((part) => part !== '').join('\n\n');
}
