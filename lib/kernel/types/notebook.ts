/**
 * One notebook's types: keeps the server's modules in step with the cells
 * that were committed, and asks it one question at a time.
 */
import { join } from 'node:path';
import type {
  DocumentDiagnosticReport,
  Hover,
  CompletionItem as ServerItem,
  SignatureHelp,
} from 'vscode-languageserver-protocol';
import type { CellDiagnostic } from '../cells/diagnostics';
import type { CellSource } from '../cells/source';
import { type Candidates, candidatesAt, type ServerCompletions, toCompletion } from './completion';
import { type CellDeclarations, ownNames, readDeclarations, wordsOf } from './declarations';
import { globalDeclarations } from './globals';
import { hoverInspection, signatureInspection } from './inspection';
import { LocalFiles } from './local-files';
import type { Completion, Inspection, TypeService, TypeServiceOptions } from './model';
import { LINES_ABOVE, presentCell, type Scope } from './present';
import { cellProblems } from './problems';
import { LanguageServer, uriOf } from './server';
import { CellState, type ModuleNames } from './state';
import { cellConfig, changedAtMs } from './tsconfig';
import { positionAt, wordStart } from './words';

/** Names of the modules, chosen to meet no file of the reader's. */
const CELL = '.inkwell-cell';
const GLOBALS = '.inkwell-globals';
const MODULES: ModuleNames = {
  imports: './.inkwell-imports',
  slot: (index) => `./.inkwell-state-${index}`,
};

/** What a cell is told that imports something which is not there, or has no types. */
const MODULE_NOT_FOUND = new Set([2307, 2882, 7016]);

/** How long no cell may come before the server is told of those that ran, ms: it is told while nobody waits. */
const IDLE_MS = 25;

/** As many cells as the server may not have been told of. */
const MOST_PENDING = 40;

/** As many candidates as are asked for their signatures. */
const MOST_SIGNATURES = 24;

export class NotebookTypes implements TypeService {
  readonly #directory: string;
  readonly #strict: boolean;
  readonly #checks: boolean;
  readonly #server = new LanguageServer();
  readonly #files: LocalFiles;
  #state = new CellState();
  #userConfig: string | undefined;
  #userConfigChangedAtMs = -1;
  #missesModule = false;
  #read: { readonly code: string; readonly declarations: CellDeclarations } | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  /** Declarations of cells that ran, in order, of which the server has not been told. */
  #pending: CellDeclarations[] = [];
  #idle: NodeJS.Timeout | undefined;

  constructor({ directory, strict = true, check = true }: TypeServiceOptions) {
    this.#directory = directory;
    this.#strict = strict;
    this.#checks = check;
    this.#files = new LocalFiles(directory);
  }

  /** The server's process; undefined where none runs. */
  get processId(): number | undefined {
    return this.#server.processId;
  }

  warmUp(): void {
    this.#configure();
    this.#present('', { own: new Set(), used: new Set() });
    this.#server.prepare('textDocument/diagnostic', this.#aboutCell());
  }

  check({ code }: CellSource): Promise<CellDiagnostic[]> {
    if (!this.#checks || isUnchecked(code)) return Promise.resolve([]);
    return this.#next(async () => {
      const declarations = this.#declarationsOf(code);
      const used = wordsOf(code);
      if (this.#pending.some((cell) => declaresAny(cell, used))) this.#tell();
      this.#refresh(code);
      this.#present(code, { own: ownNames(code, declarations), used });
      const report = await this.#ask<DocumentDiagnosticReport>('textDocument/diagnostic');
      const lines = code.split(/\r\n|[\n\r]/);
      const isAmbient = declarations.ambient.length > 0;
      const problems = report.kind === 'full' ? cellProblems(report.items, { lines, isAmbient }) : [];
      this.#missesModule ||= problems.some(({ code: number }) => MODULE_NOT_FOUND.has(number));
      return problems;
    });
  }

