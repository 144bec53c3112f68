/**
 * Parsing of cells, with Babel's parser: TypeScript as the notebook wrote it,
 * and the JavaScript that the transpiler made of it. Only syntax is looked
 * at; what a name means is the type service's business.
 */
import { type ParserOptions, parse } from '@babel/parser';
import type { Node, Program, Statement } from '@babel/types';

const COMMON: ParserOptions = {
  sourceType: 'module',
  allowAwaitOutsideFunction: true,
  allowReturnOutsideFunction: false,
  allowUndeclaredExports: true,
  attachComment: false,
  createImportExpressions: true,
};

const TYPESCRIPT: ParserOptions = {
  ...COMMON,
  plugins: ['typescript', 'explicitResourceManagement', 'decoratorAutoAccessors', 'decorators-legacy'],
};

/** The syntax tree of a cell's TypeScript. Errors: SyntaxError with Babel's `pos` and `reasonCode`. */
export function parseTypeScript(code: string): Program {
  return parse(code, TYPESCRIPT).program;
}

/** As `parseTypeScript`, past the errors it can step over; undefined where it cannot. */
export function tryParseTypeScript(code: string): Program | undefined {
  try {
    return parse(code, { ...TYPESCRIPT, errorRecovery: true }).program;
  } catch {
    return undefined;
  }
}

/** The syntax tree of a transpiled cell. Errors: SyntaxError. */
export function parseJavaScript(code: string): Program {
  return parse(code, { ...COMMON, errorRecovery: true }).program;
}

/** Whether what a cell ends with is an expression, whose value is then the cell's result. */
export function endsWithExpression(program: Program): boolean {
  const last = program.body.filter(isNotEmpty).at(-1);
  if (last === undefined) return program.directives.length > 0;
  if (last.type === 'ExpressionStatement') return true;
  return last.type === 'ExportDefaultDeclaration' && !isDeclaration(last.declaration);
}

function isNotEmpty(statement: Statement): boolean {
  return statement.type !== 'EmptyStatement';
}

function isDeclaration(node: Node): boolean {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'ClassDeclaration' ||
    node.type === 'TSDeclareFunction' ||
    node.type === 'TSInterfaceDeclaration'
  );
}
