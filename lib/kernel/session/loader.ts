/**
 * Node's CommonJS loader, taught four things: TypeScript and ES syntax in
 * local files, the `paths` of a tsconfig, packages that export themselves to
 * `import` only, and the module `tslab`.
 */
import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { codeOf } from '../../core/errors';
import type { Answer } from './channel';
import { isLocal, noteLoaded } from './freshness';
import { mappedPaths } from './paths';
import { ask } from './pipes';
import { rememberMap } from './stacks';
import type { TslabModule } from './tslab';

/** The code of the error for a file that awaits at top level, which `require` cannot load. */
export const TOP_LEVEL_AWAIT = 'INKWELL_TOP_LEVEL_AWAIT';

interface ModuleInternals {
  _extensions: Record<string, (module: LoadingModule, file: string) => void>;
  _load(request: string, parent: { filename?: string } | undefined, isMain: boolean): unknown;
  _resolveFilename(
    request: string,
    parent: { filename?: string; paths?: string[] } | undefined,
    isMain: boolean,
    options?: object,
  ): string;
}

interface LoadingModule extends NodeModule {
  _compile(code: string, file: string): void;
}

const internals = Module as unknown as ModuleInternals;
const TYPESCRIPT = ['.ts', '.tsx', '.mts', '.cts'];
/** How compilers to CommonJS begin: such a file needs no second look. */
const COMPILED = /^(?:#!.*\n)?["']use strict["'];/;
/** A statement that only a module has, at the start of a line. */
const ES_SYNTAX = /^\s*(?:import\s*(?:[\w*{"']|$)|export\s*(?:[\w*{]|$))/m;

/** Installs the hooks, once per session. */
export function hookLoader(tslab: TslabModule): void {
  hookResolution();
  hookExtensions();
  const load = internals._load;
  internals._load = (request, parent, isMain) => {
    if (request === 'tslab' && isLocal(parent?.filename ?? '/cell.ts')) return tslab;
    return load.call(Module, request, parent, isMain);
  };
}

function hookResolution(): void {
  const resolve = internals._resolveFilename;
  internals._resolveFilename = (request, parent, isMain, options) => {
    const from = parent?.filename;
    if (from === undefined) return resolve.call(Module, request, parent, isMain, options);
    const again = (other: string): string =>
      resolveWell(other, from, () => resolve.call(Module, other, parent, isMain, options));
    return resolveMapped(request, from, again) ?? again(request);
  };
}

/** By the `paths` of the reader's tsconfig, which come before packages, as in TypeScript. */
function resolveMapped(request: string, from: string, resolve: (path: string) => string): string | undefined {
  if (!isLocal(from) || /^(?:\.{0,2}\/|node:)/.test(request) || Module.isBuiltin(request)) return undefined;
  for (const candidate of mappedPaths(request, path.dirname(from))) {
    try {
      return resolve(candidate);
    } catch {
      // The next one, then what the request means without.
    }
  }
  return undefined;
}

/** As Node resolves, and where it finds nothing, as TypeScript and `import` do. */
function resolveWell(request: string, from: string, resolve: () => string): string {
  try {
    return resolve();
  } catch (thrown) {
    const code = codeOf(thrown);
    const found =
      code === 'MODULE_NOT_FOUND'
        ? resolveTypeScript(request, from)
        : code === 'ERR_PACKAGE_PATH_NOT_EXPORTED'
          ? resolveForImport(request, from)
          : undefined;
    if (found === undefined) throw thrown;
    return found;
  }
}

/** `./x.js` that is really `./x.ts`, as TypeScript's own resolution has it. */
function resolveTypeScript(request: string, from: string): string | undefined {
  if (!/^\.{0,2}\//.test(request)) return undefined;
  const base = path.resolve(path.dirname(from), request);
  const candidates = [
    base.replace(/\.js$/, '.ts'),
    base.replace(/\.jsx?$/, '.tsx'),
    base.replace(/\.mjs$/, '.mts'),
    base.replace(/\.cjs$/, '.cts'),
    ...['.mts', '.cts', '.mjs'].map((extension) => base + extension),
  ];
  return candidates.find((file) => file !== base && existsSync(file));
}

/** A package without a `require` condition, resolved with the conditions of `import`. */
function resolveForImport(request: string, from: string): string | undefined {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(request)?.[0];
  if (name === undefined) return undefined;
  for (let folder = path.dirname(from); ; folder = path.dirname(folder)) {
    const root = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(root, 'package.json'))) {
      const { exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
        exports?: unknown;
      };
      const target = matchExports(exports, `.${request.slice(name.length)}`);
      return target === undefined ? undefined : path.join(root, target);
    }
    if (folder === path.dirname(folder)) return undefined;
  }
}

const CONDITIONS = new Set(['node', 'import', 'module-sync', 'default']);

/** An `exports` map, by Node's rules ("Package entry points"): exact keys, then the longest pattern. */
function matchExports(exports: unknown, subpath: string): string | undefined {
  if (typeof exports !== 'object' || exports === null || Array.isArray(exports)) {
    return subpath === '.' ? pickTarget(exports, '') : undefined;
  }
  const map = exports as Record<string, unknown>;
  if (!Object.keys(map).some((key) => key.startsWith('.'))) {
    return subpath === '.' ? pickTarget(map, '') : undefined;
  }
  if (subpath in map) return pickTarget(map[subpath], '');
  const patterns = Object.keys(map).filter((key) => key.includes('*'));
  patterns.sort((a, b) => b.indexOf('*') - a.indexOf('*'));
  for (const key of patterns) {
    const [before = '', after = ''] = key.split('*');
    if (subpath.startsWith(before) && subpath.endsWith(after) && subpath.length >= key.length) {
      return pickTarget(map[key], subpath.slice(before.length, subpath.length - after.length));
    }
  }
  return undefined;
}

function pickTarget(target: unknown, star: string): string | undefined {
  if (typeof target === 'string') return target.replaceAll('*', star);
  if (Array.isArray(target))
    return target.map((item) => pickTarget(item, star)).find((item) => item !== undefined);
  if (typeof target !== 'object' || target === null) return undefined;
  for (const [condition, inner] of Object.entries(target)) {
    if (!CONDITIONS.has(condition)) continue;
    const found = pickTarget(inner, star);
    if (found !== undefined) return found;
  }
  return undefined;
}

function hookExtensions(): void {
  const extensions = internals._extensions;
  const loadJavaScript = extensions['.js'] as (module: LoadingModule, file: string) => void;
  const loadJson = extensions['.json'] as (module: LoadingModule, file: string) => void;
  for (const extension of TYPESCRIPT) extensions[extension] = compileAndLoad;
  extensions['.json'] = (module, file) => {
    noteLoaded(file);
    loadJson(module, file);
  };
  const load = (module: LoadingModule, file: string): void => {
    noteLoaded(file);
    if (isLocal(file) && isModuleSource(file)) compileAndLoad(module, file);
    else loadJavaScript(module, file);
  };
  extensions['.js'] = load;
  extensions['.mjs'] = load;
  extensions['.jsx'] = compileAndLoad;
}

/** Whether a local file is written as an ES module. */
export function isModuleSource(file: string): boolean {
  const extension = path.extname(file);
  if (extension === '.cts' || extension === '.cjs' || extension === '.json') return false;
  return extension !== '.js' || isModuleSyntax(readFileSync(file, 'utf8'));
}

function isModuleSyntax(text: string): boolean {
  return !COMPILED.test(text) && ES_SYNTAX.test(text);
}

function compileAndLoad(module: LoadingModule, file: string): void {
  noteLoaded(file);
  const { javascript, sourceMap } = compile(file, 'cjs');
  rememberMap(file, sourceMap);
  module._compile(javascript, file);
}

/** A local file as the front compiles it. Errors: SyntaxError, with a code. */
export function compile(file: string, format: 'cjs' | 'esm'): Extract<Answer, { kind: 'compiled' }> {
  const answer = ask({ kind: 'compile', path: file, format });
  if (answer.kind === 'refused') {
    const { name, message } = answer;
    throw Object.assign(new SyntaxError(message), { code: name, stack: `SyntaxError: ${message}` });
  }
  if (answer.kind !== 'compiled') throw new TypeError(`expected compiled code, got ${answer.kind}`);
  return answer;
}
