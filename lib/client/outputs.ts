/**
 * Collects what a kernel publishes into notebook outputs, by the rules of the
 * protocol: neighbouring stream texts join, `clear_output` empties (at once, or
 * with the next output), `update_display_data` changes every display of its id,
 * in earlier cells too.
 */

import type { Message } from '../core/jupyter/message';
import type { DisplayDataOutput, ExecuteResultOutput, Json, MimeBundle, Output } from '../notebook/format';

type Displayed = DisplayDataOutput | ExecuteResultOutput;

/** The displays of a whole notebook by `display_id`, for updates from later cells. */
export type DisplayRegistry = Map<string, Displayed[]>;

/** The outputs of one cell while it runs. */
export class OutputCollector {
  readonly outputs: Output[] = [];
  readonly #displays: DisplayRegistry;
  #clearNext = false;

  /** @param displays shared by all cells of the notebook. */
  constructor(displays: DisplayRegistry) {
    this.#displays = displays;
  }

  /** Takes one iopub message; returns whether it changed an output. */
  take(message: Message): boolean {
    const content = message.content;
    switch (message.header.msg_type) {
      case 'stream':
        this.#stream(content['name'] === 'stderr' ? 'stderr' : 'stdout', String(content['text']));
        return true;
      case 'display_data':
        this.#display({ output_type: 'display_data', ...bundleOf(message) }, message);
        return true;
      case 'execute_result':
        this.#display(
          {
            output_type: 'execute_result',
            execution_count: content['execution_count'] as number,
            ...bundleOf(message),
          },
          message,
        );
        return true;
      case 'error':
        this.#add({
          output_type: 'error',
          ename: String(content['ename']),
          evalue: String(content['evalue']),
          traceback: content['traceback'] as string[],
        });
        return true;
      case 'update_display_data':
        return this.#update(message);
      case 'clear_output':
        if (content['wait'] === true) this.#clearNext = true;
        else this.outputs.length = 0;
        return true;
      default:
        return false;
    }
  }

  #add(output: Output): void {
    if (this.#clearNext) {
      this.outputs.length = 0;
      this.#clearNext = false;
    }
    this.outputs.push(output);
  }

  #stream(name: 'stdout' | 'stderr', text: string): void {
    const last = this.#clearNext ? undefined : this.outputs.at(-1);
    if (last?.output_type === 'stream' && last.name === name) last.text += text;
    else this.#add({ output_type: 'stream', name, text });
  }

  #display(output: Displayed, message: Message): void {
    const id = displayId(message);
    if (id !== undefined) this.#displays.set(id, [...(this.#displays.get(id) ?? []), output]);
    this.#add(output);
  }

  #update(message: Message): boolean {
    const displayed = this.#displays.get(displayId(message) ?? '') ?? [];
    for (const output of displayed) Object.assign(output, bundleOf(message));
    return displayed.length > 0;
  }
}

function bundleOf(message: Message): { data: MimeBundle; metadata: { [key: string]: Json } } {
  return {
    data: (message.content['data'] ?? {}) as MimeBundle,
    metadata: (message.content['metadata'] ?? {}) as { [key: string]: Json },
  };
}

function displayId(message: Message): string | undefined {
  const transient = message.content['transient'] as { display_id?: unknown } | undefined;
  return typeof transient?.display_id === 'string' ? transient.display_id : undefined;
}
