/**
 * Modules as cells import them.
 *
 * Everything goes through Node's CommonJS loader, which since 20.19 also
 * requires ES modules: one module graph for cells, local files and the
 * book's library, so that they share instances. Local files (`.ts`, and
 * whatever uses `import`) are compiled by the front when they load; those that
 * changed on disk are loaded again at the next import (freshness.ts). What
 * awaits at top level is imported as an ES module (awaiting.ts).
 */
import Module, { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { codeOf, InkwellError } from '../../core/errors';
import { awaitsAtTop, importAwaiting, isImportable } from './awaiting';
import { refresh } from './freshness';
import { hookLoader } from './loader';
import { createTslab } from './tslab';

interface ImportOptions {
  readonly with?: Readonly<Record<string, string>>;
}

type Namespace = object;

const namespaces = new WeakMap<object, Namespace>();

/** What `import` gives for what `require` gave. */
function namespaceOf(exported: unknown): Namespace {
  if ((typeof exported !== 'object' && typeof exported !== 'function') || exported === null) {
    return { default: exported };
  }
  if (types.isModuleNamespaceObject(exported) || (exported as { __esModule?: unknown }).__esModule)
    return exported;
  const known = namespaces.get(exported);
  if (known !== undefined) return known;
  const namespace: Namespace = Object.create(null) as Namespace;
  for (const key of Object.keys(exported)) {
    if (key === 'default') continue;
    Object.defineProperty(namespace, key, {
      enumerable: true,
      get: () => (exported as Record<string, unknown>)[key],
    });
  }
  Object.defineProperty(namespace, 'default', { enumerable: true, value: exported });
  namespaces.set(exported, namespace);
  return namespace;
}

/** Puts `require`, `module`, `exports`, `__filename`, `__dirname` and the cells' import function in place. */
export function installModules(directory: string): void {
  const cellFile = path.join(directory, 'cell.ts');
  const cellModule = new Module(cellFile);
  cellModule.filename = cellFile;
  cellModule.paths = (Module as unknown as { _nodeModulePaths(from: string): string[] })._nodeModulePaths(
    directory,
  );
  const native = createRequire(cellFile);
  hookLoader(createTslab());

  const require = Object.assign(
    (specifier: string): unknown => {
      refresh();
      return explain(specifier, directory, () => native(specifier) as unknown);
    },
    { resolve: native.resolve, cache: native.cache, main: undefined, extensions: native.extensions },
  );
  const importModule = Object.assign(
    (specifier: string, options?: ImportOptions) => importFrom(native, directory, String(specifier), options),
    { meta: metaOf(cellFile, directory, native) },
  );
  const globals = {
    require,
    module: cellModule,
    exports: cellModule.exports,
    __filename: cellFile,
    __dirname: directory,
  };
  for (const [name, value] of Object.entries({ ...globals, __inkwell_import__: importModule })) {
    Object.defineProperty(globalThis, name, {
      value,
      configurable: true,
      writable: true,
      enumerable: false,
    });
  }
}

function metaOf(filename: string, dirname: string, native: NodeJS.Require): object {
  const url = pathToFileURL(filename).href;
  const resolve = (specifier: string): string =>
    isBuiltin(specifier)
      ? `node:${specifier.replace(/^node:/, '')}`
      : pathToFileURL(native.resolve(specifier)).href;
  return { url, filename, dirname, resolve };
}

async function importFrom(
  native: NodeJS.Require,
  directory: string,
  specifier: string,
  options: ImportOptions = {},
): Promise<Namespace> {
  if (isBuiltin(specifier)) return (await import(specifier)) as Namespace;
  if (/^(data|https?|blob):/.test(specifier))
    return (await import(specifier, options as ImportCallOptions)) as Namespace;
  refresh();
  return explain(specifier, directory, () => {
    const request = specifier.startsWith('file:') ? fileURLToPath(specifier) : specifier;
    try {
      return namespaceOf(native(request));
    } catch (thrown) {
      if (!awaitsAtTop(thrown)) throw thrown;
      const file = native.resolve(request);
      if (!isImportable(file)) throw thrown;
      return importAwaiting(file, { namespaceOf, importFrom });
    }
  });
}

/** A missing package, said in the reader's words. */
function explain<T>(specifier: string, directory: string, load: () => T): T {
  try {
    return load();
  } catch (thrown) {
    const missing = /^Cannot find (?:module|package) '([^']+)'/.exec(
      (thrown as Error | undefined)?.message ?? '',
    )?.[1];
    if (codeOf(thrown) !== 'MODULE_NOT_FOUND' || missing !== specifier) throw thrown;
    const hint = /^[./]/.test(specifier)
      ? `Relative paths start at the notebook's folder, ${directory}.`
      : `Install it where the notebook is: npm install ${specifier.replace(/^((?:@[^/]+\/)?[^/]+).*/, '$1')}`;
    throw new InkwellError('MODULE_NOT_FOUND', `cannot find '${specifier}'`, { hint });
  }
}
