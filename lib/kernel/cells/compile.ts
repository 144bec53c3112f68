/**
 * A cell, compiled: TypeScript in, a script for V8's REPL mode out
 * (`Runtime.evaluate` with `replMode` and `awaitPromise`), with a source map
 * back to the cell's own lines.
 */
import MagicString from 'magic-string';
import { keepConstant } from './constants';
import { type CellHistory, remember } from './history';
import { localizeLoops } from './loops';
import { composeMaps } from './maps';
import { endsWithExpression, parseJavaScript, tryParseTypeScript } from './parse';
import { rewriteAsScript } from './rewrite';
import type { CellSource } from './source';
import { transpile } from './transpile';

export { type Completeness, isComplete } from './completeness';
export { type CellHistory, newCellHistory } from './history';
export type { CellSource } from './source';
export { CellSyntaxError } from './transpile';

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

export interface CompileOptions {
  /**
   * What the session's earlier cells did; this one is added to it. Without it, tight loops at
   * the top level work on the shared variables themselves, several times slower.
   */
  readonly history?: CellHistory;
}

/** Compiles a cell. Errors: CellSyntaxError, with diagnostics at the cell's lines. */
export async function compileCell(
  source: CellSource,
  { history }: CompileOptions = {},
): Promise<CompiledCell> {
  const transpiling = transpile(source);
  // Where the parse below fails, so may this, and then it is awaited.
  transpiling.catch(() => {});
  // The parse below runs while esbuild works in its own process.
  const tree = tryParseTypeScript(source.code);
  const kept = tree === undefined ? undefined : keepConstant(source.code, tree);
  const transpiled = await (kept === undefined ? transpiling : transpile({ ...source, code: kept }));
  const code = `${DIRECTIVE}\n${transpiled.code}`;
  const program = parseJavaScript(code);
  const text = new MagicString(code);
  if (history !== undefined) {
    localizeLoops(text, program, history);
    remember(history, program);
  }
  const imports = rewriteAsScript(text, program, DIRECTIVE.length);
  return {
    javascript: `${text.toString()}\n//# sourceURL=${source.name}\n`,
    sourceMap: composeMaps(text.generateDecodedMap({ hires: 'boundary' }), transpiled.map, source),
    hasResult: endsWithExpression(tree ?? program),
    imports,
  };
}
