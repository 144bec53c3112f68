/**
 * What the contenders in JavaScript share: data, timing, and lines of JSON. The
 * same as `serve.py`: each line of stdin is a request, each reply a line of
 * stdout that begins with `@`.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { messageOf } from '../../../core/errors';
import type { Workload } from '../workloads';

/** A net that is ready to train. */
export interface Training {
  /** Takes one step, or a few; returns how many. */
  step(): number;
  /** The loss of the last step. */
  loss(): number;
  dispose(): void;
}

/** Pictures and labels as the parent process has written them. */
export interface BenchData {
  /** 0 … 1, 784 a picture. */
  readonly images: Float32Array;
  readonly labels: Uint8Array;
}

type Request =
  | { readonly do: 'prepare'; readonly workload: Workload }
  | { readonly do: 'run'; readonly ms: number };

/** Reads what the parent process has written for its contenders. */
export function readData(folder: string): BenchData {
  const images = readFileSync(path.join(folder, 'images.f32'));
  const labels = readFileSync(path.join(folder, 'labels.u8'));
  return {
    images: new Float32Array(images.buffer, images.byteOffset, images.length / 4),
    labels: new Uint8Array(labels),
  };
}

/** Answers requests until stdin ends. @param prepare makes a workload ready. */
export async function serve(
  facts: { readonly version: string; readonly threads: number },
  prepare: (workload: Workload) => Training,
): Promise<void> {
  reply(facts);
  let training: Training | undefined;
  for await (const line of createInterface(process.stdin)) {
    const request = JSON.parse(line) as Request;
    try {
      if (request.do === 'prepare') {
        training?.dispose();
        training = undefined;
        training = prepare(request.workload);
        training.step();
        reply({ loss: training.loss() });
      } else {
        reply(measure(training as Training, request.ms));
      }
    } catch (error) {
      // Told to whoever measures: a contender that cannot is named.
      reply({ error: messageOf(error) });
    }
  }
}

/** Takes steps for that long: the time of each in ms, and the last loss. */
function measure(training: Training, ms: number): { stepMs: number[]; loss: number } {
  const stepMs: number[] = [];
  const end = performance.now() + ms;
  for (let start = performance.now(); start < end; ) {
    const steps = training.step();
    const now = performance.now();
    stepMs.push((now - start) / steps);
    start = now;
  }
  return { stepMs, loss: training.loss() };
}

function reply(message: object): void {
  process.stdout.write(`@${JSON.stringify(message)}\n`);
}