  /** Commits cells that ran before anything was asked, all at once. */
  adopt(cells: readonly CellSource[]): Promise<void> {
    return this.#next(async () => {
      for (const { code } of cells) this.#state.commit(readDeclarations(code));
      this.#writeState();
    });
  }

  commit({ code }: CellSource): Promise<void> {
    return this.#next(async () => {
      const declarations = this.#declarationsOf(code);
      if (isEmpty(declarations)) return;
      this.#pending.push(declarations);
      const { imports, effects, ambient } = declarations;
      if (imports.length > 0 || effects.length > 0) {
        // Modules come into the program: one rebuilding for all that changes.
        this.#takePending();
        this.#writeState();
        this.#present('', { own: new Set(), used: new Set() });
        this.#settle();
      } else if (ambient.length > 0 || this.#pending.length >= MOST_PENDING || this.#buildsOn(code)) {
        this.#tell();
      } else this.#tellWhenIdle();
    });
  }

  /** Whether a cell uses earlier ones: then the next is likely to use it, and it is told while it runs. */
  #buildsOn(code: string): boolean {
    return [...wordsOf(code)].some((word) => this.#state.visible.has(word));
  }

  /**
   * Tells the server of the cells that ran: a module at a time, each asked for; then it replaces the
   * module and rebuilds nothing. A cell that uses none of their names need not wait for that.
   */
  #tell(): void {
    if (this.#pending.length === 0) return;
    this.#takePending();
    this.#writeState(() => this.#settle());
  }

  #takePending(): void {
    clearTimeout(this.#idle);
    for (const cell of this.#pending) this.#state.commit(cell);
    this.#pending = [];
  }

  #tellWhenIdle(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this.#next(async () => this.#tell()).catch(() => {});
    }, IDLE_MS);
    this.#idle.unref();
  }

  complete(code: string, offset: number): Promise<Completion> {
    return this.#next(async () => {
      this.#show(code);
      const position = this.#positionOf(code, offset);
      const answer = await this.#ask<ServerCompletions>('textDocument/completion', { position });
      const candidates = candidatesAt(code, offset, answer);
      return toCompletion(candidates, await this.#signaturesOf(candidates));
    });
  }

  inspect(code: string, offset: number, detail: 0 | 1): Promise<Inspection | undefined> {
    return this.#next(async () => {
      this.#show(code);
      for (const place of placesToLook(code, offset)) {
        const hover = await this.#ask<Hover | null>('textDocument/hover', {
          position: this.#positionOf(code, place),
        });
        const found = hoverInspection(hover, detail);
        if (found !== undefined) return found;
      }
      const position = this.#positionOf(code, offset);
      const help = await this.#ask<SignatureHelp | null>('textDocument/signatureHelp', { position });
      return signatureInspection(help, detail);
    });
  }

  filesChanged(paths?: readonly string[]): void {
    const changed = paths === undefined ? this.#files.changed() : paths.flatMap(declarationsBeside);
    if (changed.length > 0) this.#server.filesChanged(changed);
    this.#userConfigChangedAtMs = -1;
  }

  reset(): Promise<void> {
    return this.#next(async () => {
      this.#takePending();
      this.#state = new CellState();
      this.#files.forget();
      this.#userConfigChangedAtMs = -1;
      this.#writeState();
    });
  }

  dispose(): Promise<void> {
    clearTimeout(this.#idle);
    return this.#server.dispose();
  }

  /** A cell is committed right after it was checked: it is read once for both. */
  #declarationsOf(code: string): CellDeclarations {
    if (this.#read?.code !== code) this.#read = { code, declarations: readDeclarations(code) };
    return this.#read.declarations;
  }

  /** One question after the other: they share the module that stands for the next cell. */
  #next<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(() => {
      this.#configure();
      return work();
    });
    this.#queue = result.catch(() => {});
    return result;
  }

  #configure(): void {
    const isKnown = this.#userConfigChangedAtMs !== -1;
    if (
      isKnown &&
      this.#userConfigChangedAtMs === changedAtMs(this.#userConfig ?? this.#path('tsconfig.json'))
    )
      return;
    const files = [`${GLOBALS}.d.ts`, `${CELL}.ts`];
    const { text, userConfig } = cellConfig(this.#directory, { strict: this.#strict, files });
    this.#userConfig = userConfig;
    this.#userConfigChangedAtMs = changedAtMs(userConfig ?? this.#path('tsconfig.json'));
    this.#server.setDocument(this.#path('tsconfig.json'), text);
    this.#server.setDocument(this.#path(`${GLOBALS}.d.ts`), globalDeclarations(this.#directory));
    if (!isKnown) this.#writeState();
  }

  #writeState(afterEach: () => void = () => {}): void {
    const write = (specifier: string, text: string): void => {
      if (this.#server.setDocument(this.#modulePath(specifier), text)) afterEach();
    };
    for (let slot = 0; slot < this.#state.slots; slot++) {
      write(MODULES.slot(slot), this.#state.moduleText(slot, MODULES));
    }
    write(MODULES.imports, this.#state.importsText(MODULES));
  }

  /** Has the server take changes in now, while the cell runs, not when the next one is checked. */
  #settle(): void {
    this.#ask('textDocument/foldingRange').catch(() => {});
  }

  /** Sees to it that what a cell imports is read as it is now. */
  #refresh(code: string): void {
    if (!/\b(?:import|require)\b|\bfrom\b/.test(code)) return;
    this.#files.follow(code);
    this.filesChanged();
    // A package that was missing may have been installed since; the server remembers what it did not find.
    if (this.#missesModule) this.#server.restart();
    this.#missesModule = false;
  }

  /** Presents code that is being typed: everything is visible that it does not declare itself. */
  #show(code: string): void {
    this.#tell();
    this.#present(code, { own: ownNames(code, readDeclarations(code)) });
  }

  #present(code: string, scope: Scope): void {
    this.#server.setDocument(this.#path(`${CELL}.ts`), presentCell(code, this.#state, scope, MODULES));
  }

  #ask<Result>(method: string, parameters: object = {}): Promise<Result> {
    return this.#server.request<Result>(method, { ...this.#aboutCell(), ...parameters });
  }

  #aboutCell(): { textDocument: { uri: string } } {
    return { textDocument: { uri: uriOf(this.#path(`${CELL}.ts`)) } };
  }

  async #signaturesOf({ items }: Candidates): Promise<Map<string, string>> {
    const signatures = new Map<string, string>();
    if (items.length > MOST_SIGNATURES) return signatures;
    const resolved = items.map(async ({ text, item }) => {
      const { detail } = await this.#server.request<ServerItem>('completionItem/resolve', item);
      if (detail !== undefined && detail !== '') signatures.set(text, detail.replace(/^\(alias\) /, ''));
    });
    await Promise.all(resolved);
    return signatures;
  }

  #positionOf(code: string, offset: number): { line: number; character: number } {
    const { line, character } = positionAt(code, offset);
    return { line: line + LINES_ABOVE, character };
  }

  #path(name: string): string {
    return join(this.#directory, name);
  }

  #modulePath(specifier: string): string {
    return this.#path(`${specifier}.ts`);
  }
}

