/** What came of running one cell, read from the kernel's reply and from what it published. */
import type { Message } from '../core/jupyter/message';
import type { Output } from '../notebook/format';

export interface Execution {
  readonly status: 'ok' | 'error' | 'aborted' | 'timeout';
  readonly executionCount: number | null;
  readonly outputs: Output[];
  /** From sending the cell to the end of its output, in ms. */
  readonly durationMs: number;
  /** The error as the reply tells it; kernels may leave it out. */
  readonly error: { readonly name: string; readonly message: string } | undefined;
  /** Whether the kernel closed the cell's output; a stock tslab may lose that message, and output with it. */
  readonly complete: boolean;
}

/** A kernel's answer to an `execute_request`, with what the client saw of the run. */
export function executionOf(
  reply: Message,
  seen: Pick<Execution, 'outputs' | 'durationMs' | 'complete'> & { readonly timedOut: boolean },
): Execution {
  const { timedOut, outputs, durationMs, complete } = seen;
  return {
    status: timedOut ? 'timeout' : statusOf(reply),
    executionCount: (reply.content['execution_count'] as number | undefined) ?? null,
    outputs,
    durationMs,
    error: errorOf(reply, outputs),
    complete,
  };
}

function statusOf(reply: Message): 'ok' | 'error' | 'aborted' {
  const status = reply.content['status'];
  return status === 'ok' ? 'ok' : status === 'aborted' || status === 'abort' ? 'aborted' : 'error';
}

/** tslab tells an error only on stderr, as Node prints an uncaught one: then it is read from there. */
function errorOf(reply: Message, outputs: readonly Output[]): Execution['error'] {
  if (statusOf(reply) !== 'error') return undefined;
  const { ename, evalue } = reply.content as { ename?: string; evalue?: string };
  if (ename) return { name: ename, message: evalue ?? '' };
  const last = outputs.findLast((output) => output.output_type === 'stream' && output.name === 'stderr');
  const text = last?.output_type === 'stream' ? last.text.trim() : '';
  const [, name = 'Error', message = text] =
    /^(?:Uncaught )?(\w*(?:Error|Exception)\w*): ([\s\S]*?)(?=\n {4}at |$(?![\s\S]))/m.exec(text) ?? [];
  return { name, message: message.slice(0, 4000) };
}
