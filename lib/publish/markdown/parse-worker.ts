/** The thread that parses long Markdown: it can be ended, whatever the parser is busy with. */
import { type MessagePort, workerData } from 'node:worker_threads';
import { parseNow } from './parser';

/** What the thread is given: where texts come from, and a counter that tells of each answer. */
export interface ParseChannel {
  readonly port: MessagePort;
  /** Counts answers; whoever waits is woken. */
  readonly answered: Int32Array;
}

/** What it answers with. */
export type ParseAnswer = { readonly tree: object } | { readonly error: string };

const { port, answered } = workerData as ParseChannel;

function answerTo(source: string): ParseAnswer {
  try {
    return { tree: parseNow(source) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

port.on('message', (source: string) => {
  port.postMessage(answerTo(source));
  Atomics.add(answered, 0, 1);
  Atomics.notify(answered, 0);
});
