/** The error for a cell that does not parse. */
import type { CellDiagnostic } from './diagnostics';

/** A cell that does not parse: `diagnostics` says where and why. */
export class CellSyntaxError extends SyntaxError {
  override readonly name: string = 'CellSyntaxError';
  readonly diagnostics: readonly CellDiagnostic[];

  constructor(diagnostics: readonly CellDiagnostic[]) {
    super(diagnostics[0]?.message ?? 'the cell does not parse');
    this.diagnostics = diagnostics;
  }
}
