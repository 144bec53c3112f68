/** Looks at this machine for `inkwell doctor`: engines, data, kernels, the cache, versions. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { listKernels } from '../client/kernelspecs';
import { messageOf } from '../core/errors';
import { cacheRoot } from '../core/paths';
import type { DataSetStatus } from '../data/data-set-status';
import { dataStatus } from '../data/status';
import { inspectEngines } from '../engine/inspect';
import type { EngineReport } from '../engine/report';
import { type CachePart, cacheParts } from './cache';
import { findPython } from './lab';

/** The `--json` of `inkwell doctor`; fields are added, never changed (docs/json.md). */
export interface DoctorReport {
  /** False where something keeps the book from running; `problems` says what. */
  readonly ok: boolean;
  readonly problems: readonly string[];
  /** What is missing but not needed to run the book. */
  readonly notes: readonly string[];
  readonly platform: string;
  readonly versions: { readonly [name: string]: string };
  /** The folder that all clones share. */
  readonly cache: string;
  /** What is in that folder. */
  readonly cacheParts: readonly CachePart[];
  /** The active engine. */
  readonly engine: { readonly name: string; readonly version: string } | null;
  /** Every engine in the order of preference; for each that is not active, why, and what would enable it. */
  readonly engines: readonly EngineReport[];
  readonly kernels: readonly {
    readonly name: string;
    readonly displayName: string;
    readonly command: string;
  }[];
  readonly data: readonly DataSetStatus[];
  /** The Python for `inkwell lab`; null with the reason in `notes`. */
  readonly python: string | null;
}

/** Packages whose versions a bug report needs. */
const PACKAGES = [
  'inkwell',
  '@tensorflow/tfjs',
  'tslab',
  'typescript',
  'zeromq',
  'plotly.js-dist-min',
] as const;

function versionOf(name: string): string {
  // Not every package lets its package.json be required: look beside its entry.
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return JSON.parse(readFileSync(path.join(folder, name, 'package.json'), 'utf8')).version;
    } catch {
      // Not in this folder.
    }
  }
  return 'missing';
}

function versions(): { [name: string]: string } {
  const npm = spawnSync('npm', ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  return {
    node: process.versions.node,
    npm: npm.stdout?.trim() || 'missing',
    ...Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  };
}

function pythonOrNote(notes: string[]): string | null {
  try {
    return findPython();
  } catch (error) {
    notes.push(messageOf(error));
    return null;
  }
}

function dataProblems(data: readonly DataSetStatus[]): string[] {
  return data
    .filter(({ state }) => state === 'damaged')
    .map(({ title, folder, why, hint }) => `${title} in ${folder}: ${why}. ${hint}`);
}

function dataNotes(data: readonly DataSetStatus[]): string[] {
  return data
    .filter(({ state, byName }) => state === 'absent' && !byName)
    .map(({ title, why, hint }) => `${title}: ${why}; the book draws digits of its own. ${hint}`);
}

/** Looks at everything; downloads, builds and changes nothing. */
export async function examine(): Promise<DoctorReport> {
  const [engines, kernels, data] = await Promise.all([inspectEngines(), listKernels(), dataStatus()]);
  const active = engines.find(({ status }) => status === 'active');
  const problems = dataProblems(data);
  if (active === undefined) problems.push('no engine works; see engines');
  const notes = dataNotes(data);
  const python = pythonOrNote(notes);
  return {
    ok: problems.length === 0,
    problems,
    notes,
    platform: `${process.platform}-${process.arch}`,
    versions: versions(),
    cache: cacheRoot(),
    cacheParts: cacheParts(),
    engine: active === undefined ? null : { name: active.engine, version: active.version ?? '' },
    engines,
    kernels: kernels.map(({ name, displayName, argv }) => ({ name, displayName, command: argv.join(' ') })),
    data,
    python,
  };
}
