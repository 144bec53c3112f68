/** What the type service promises: the words its parts and its users share. */
import type { CellDiagnostic } from '../cells/diagnostics';
import type { CellSource } from '../cells/source';

/** One name that may stand at the cursor. */
export interface CompletionItem {
  readonly text: string;
  /** Jupyter's word for its kind: `function`, `class`, `instance`, `property`, `keyword`, `module`, `type`, … */
  readonly type: string;
  readonly signature?: string;
}

export interface Completion {
  readonly matches: readonly string[];
  /** Range that a match replaces, in UTF-16 units of the code. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly CompletionItem[];
}

export interface Inspection {
  readonly markdown: string;
  readonly text: string;
}

export interface TypeService {
  /** Has the first program built, ahead of the first cell, without waiting for it. */
  warmUp(): void;
  /** What is wrong with a cell, against the state that the committed cells left. */
  check(source: CellSource): Promise<CellDiagnostic[]>;
  /** The cell ran, or began to: its declarations are visible from now on. */
  commit(source: CellSource): Promise<void>;
  /** What may stand at `offset` (UTF-16 units). */
  complete(code: string, offset: number): Promise<Completion>;
  /** What stands at `offset` (UTF-16 units); `detail` 1 adds the documentation in full. */
  inspect(code: string, offset: number, detail: 0 | 1): Promise<Inspection | undefined>;
  /** Local files changed on disk; without `paths`, those that cells import are looked at (`check` does so itself). */
  filesChanged(paths?: readonly string[]): void;
  /** Forgets every committed cell. */
  reset(): Promise<void>;
  dispose(): Promise<void>;
}

export interface TypeServiceOptions {
  /** The notebook's folder. */
  readonly directory: string;
  /** TypeScript's `strict`; default true. A tsconfig of the notebook's that sets it wins. */
  readonly strict?: boolean;
  /** Whether `check` looks for errors at all; default true. */
  readonly check?: boolean;
}
