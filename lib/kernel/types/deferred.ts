/**
 * A type service that costs nothing until it is asked or warmed up: then its
 * code is loaded and its server started. A kernel that checks no types may
 * do neither; it keeps the cells' texts until somebody wants a completion.
 */
import { InkwellError } from '../../core/errors';
import type { CellDiagnostic } from '../cells/diagnostics';
import type { CellSource } from '../cells/source';
import type { Completion, Inspection, TypeService, TypeServiceOptions } from './model';
import type { NotebookTypes } from './notebook';

export class DeferredTypes implements TypeService {
  readonly #options: TypeServiceOptions;
  #service: NotebookTypes | undefined;
  #committed: CellSource[] = [];
  #disposed = false;

  constructor(options: TypeServiceOptions) {
    this.#options = options;
  }

  warmUp(): void {
    try {
      if (this.#options.check !== false) this.#asked().warmUp();
    } catch {
      // What is wrong with the server is said of the first cell.
    }
  }

  async check(source: CellSource): Promise<CellDiagnostic[]> {
    return this.#options.check === false ? [] : this.#asked().check(source);
  }

  async commit(source: CellSource): Promise<void> {
    if (this.#service === undefined) this.#committed.push(source);
    else await this.#service.commit(source);
  }

  async complete(code: string, offset: number): Promise<Completion> {
    return this.#asked().complete(code, offset);
  }

  async inspect(code: string, offset: number, detail: 0 | 1): Promise<Inspection | undefined> {
    return this.#asked().inspect(code, offset, detail);
  }

  filesChanged(paths?: readonly string[]): void {
    // What has not been read yet will be read as it is then.
    this.#service?.filesChanged(paths);
  }

  async reset(): Promise<void> {
    this.#committed = [];
    await this.#service?.reset();
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#service?.dispose();
  }

  #asked(): NotebookTypes {
    if (this.#disposed && this.#service === undefined) {
      throw new InkwellError('TYPES_SERVER', 'the type service was disposed of');
    }
    this.#service ??= this.#start();
    return this.#service;
  }

  #start(): NotebookTypes {
    const { NotebookTypes } = require('./notebook') as typeof import('./notebook');
    const service = new NotebookTypes(this.#options);
    const cells = this.#committed;
    this.#committed = [];
    // Ahead of the question, which waits its turn behind it.
    if (cells.length > 0) service.adopt(cells).catch(() => {});
    return service;
  }
}
