/**
 * The compiler settings that cells are checked with: everything a session can
 * run is allowed, types are strict, and the notebook's own tsconfig has its
 * say wherever it does not forbid what only cells do.
 */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import type { TsConfigJson, TsConfigResult } from 'get-tsconfig';
import { userConfig } from '../cells/user-config';

type CompilerOptions = NonNullable<TsConfigJson['compilerOptions']>;

export interface CellConfigOptions {
  readonly strict: boolean;
  /** Names of the files that are always part of the program. */
  readonly files: readonly string[];
}

/** The text of the configuration, and the file it honours. */
export interface CellConfig {
  readonly text: string;
  readonly userConfig: string | undefined;
}

/** The configuration for cells of a notebook in `directory`. A tsconfig that cannot be read counts as none. */
export function cellConfig(directory: string, { strict, files }: CellConfigOptions): CellConfig {
  const found = findUserConfig(directory);
  const userOptions =
    found === undefined ? {} : anchored(found.config.compilerOptions ?? {}, dirname(found.path));
  const compilerOptions = { ...defaults(strict), ...withoutForbidden(userOptions), ...REQUIRED };
  const types = [...new Set(userOptions.types ?? [])];
  const paths = { ...sessionModules(directory), ...compilerOptions.paths };
  const text = JSON.stringify({ compilerOptions: { ...compilerOptions, types, paths }, files, include: [] });
  return { text, userConfig: found?.path };
}

/** Modules that a session has of its own, with the types that the packages they stand for come with. */
function sessionModules(directory: string): Record<string, string[]> {
  for (const from of [join(directory, 'x'), __filename]) {
    try {
      const folder = dirname(createRequire(from).resolve('tslab/package.json'));
      return { tslab: [join(folder, 'dist', 'public.d.ts')] };
    } catch {
      // Not installed there.
    }
  }
  return {};
}

/** When a file was last changed, in milliseconds; 0 where there is none. */
export function changedAtMs(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function findUserConfig(directory: string): TsConfigResult | undefined {
  try {
    return userConfig(directory);
  } catch {
    return undefined;
  }
}

function defaults(strict: boolean): CompilerOptions {
  return { strict, lib: ['esnext'], skipLibCheck: true, allowJs: true, esModuleInterop: true };
}

/** What cells need: top-level await, `require` beside `import`, JSON, `.ts` specifiers, and no complaint about style. */
const REQUIRED: CompilerOptions = {
  target: 'esnext',
  module: 'preserve',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  allowUnusedLabels: true,
  allowUnreachableCode: true,
  noUnusedLocals: false,
  noUnusedParameters: false,
};

/** Settings of a build that mean nothing to a cell, or that would refuse one. */
const FORBIDDEN = new Set([
  'composite',
  'incremental',
  'tsBuildInfoFile',
  'declaration',
  'declarationMap',
  'emitDeclarationOnly',
  'isolatedDeclarations',
  'isolatedModules',
  'verbatimModuleSyntax',
  'rootDir',
  'outDir',
  'outFile',
  'sourceMap',
  'inlineSourceMap',
  'checkJs',
  'plugins',
  'ignoreDeprecations',
  'baseUrl',
  'types',
  'downlevelIteration',
]);

function withoutForbidden(options: CompilerOptions): CompilerOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !FORBIDDEN.has(name)));
}

/** Paths of a tsconfig count from its own folder. */
function anchored(options: CompilerOptions, folder: string): CompilerOptions {
  const { paths, typeRoots, rootDirs, baseUrl } = options;
  const from = baseUrl === undefined ? folder : join(folder, baseUrl);
  const anchor = (path: string): string => (isAbsolute(path) ? path : join(from, path));
  return {
    ...options,
    ...(typeRoots == null ? {} : { typeRoots: typeRoots.map(anchor) }),
    ...(rootDirs == null ? {} : { rootDirs: rootDirs.map(anchor) }),
    ...(paths == null
      ? {}
      : { paths: Object.fromEntries(Object.entries(paths).map(([key, to]) => [key, to.map(anchor)])) }),
  };
}
