/**
 * Making an entry of the cache, all or nothing.
 *
 * The steps run in a fresh folder beside the entry, which is then renamed into
 * place together with a manifest of what it holds. Whatever a dead builder left
 * is removed first, so that an interrupted build starts clean.
 */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { codeOf, InkwellError, messageOf } from '../../core/errors';
import type { ProgressListener } from '../../core/progress';
import { withLock } from './lock';
import { type Entry, inspectEntry, writeManifest } from './manifest';

export interface StepContext {
  /** The folder that the steps fill. */
  readonly folder: string;
  readonly log: (line: string) => void;
  readonly onProgress?: ProgressListener;
}

export interface BuildStep {
  /** What it does, for the log, e.g. `compiling the addon`. */
  readonly label: string;
  run(context: StepContext): Promise<void>;
}

/** What to build: a name in the cache, the steps, and the files that must come of them. */
export interface BuildPlan {
  readonly key: string;
  readonly title: string;
  readonly steps: readonly BuildStep[];
  readonly files: readonly string[];
  /** Keys of the entries beside it that it works with; they are built before. */
  readonly needs: readonly string[];
  /** Bytes that the disk must have free. */
  readonly bytes: number;
  /** Stands in the manifest. */
  readonly version: string;
}

export interface BuildOptions {
  readonly root: string;
  readonly log?: (line: string) => void;
  readonly onProgress?: ProgressListener;
  readonly staleMs?: number;
}

/**
 * The entry for a plan, built if it is not there yet or is damaged.
 *
 * @throws InkwellError `ENGINE_DISK_FULL`, `ENGINE_CACHE_UNWRITABLE`, or what a step throws.
 */
export async function build(plan: BuildPlan, options: BuildOptions): Promise<Entry> {
  const { root, log = () => {}, onProgress, staleMs } = options;
  const ready = inspectEntry(root, plan.key);
  if (ready.kind === 'ready') return ready.entry;
  try {
    mkdirSync(root, { recursive: true });
    const lockOptions = { doing: plan.title, log, ...(staleMs === undefined ? {} : { staleMs }) };
    return await withLock(
      path.join(root, plan.key),
      () => buildLocked(plan, root, log, onProgress),
      lockOptions,
    );
  } catch (error) {
    throw explain(error, root, plan);
  }
}

async function buildLocked(
  plan: BuildPlan,
  root: string,
  log: (line: string) => void,
  onProgress: ProgressListener | undefined,
): Promise<Entry> {
  const found = inspectEntry(root, plan.key); // another process may have built it while we waited
  if (found.kind === 'ready') return found.entry;
  const place = path.join(root, plan.key);
  if (found.kind === 'broken') log(`${plan.title}: ${found.why}; building it again`);
  removeLeftovers(root, plan.key);
  checkSpace(plan, root);
  const folder = mkdtempSync(`${place}.build-`);
  try {
    for (const step of plan.steps) {
      log(`${plan.title}: ${step.label}`);
      await step.run(onProgress === undefined ? { folder, log } : { folder, log, onProgress });
    }
    writeManifest(folder, plan);
    rmSync(place, { recursive: true, force: true });
    renameSync(folder, place);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const made = inspectEntry(root, plan.key);
  if (made.kind === 'ready') return made.entry;
  throw new InkwellError('ENGINE_BUILD', `${plan.title} was built, but ${made.why}.`);
}

/** Removes what builders that died left behind; the lock is ours, so none is alive. */
function removeLeftovers(root: string, key: string): void {
  for (const name of readdirSync(root)) {
    if (name.startsWith(`${key}.build-`)) rmSync(path.join(root, name), { recursive: true, force: true });
  }
}

function checkSpace(plan: BuildPlan, root: string): void {
  const { bavail, bsize } = statfsSync(root);
  const free = bavail * bsize;
  if (free < plan.bytes) throw diskFull(plan, root, `only ${gigabytes(free)} is free`);
}

function diskFull(plan: BuildPlan, root: string, what: string): InkwellError {
  return new InkwellError(
    'ENGINE_DISK_FULL',
    `${plan.title} needs ${gigabytes(plan.bytes)} in ${root}; ${what}.`,
    {
      hint: 'Free some space, or set INKWELL_CACHE to a folder on a larger disk.',
    },
  );
}

function explain(error: unknown, root: string, plan: BuildPlan): unknown {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(plan, root, 'the disk filled up');
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR') {
    return new InkwellError('ENGINE_CACHE_UNWRITABLE', `${root} cannot be written: ${messageOf(error)}.`, {
      hint: 'Make the folder writable, or set INKWELL_CACHE to one that is.',
      cause: error,
    });
  }
  return error;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
