/**
 * The requests that are answered at once, whatever the cell is doing:
 * information, completion, inspection, history, comms, interrupts.
 */
import type { JsonObject } from '../../core/jupyter/message';
import type { CommMessage } from '../session/channel';
import { loadCompiler } from './compiler';
import type { KernelContext, Request } from './context';
import { kernelInfo } from './info';
import { toCodePoints, toUnits } from './text';

/** Answers one kind of request with the content of its reply. */
export type Handler = (content: JsonObject, request: Request) => Promise<JsonObject> | JsonObject;

/** Handlers by message type, without `_request`. */
export function createHandlers(
  context: KernelContext,
  interrupt: () => Promise<boolean>,
): Readonly<Record<string, Handler>> {
  const { types, history, host } = context;
  return {
    kernel_info: () => kernelInfo(),
    connect: () => {
      const { ports } = context.sockets.connection;
      return Object.fromEntries(Object.entries(ports).map(([channel, port]) => [`${channel}_port`, port]));
    },
    history: (content) => ({ status: 'ok', history: history.answer(content) }),
    is_complete: async ({ code }) => {
      const { isComplete } = loadCompiler();
      return { ...isComplete(text(code)) };
    },
    comm_info: ({ target_name: target }) => {
      const open = Object.entries(host.comms).filter(
        ([, name]) => typeof target !== 'string' || name === target,
      );
      return {
        status: 'ok',
        comms: Object.fromEntries(open.map(([id, name]) => [id, { target_name: name }])),
      };
    },
    complete: (content) => complete(types, content),
    inspect: (content) => inspect(types, content),
    interrupt: async () => {
      const stopped = await interrupt();
      if (stopped) return { status: 'ok' };
      const evalue = 'native code runs and cannot be stopped; restart the kernel to end it';
      return { status: 'error', ename: 'InterruptFailed', evalue, traceback: [] };
    },
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function cursor({ code, cursor_pos: position }: JsonObject): { code: string; offset: number } {
  const whole = text(code);
  return { code: whole, offset: typeof position === 'number' ? toUnits(whole, position) : whole.length };
}

async function complete(types: KernelContext['types'], content: JsonObject): Promise<JsonObject> {
  const { code, offset } = cursor(content);
  const found = await types.complete(code, offset);
  const { matches, start, end, items } = found;
  const [from, to] = [toCodePoints(code, start), toCodePoints(code, end)];
  const experimental = items.map((item) => ({ ...item, start: from, end: to }));
  return {
    status: 'ok',
    matches,
    cursor_start: from,
    cursor_end: to,
    metadata: { _jupyter_types_experimental: experimental },
  };
}

async function inspect(types: KernelContext['types'], content: JsonObject): Promise<JsonObject> {
  const { code, offset } = cursor(content);
  const found = await types.inspect(code, offset, content['detail_level'] === 1 ? 1 : 0);
  const data = found === undefined ? {} : { 'text/plain': found.text, 'text/markdown': found.markdown };
  return { status: 'ok', found: found !== undefined, data, metadata: {} };
}

/** A comm message as the session takes it. */
export function toCommMessage({ message }: Request): CommMessage {
  const { header, content, metadata, buffers } = message;
  return {
    kind: header.msg_type as CommMessage['kind'],
    content,
    metadata,
    buffers: buffers.map((bytes) => bytes.toString('base64')),
  };
}
