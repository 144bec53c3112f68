/** What is told about an engine by `prepareEngine`, `inspectEngines` and `inkwell doctor`. */
import type { EngineName } from './names';

export interface EngineReport {
  readonly engine: EngineName;
  /** `active`: in use, or the one that `useEngine()` would choose. `available`: it works too. */
  readonly status: 'active' | 'available' | 'unavailable';
  readonly version?: string;
  /** The native addon, or the folder of the wasm files. */
  readonly path?: string;
  /** Why it is not the active one; for a report of `prepareEngine`, why none before it could be had. */
  readonly why?: string;
  /** What would enable it. */
  readonly enable?: string;
}
