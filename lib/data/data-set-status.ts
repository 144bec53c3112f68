/** Where a data set stands on this machine, as plain data. */
import type { PlaceKind } from './locate';
import type { FolderVerdict } from './verify';

/** One place where a data set is looked for, and what stands there. */
export interface PlaceStatus extends FolderVerdict {
  readonly kind: PlaceKind;
  readonly label: string;
  readonly folder: string;
}

/** One data set. */
export interface DataSetStatus {
  readonly name: string;
  readonly title: string;
  /** True where it is fetched only by its name: nothing is amiss where it is absent. */
  readonly byName: boolean;
  /** `damaged`: a place that may not be passed over holds it incomplete or wrong. */
  readonly state: 'ready' | 'absent' | 'damaged';
  /** Where it is taken from; null where it is nowhere. */
  readonly folder: string | null;
  /** What it takes there on disk. */
  readonly bytes: number;
  /** Why it cannot be used now; null where it can. */
  readonly why: string | null;
  /** What would help; null where nothing need. */
  readonly hint: string | null;
  /** All places, the first to be looked in first. */
  readonly places: readonly PlaceStatus[];
}
