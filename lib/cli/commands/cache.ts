/** `inkwell cache`: what the cache of all clones holds, and removing what is not needed any more. */
import { cacheRoot } from '../../core/paths';
import { type CachePart, cacheParts, cleanCache } from '../cache';
import { formatBytes, formatTable } from '../terminal';

const total = (parts: readonly CachePart[]): number => parts.reduce((sum, { bytes }) => sum + bytes, 0);

function listTable(parts: readonly CachePart[]): string {
  const rows = parts.map(({ name, what, bytes, lastUsed }) => [
    name,
    formatBytes(bytes),
    what,
    lastUsed?.slice(0, 10) ?? '',
  ]);
  return formatTable([['name', 'size', 'what', 'last used'], ...rows]);
}

/** Lists the parts of the cache; returns the exit status. */
export function list(flags: { readonly json?: boolean }): number {
  const parts = cacheParts();
  if (flags.json) process.stdout.write(`${JSON.stringify(parts, null, 2)}\n`);
  else {
    const table = parts.length === 0 ? '' : `${listTable(parts)}\n`;
    process.stdout.write(`${table}${formatBytes(total(parts))} in ${cacheRoot()}\n`);
  }
  return 0;
}

/** Removes the named parts (default: engines that are not used any more); returns the exit status. */
export function clean(parts: readonly string[]): number {
  const removed = cleanCache(parts.length === 0 ? ['engine'] : parts);
  for (const { name, bytes } of removed) process.stdout.write(`Removed ${name}, ${formatBytes(bytes)}\n`);
  if (removed.length === 0) process.stdout.write('Nothing to remove.\n');
  return 0;
}
