/** A real V8 inspector session that evaluates compiled cells, as the kernel's session process does. */

import { type Runtime, Session } from 'node:inspector';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { compileCell, newCellHistory } from 'inkwell/kernel/cells/compile';

export interface CellRun {
  /** The completion value where the cell has a result, by value. */
  readonly value: unknown;
  readonly hasResult: boolean;
}

const IMPORT = '__inkwell_import__';

/** Evaluates cells one after the other in this process's own realm. */
export class CellSession {
  readonly #inspector = new Session();
  readonly #directory: string;
  readonly #history = newCellHistory();
  #count = 0;

  constructor(directory: string) {
    this.#directory = directory;
    this.#inspector.connect();
    const require = createRequire(`${directory}/`);
    const load = async (specifier: string, options?: ImportCallOptions): Promise<unknown> => {
      const isPath = /^\.{0,2}\//.test(specifier);
      const target = isPath ? pathToFileURL(require.resolve(specifier)).href : specifier;
      return await import(target, options);
    };
    Object.assign(load, { meta: { url: pathToFileURL(`${directory}/`).href } });
    Object.assign(globalThis, { [IMPORT]: load, require });
  }

  /**
   * Runs one cell. Errors: what the cell throws, as an Error with its description as the message.
   *
   * @param onEvaluate is called when the cell is compiled, just before it runs.
   */
  async run(code: string, onEvaluate: () => void = () => {}): Promise<CellRun> {
    const name = `cell-${++this.#count}.ts`;
    const compiled = await compileCell(
      { code, name, directory: this.#directory },
      { history: this.#history },
    );
    onEvaluate();
    const value = await this.#evaluate(compiled.javascript);
    return { value: compiled.hasResult ? value : undefined, hasResult: compiled.hasResult };
  }

  /** The value of the last of several cells. */
  async last(...cells: string[]): Promise<unknown> {
    let value: unknown;
    for (const cell of cells) value = (await this.run(cell)).value;
    return value;
  }

  close(): void {
    this.#inspector.disconnect();
  }

  #evaluate(expression: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const parameters: Runtime.EvaluateParameterType = { expression, awaitPromise: true };
      Object.assign(parameters, { replMode: true });
      this.#inspector.post('Runtime.evaluate', parameters, (error, reply) => {
        if (error !== null) return reject(error);
        const { exceptionDetails, result } = reply;
        if (exceptionDetails !== undefined) {
          return reject(new Error(exceptionDetails.exception?.description ?? exceptionDetails.text));
        }
        if (result.objectId === undefined) return resolve(result.value);
        this.#valueOf(result.objectId).then(resolve, reject);
      });
    });
  }

  #valueOf(objectId: string): Promise<unknown> {
    const parameters: Runtime.CallFunctionOnParameterType = {
      objectId,
      functionDeclaration: 'function () { return this }',
      returnByValue: true,
    };
    return new Promise((resolve, reject) => {
      this.#inspector.post('Runtime.callFunctionOn', parameters, (error, reply) =>
        error === null ? resolve(reply.result.value) : reject(error),
      );
    });
  }
}