function isEmpty({ declarations, imports, effects, ambient }: CellDeclarations): boolean {
  return declarations.length === 0 && imports.length === 0 && effects.length === 0 && ambient.length === 0;
}

function declaresAny({ declarations }: CellDeclarations, names: ReadonlySet<string>): boolean {
  return declarations.some((declaration) => [...declaration.names.keys()].some((name) => names.has(name)));
}

/** Whether `// @ts-nocheck` stands among the comments that a cell opens with. */
function isUnchecked(code: string): boolean {
  const opening = /^(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(code)?.[0] ?? '';
  return /^\s*(?:\/\/|\/\*)\s*@ts-nocheck\b/m.test(opening);
}

/** The cursor's place, the word before it, and what is called before an open parenthesis. */
function placesToLook(code: string, offset: number): number[] {
  const places = [offset];
  if (offset > 0) places.push(offset - 1);
  const call = /([\p{ID_Continue}$])\s*\([^()]*$/u.exec(code.slice(0, offset));
  if (call !== null) places.push(wordStart(code, call.index + 1));
  return places;
}

/** A built module's types may have changed with it. */
function declarationsBeside(path: string): string[] {
  const base = /^(.*)\.(?:c|m)?js$/.exec(path)?.[1];
  return base === undefined ? [path] : [path, `${base}.d.ts`, `${base}.d.mts`, `${base}.d.cts`];
}
