/**
 * The environment variables that say where data may come from. They are read
 * at each call, never on import, so that a test or a cell can change them.
 */
import path from 'node:path';
import { projectRoot } from '../core/paths';
import { dataError } from './errors';

export interface DataSettings {
  /** `INKWELL_DATA`, made absolute from the project's folder; undefined where it is unset. */
  readonly dataFolder: string | undefined;
  /** `INKWELL_OFFLINE=1`: nothing is asked of the network. */
  readonly offline: boolean;
  /** `INKWELL_DATASETS=made`: as on a machine where no data set is to be found. */
  readonly madeOnly: boolean;
}

const YES: ReadonlySet<string> = new Set(['1', 'true', 'yes', 'on']);
const NO: ReadonlySet<string> = new Set(['', '0', 'false', 'no', 'off']);

/**
 * The settings of this moment.
 *
 * @throws InkwellError `DATA_SETTING` where a variable holds none of its values.
 */
export function dataSettings(environment: NodeJS.ProcessEnv = process.env): DataSettings {
  const folder = environment['INKWELL_DATA'];
  return {
    dataFolder: folder ? path.resolve(projectRoot(), folder) : undefined,
    offline: yesOrNo('INKWELL_OFFLINE', environment['INKWELL_OFFLINE'] ?? ''),
    madeOnly: madeOnly(environment['INKWELL_DATASETS'] ?? ''),
  };
}

function yesOrNo(name: string, value: string): boolean {
  if (YES.has(value.toLowerCase())) return true;
  if (NO.has(value.toLowerCase())) return false;
  throw dataError('DATA_SETTING', `${name} must be 1 or 0, got ${value}`);
}

function madeOnly(value: string): boolean {
  if (value === 'made') return true;
  if (value === '' || value === 'all') return false;
  throw dataError('DATA_SETTING', `INKWELL_DATASETS must be all or made, got ${value}`);
}
