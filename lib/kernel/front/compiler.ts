/** The compiler of cells, whose parser takes as long to load as everything else of the front. */
type Compiler = typeof import('../cells/compile.js');

let loading: Promise<Compiler> | undefined;

/** The compiler, loaded once: with the first cell, or ahead of it. */
export function loadCompiler(): Promise<Compiler> {
  loading ??= import('../cells/compile.js');
  return loading;
}
