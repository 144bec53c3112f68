/**
 * The manifest of an entry in the cache: which files it must hold, how long they
 * are, and the SHA-256 of the small ones. It is written last, so a folder
 * without one was never finished.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeOf, messageOf } from '../../core/errors';

export const manifestFile = 'engine.json';

/** Files up to this size are compared by their sum too; larger ones by their length, to start fast. */
const hashedBytes = 16e6;

export interface ManifestFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256?: string;
}

export interface Manifest {
  readonly key: string;
  readonly title: string;
  readonly version: string;
  readonly files: readonly ManifestFile[];
  /** Keys of the entries that this one works with; earlier versions wrote none. */
  readonly needs?: readonly string[];
}

/** A finished entry of the cache. */
export interface Entry {
  readonly folder: string;
  readonly title: string;
  readonly version: string;
}

export type EntryState =
  | { readonly kind: 'ready'; readonly entry: Entry }
  | { readonly kind: 'missing'; readonly why: string }
  | { readonly kind: 'broken'; readonly why: string };

/** Writes the manifest of a folder that holds all the files of a plan. */
export function writeManifest(
  folder: string,
  plan: {
    readonly key: string;
    readonly title: string;
    readonly version: string;
    readonly files: readonly string[];
    readonly needs: readonly string[];
  },
): void {
  const { key, title, version, needs } = plan;
  const files = plan.files.map((file) => describeFile(folder, file));
  const manifest: Manifest = { key, title, version, files, needs };
  writeFileSync(path.join(folder, manifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

function describeFile(folder: string, file: string): ManifestFile {
  const bytes = statSync(path.join(folder, file)).size;
  return bytes > hashedBytes
    ? { path: file, bytes }
    : { path: file, bytes, sha256: sumOf(path.join(folder, file)) };
}

function sumOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** The manifest in a folder. Throws where there is none, or none that can be read. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, manifestFile), 'utf8')) as Manifest;
}

/** Whether an entry is there and whole, with those that it needs; reads, never writes. */
export function inspectEntry(root: string, key: string): EntryState {
  const folder = path.join(root, key);
  try {
    const manifest = readManifest(folder);
    for (const file of manifest.files) {
      const why = differs(folder, file);
      if (why !== undefined) return { kind: 'broken', why };
    }
    for (const key of manifest.needs ?? []) {
      const needed = inspectEntry(root, key);
      if (needed.kind === 'missing') return { kind: 'broken', why: `${path.join(root, key)} is gone` };
      if (needed.kind === 'broken') return needed;
    }
    return { kind: 'ready', entry: { folder, title: manifest.title, version: manifest.version } };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { kind: 'missing', why: 'it is not prepared' };
    return { kind: 'broken', why: `${path.join(folder, manifestFile)} cannot be read (${messageOf(error)})` };
  }
}

function differs(folder: string, file: ManifestFile): string | undefined {
  const place = path.join(folder, file.path);
  const bytes = statSync(place, { throwIfNoEntry: false })?.size;
  if (bytes === undefined) return `${place} is gone`;
  if (bytes !== file.bytes) return `${place} has ${bytes} bytes instead of ${file.bytes}`;
  if (file.sha256 !== undefined && sumOf(place) !== file.sha256) return `${place} was changed`;
  return undefined;
}
