/**
 * The types of a notebook: what each cell may use, what is wrong with it,
 * what completes it. TypeScript's native language server does the work; it
 * sees the notebook as a few modules in the notebook's folder that exist in
 * its memory only.
 */
import { DeferredTypes } from './deferred';
import type { TypeService, TypeServiceOptions } from './model';

export type { CellDiagnostic } from '../cells/diagnostics';
export type { Completion, CompletionItem, Inspection, TypeService, TypeServiceOptions } from './model';

/** A service for one notebook. Its server starts when it is warmed up or asked, and again where it died. */
export function startTypeService(options: TypeServiceOptions): TypeService {
  return new DeferredTypes(options);
}
