/**
 * A type service that costs nothing until it is asked: with the first question
 * its code is loaded and its server started. A kernel that checks no types may
 * never ask; it keeps the cells' texts until somebody wants a completion.
 */
import { InkwellError } from '../../core/errors';
import type { CellDiagnostic } from '../cells/diagnostics';
import type { CellSource } from '../cells/source';
import type { Completion, Inspection, TypeService, TypeServiceOptions } from './model';
import type { NotebookTypes } from './notebook';

export class DeferredTypes implements TypeService {
  readonly #options: TypeServiceOptions;
  #service: Promise<NotebookTypes> | undefined;
  #committed: CellSource[] = [];
  #disposed = false;

  constructor(options: TypeServiceOptions) {
    this.#options = options;
  }

  async check(source: CellSource): Promise<CellDiagnostic[]> {
    return this.#options.check === false ? [] : (await this.#asked()).check(source);
  }

  async commit(source: CellSource): Promise<void> {
    if (this.#service === undefined) this.#committed.push(source);
    else await (await this.#service).commit(source);
  }

  async complete(code: string, offset: number): Promise<Completion> {
    return (await this.#asked()).complete(code, offset);
  }

  async inspect(code: string, offset: number, detail: 0 | 1): Promise<Inspection | undefined> {
    return (await this.#asked()).inspect(code, offset, detail);
  }

  filesChanged(paths?: readonly string[]): void {
    // What has not been read yet will be read as it is then.
    this.#service?.then((service) => service.filesChanged(paths)).catch(() => {});
  }

  async reset(): Promise<void> {
    this.#committed = [];
    await (await this.#service)?.reset();
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await (await this.#service)?.dispose();
  }

  async #asked(): Promise<NotebookTypes> {
    if (this.#disposed && this.#service === undefined) {
      throw new InkwellError('TYPES_SERVER', 'the type service was disposed of');
    }
    this.#service ??= this.#start();
    return this.#service;
  }

  async #start(): Promise<NotebookTypes> {
    const { NotebookTypes } = await import('./notebook.js');
    const service = new NotebookTypes(this.#options);
    const cells = this.#committed;
    this.#committed = [];
    // Ahead of the question, which waits its turn behind it.
    if (cells.length > 0) service.adopt(cells).catch(() => {});
    return service;
  }
}
