/**
 * The pictures and files of one chapter on their way into the book.
 *
 * Names carry a piece of the content's hash: the same bytes are stored once,
 * and a changed picture is never taken for the old one out of a browser's cache.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { MediaFile } from './chapter';
import { slugOf } from './slugs';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
};

/** MIME types of bitmaps, richest first. */
export const BITMAPS = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;

export interface Media {
  /** Stores a picture or file and returns its address on the chapter's page. */
  add(bytes: Uint8Array, mimeTypeOrName: string): string;
  /** Everything stored so far, in order. */
  files(): readonly MediaFile[];
}

/** An empty store whose files go to `media/<slug>/`. */
export function createMedia(slug: string): Media {
  const files = new Map<string, MediaFile>();
  return {
    add(bytes, mimeTypeOrName) {
      const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
      const extension = EXTENSIONS[mimeTypeOrName];
      const { name, ext } = path.posix.parse(mimeTypeOrName);
      const stem = extension === undefined ? slugOf(name) || 'file' : 'picture';
      const file = `media/${slug}/${stem}-${digest}${extension === undefined ? ext.toLowerCase() : `.${extension}`}`;
      if (!files.has(file)) files.set(file, { path: file, bytes });
      return file;
    },
    files: () => [...files.values()],
  };
}

/** Width and height of a PNG in pixels, from its header; undefined for anything else. */
export function pngSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 24 || view.readUInt32BE(0) !== 0x89504e47 || view.toString('latin1', 12, 16) !== 'IHDR') {
    return undefined;
  }
  return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}

/** An address without percent-encoding; as it is where that is malformed. */
export function decodeAddress(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/**
 * The bytes of a file that prose refers to.
 *
 * @param address as written: relative, percent-encoded.
 * @param folder what it is relative to.
 * @param root the folder it must not leave: a notebook may not publish the author's home.
 */
export function readLocal(address: string, folder: string, root: string): Uint8Array | undefined {
  const decoded = decodeAddress(address.replace(/[?#].*$/s, ''));
  const file = path.resolve(folder, decoded);
  const inside = path.relative(root, file);
  if (path.isAbsolute(decoded) || inside.startsWith('..') || path.isAbsolute(inside)) return undefined;
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : undefined;
}
