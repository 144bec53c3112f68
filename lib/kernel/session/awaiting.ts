/**
 * Local files that await at top level, and those that import them. `require`
 * cannot load them; they become modules of V8's own, linked to everything
 * else as that loader has it, and stand in its cache beside the others once
 * they have been evaluated, so that an edit is noticed there as well.
 */
import Module, { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import vm from 'node:vm';
import { codeOf } from '../../core/errors';
import { isLocal, noteLoaded } from './freshness';
import { compile, isModuleSource, TOP_LEVEL_AWAIT } from './loader';
import { rememberMap } from './stacks';

/** What the session's own imports do, for a file. */
export interface Importing {
  /** The namespace of what `require` gives. */
  namespaceOf(exported: unknown): object;
  /** `import(specifier)` as written in a file. */
  importFrom(native: NodeJS.Require, directory: string, specifier: string): Promise<object>;
}

interface Source {
  readonly file: string;
  readonly module: vm.SourceTextModule;
  /** What stands in the cache for it. */
  readonly entry: Module;
  /** Files that import it and are not in the cache yet. */
  readonly importers: Set<Source>;
  evaluated?: Promise<void>;
}

/**
 * Every module that was made, for as long as the session lives: what V8 runs of one (the values of a
 * synthetic one, an `import()` in a function of a file that was edited since) asks Node for the object
 * that stands for it, and where that was garbage Node 20 crashes.
 */
const made = new Set<vm.Module>();

const { cache } = createRequire(__filename);
const sources = new Map<string, Source>();
let linking: Promise<unknown> = Promise.resolve();

/** Whether an error says that something awaits at top level. */
export function awaitsAtTop(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return code === 'ERR_REQUIRE_ASYNC_MODULE' || code === TOP_LEVEL_AWAIT;
}

/** Whether a file may then be imported: CommonJS of the reader's own, which required such a file, may not. */
export function isImportable(file: string): boolean {
  return !isLocal(file) || isModuleSource(file);
}

/** Imports a file that `require` refused because something in it, or beneath it, awaits at top level. */
export async function importAwaiting(file: string, importing: Importing): Promise<object> {
  if (!isLocal(file)) return (await import(pathToFileURL(file).href)) as object;
  const fresh = new Set<Source>();
  const known = currentSource(file);
  const root = known ?? createSource(file, importing, fresh);
  try {
    // One graph is linked at a time; what is evaluated may itself import.
    linking = linking.catch(() => {}).then(() => link(root, importing, fresh));
    await linking;
    root.evaluated ??= root.module.evaluate();
    await root.evaluated;
  } catch (thrown) {
    for (const source of fresh) sources.delete(source.file);
    throw thrown;
  }
  for (const source of fresh) keep(source);
  return root.module.namespace;
}

async function link({ module }: Source, importing: Importing, fresh: Set<Source>): Promise<void> {
  if (module.status !== 'unlinked') return;
  await module.link((specifier, { identifier }) => dependency(specifier, identifier, importing, fresh));
}

/** The source of a file, unless the file was forgotten since it was evaluated. */
function currentSource(file: string): Source | undefined {
  const known = sources.get(file);
  return known?.entry.loaded === true && cache[file] !== known.entry ? undefined : known;
}

function createSource(file: string, importing: Importing, fresh: Set<Source>): Source {
  const { javascript, sourceMap } = compile(file, 'esm');
  rememberMap(file, sourceMap);
  noteLoaded(file);
  const native = createRequire(file);
  const module = new vm.SourceTextModule(javascript, {
    identifier: file,
    importModuleDynamically: async (specifier: string) =>
      asModule(await importing.importFrom(native, path.dirname(file), specifier)),
  });
  made.add(module);
  const entry = Object.assign(new Module(file), { filename: file });
  const source: Source = { file, module, entry, importers: new Set() };
  sources.set(file, source);
  fresh.add(source);
  return source;
}

/** What a specifier in a file stands for. */
async function dependency(
  specifier: string,
  importer: string,
  importing: Importing,
  fresh: Set<Source>,
): Promise<vm.Module> {
  if (isBuiltin(specifier) || /^(?:data|https?):/.test(specifier)) {
    return synthetic((await import(specifier)) as object);
  }
  const native = createRequire(importer);
  const file = native.resolve(specifier);
  const parent = sources.get(importer);
  if (currentSource(file) === undefined) {
    const loaded = loadAtOnce(file, native, importing);
    if (loaded !== undefined) {
      const child = cache[file];
      if (child !== undefined) parent?.entry.children.push(child);
      return synthetic(loaded);
    }
    if (!isLocal(file)) return synthetic((await import(pathToFileURL(file).href)) as object);
  }
  const source = currentSource(file) ?? createSource(file, importing, fresh);
  if (parent !== undefined) source.importers.add(parent);
  return source.module;
}

function loadAtOnce(file: string, native: NodeJS.Require, { namespaceOf }: Importing): object | undefined {
  try {
    return namespaceOf(native(file));
  } catch (thrown) {
    if (awaitsAtTop(thrown) && isImportable(file)) return undefined;
    throw thrown;
  }
}

/** It has been evaluated: from now on it is loaded like any other. */
function keep({ file, module, entry, importers }: Source): void {
  entry.exports = module.namespace;
  entry.loaded = true;
  cache[file] = entry;
  for (const { entry: parent } of importers) parent.children.push(entry);
}

/** What V8 takes as the outcome of an `import()`: a namespace of its own, or a module, evaluated. */
async function asModule(namespace: object): Promise<vm.Module> {
  if (types.isModuleNamespaceObject(namespace)) return namespace as vm.Module;
  const module = synthetic(namespace);
  await module.link(() => Promise.reject(new Error('a module of values alone imports nothing')));
  await module.evaluate();
  return module;
}

/** A module with the members that a namespace has now. */
function synthetic(namespace: object): vm.SyntheticModule {
  const names = Object.keys(namespace);
  if (!names.includes('default') && 'default' in namespace) names.push('default');
  const module = new vm.SyntheticModule(names, function setAll() {
    for (const name of names) this.setExport(name, (namespace as Record<string, unknown>)[name]);
  });
  made.add(module);
  return module;
}
