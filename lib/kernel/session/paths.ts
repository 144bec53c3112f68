/** The `paths` of the reader's tsconfig, which the types follow, followed by imports too. */
import { createRequire } from 'node:module';
import { versionOf } from './freshness';

type Tsconfigs = typeof import('get-tsconfig');
type Candidates = (specifier: string) => readonly string[];

interface Known {
  readonly file: string | undefined;
  readonly version: string;
  readonly readAtMs: number;
  readonly candidates: Candidates;
}

const ofFolder = new Map<string, Known>();
/** A tsconfig that is new, or gone, is noticed this late. */
const FRESH_MS = 1000;

/** Where a specifier, as written in a file of `folder`, may lead by the tsconfig above; most leads nowhere. */
export function mappedPaths(specifier: string, folder: string): readonly string[] {
  const known = ofFolder.get(folder);
  const isFresh =
    known !== undefined &&
    Date.now() - known.readAtMs < FRESH_MS &&
    (known.file === undefined || versionOf(known.file) === known.version);
  const current = isFresh ? known : readPaths(folder);
  ofFolder.set(folder, current);
  return current.candidates(specifier);
}

function readPaths(folder: string): Known {
  const none = { file: undefined, version: '', readAtMs: Date.now(), candidates: () => [] };
  try {
    const { createPathsMatcher, getTsconfig } = createRequire(__filename)('get-tsconfig') as Tsconfigs;
    const found = getTsconfig(folder);
    if (found === null) return none;
    const candidates = createPathsMatcher(found) ?? none.candidates;
    return { ...none, file: found.path, version: versionOf(found.path), candidates };
  } catch {
    // What is wrong with it is the type service's to say.
    return none;
  }
}
