/** The compiler of cells, whose parser takes as long to load as everything else of the front. */
type Compiler = typeof import('../cells/compile');

/**
 * The compiler, loaded once: with the first cell, or ahead of it. By `require`, here and wherever the kernel
 * puts off loading a part of its own: Node's `import()` takes twice as long over a CommonJS module.
 */
export function loadCompiler(): Compiler {
  return require('../cells/compile') as Compiler;
}
