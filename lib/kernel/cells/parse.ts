/**
 * Parsing of cells, with Babel's parser: TypeScript as the notebook wrote it,
 * and the JavaScript that the transpiler made of it. Only syntax is looked
 * at; what a name means is the type service's business.
 */
import type { parse as Parse, ParserOptions } from '@babel/parser';
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

/** Babel's, loaded with the first text: the type service is ready for an empty cell before it. */
const parse: typeof Parse = (code, options) => {
  const parser = require('@babel/parser') as { readonly parse: typeof Parse };
  return parser.parse(code, options);
};

/** The syntax tree of a cell's TypeScript. Errors: SyntaxError with Babel's `pos` and `reasonCode`. */
export function parseTypeScript(code: string): Program {
  return parse(code, TYPESCRIPT).program;
}

/** A syntax tree, and whether nothing had to be stepped over to get it. */
export interface Parsed {
  readonly program: Program;
  readonly isClean: boolean;
}

/** As `parseTypeScript`, past the errors it can step over; undefined where it cannot. */
export function parseLeniently(code: string): Parsed | undefined {
  try {
    const { program, errors } = parse(code, { ...TYPESCRIPT, errorRecovery: true });
    return { program, isClean: errors == null || errors.length === 0 };
  } catch {
    return undefined;
  }
}

/** The tree of `parseLeniently`. */
export function tryParseTypeScript(code: string): Program | undefined {
  return parseLeniently(code)?.program;
}

/** The syntax tree of a transpiled cell. Errors: SyntaxError. */
export function parseJavaScript(code: string): Program {
  return parse(code, { ...COMMON, errorRecovery: true }).program;
}

/** Whether what a script ends with is an expression, whose value is then the cell's result. Its first directive is not the cell's. */
export function endsWithExpression({ body, directives }: Program): boolean {
  const last = body.filter(isNotEmpty).at(-1);
  if (last === undefined) return directives.length > 1;
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
