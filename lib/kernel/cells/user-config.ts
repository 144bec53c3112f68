/** The reader's own tsconfig, which has its say in how cells are checked, compiled and resolved. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TsConfigResult } from 'get-tsconfig';

/**
 * The tsconfig.json of a folder or of the nearest folder above it, what it extends merged in; undefined where
 * there is none. Only where there is one is the reader of such files loaded, which takes a kernel's start milliseconds.
 *
 * @throws Error where it cannot be read.
 */
export function userConfig(directory: string): TsConfigResult | undefined {
  if (!isBelowConfig(path.resolve(directory))) return undefined;
  const { getTsconfig } = require('get-tsconfig') as typeof import('get-tsconfig');
  return getTsconfig(directory) ?? undefined;
}

function isBelowConfig(directory: string): boolean {
  if (existsSync(path.join(directory, 'tsconfig.json'))) return true;
  const above = path.dirname(directory);
  return above !== directory && isBelowConfig(above);
}
