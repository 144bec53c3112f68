/** A cell as its notebook wrote it. */

export interface CellSource {
  /** The TypeScript. */
  readonly code: string;
  /** A file name such as `cell-12.ts`, used in stacks and source maps. */
  readonly name: string;
  /** The notebook's folder, absolute: relative imports and the tsconfig are looked up from it. */
  readonly directory: string;
}
