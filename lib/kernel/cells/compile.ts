/**
 * A cell, compiled: TypeScript in, a script for V8's REPL mode out
 * (`Runtime.evaluate` with `replMode` and `awaitPromise`), with a source map
 * back to the cell's own lines. A cell that is plain JavaScript already is
 * only rewritten; the transpiler is loaded with the first that is not.
 */
import type { Program } from '@babel/types';
import MagicString from 'magic-string';
import { keepConstant } from './constants';
import { type CellHistory, remember } from './history';
import { localizeLoops } from './loops';
import { composeMaps } from './maps';
import { endsWithExpression, parseJavaScript, parseLeniently } from './parse';
import { isPlainJavaScript } from './plain';
import { rewriteAsScript } from './rewrite';
import type { CellSource } from './source';

export { type Completeness, isComplete } from './completeness';
export { type CellHistory, newCellHistory } from './history';
export type { CellSource } from './source';
export { CellSyntaxError } from './syntax-error';

export interface CompiledCell {
  /**
   * The script. It is strict, names itself with a `sourceURL` comment, and calls
   * `__inkwell_import__(specifier, { with }?)` for imports and `__inkwell_import__.meta` for `import.meta`.
   * Its completion value is the last expression's.
   */
  readonly javascript: string;
  /** JSON, version 3: from `javascript` to the cell's TypeScript. */
  readonly sourceMap: string;
  /** Whether the cell ends in an expression; where not, the completion value means nothing. */
  readonly hasResult: boolean;
  /** Specifiers of the static imports, in the order they are loaded. */
  readonly imports: readonly string[];
}

const DIRECTIVE = "'use strict';";
const HEAD = `${DIRECTIVE}\n`;

export interface CompileOptions {
  /**
   * What the session's earlier cells did; this one is added to it. Without it, tight loops at
   * the top level work on the shared variables themselves, several times slower.
   */
  readonly history?: CellHistory;
}

/** A cell as a strict script, before its declarations become a session's. */
interface Script {
  /** The script, `HEAD` its first line. */
  readonly code: string;
  readonly program: Program;
  /** From the lines below `HEAD` to the cell; undefined where they are the cell. */
  readonly map: string | undefined;
  readonly hasResult: boolean;
}

/** Compiles a cell. Errors: CellSyntaxError, with diagnostics at the cell's lines. */
export async function compileCell(
  source: CellSource,
  { history }: CompileOptions = {},
): Promise<CompiledCell> {
  const { code, program, map, hasResult } = await scriptOf(source);
  const text = new MagicString(code);
  if (history !== undefined) {
    localizeLoops(text, program, history);
    remember(history, program);
  }
  const imports = rewriteAsScript(text, program, DIRECTIVE.length);
  return {
    javascript: `${text.toString()}\n//# sourceURL=${source.name}\n`,
    sourceMap: composeMaps(text.generateDecodedMap({ hires: 'boundary' }), map, source),
    hasResult,
    imports,
  };
}

async function scriptOf(source: CellSource): Promise<Script> {
  const code = HEAD + source.code;
  const { program, isClean } = parseLeniently(code) ?? {};
  if (program === undefined || isClean !== true || !isPlainJavaScript(program)) {
    return transpiledScript(source, program);
  }
  return { code, program, map: undefined, hasResult: endsWithExpression(program) };
}

/** @param tree of `HEAD` and the cell; undefined where it does not parse */
async function transpiledScript(source: CellSource, tree: Program | undefined): Promise<Script> {
  const { transpile } = require('./transpile') as typeof import('./transpile');
  const kept = tree === undefined ? undefined : keepConstant(HEAD + source.code, tree);
  const cell = kept === undefined ? source : { ...source, code: kept.slice(HEAD.length) };
  const { code: transpiled, map } = await transpile(cell);
  const code = HEAD + transpiled;
  const program = parseJavaScript(code);
  return { code, program, map, hasResult: endsWithExpression(tree ?? program) };
}
