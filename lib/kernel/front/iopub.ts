/**
 * What the kernel broadcasts. Printed text is gathered for a few milliseconds,
 * so that ten thousand short lines do not become ten thousand messages; the order
 * of everything is kept.
 */
import type { Header, JsonObject, Message, MessageBuilder } from '../../core/jupyter/message';
import type { Codec } from '../../core/jupyter/wire';
import type { Sender } from '../protocol/sender';

const GATHER_MS = 10;
const GATHER_BYTES = 64 * 1024;

export type Parent = Header | JsonObject;

export interface PublishOptions {
  readonly metadata?: JsonObject;
  readonly buffers?: readonly Buffer[];
}

export interface Iopub {
  /** Broadcasts; resolves when the producer may go on. */
  publish(type: string, parent: Parent, content: JsonObject, options?: PublishOptions): Promise<void>;
  /** Printed text, gathered. */
  print(name: 'stdout' | 'stderr', parent: Parent, text: string): Promise<void>;
  status(state: 'busy' | 'idle' | 'starting', parent: Parent): Promise<void>;
  /** Resolves when everything broadcast so far is with the socket. */
  flush(): Promise<void>;
}

interface Gathered {
  readonly name: 'stdout' | 'stderr';
  readonly parent: Parent;
  pieces: string[];
  size: number;
}

/** @param topic prefix of the topics that messages carry, by custom `kernel.<session>` */
export function createIopub(sender: Sender, codec: Codec, build: MessageBuilder, topic: string): Iopub {
  let gathered: Gathered | undefined;
  let timer: NodeJS.Timeout | undefined;

  function send(
    type: string,
    parent: Parent,
    content: JsonObject,
    options: PublishOptions = {},
  ): Promise<void> {
    const identities = [Buffer.from(`${topic}.${type}`)];
    const message: Message = build(type, { parent, content, identities, ...options });
    return sender.send(codec.encode(message));
  }

  function flushText(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (gathered === undefined) return Promise.resolve();
    const { name, parent, pieces } = gathered;
    gathered = undefined;
    return send('stream', parent, { name, text: pieces.join('') });
  }

  const iopub: Iopub = {
    publish(type, parent, content, options) {
      flushText();
      return send(type, parent, content, options);
    },
    async print(name, parent, text) {
      if (gathered !== undefined && (gathered.name !== name || gathered.parent !== parent)) await flushText();
      gathered ??= { name, parent, pieces: [], size: 0 };
      gathered.pieces.push(text);
      gathered.size += text.length;
      if (gathered.size >= GATHER_BYTES) return flushText();
      timer ??= setTimeout(flushText, GATHER_MS);
    },
    status: (state, parent) => iopub.publish('status', parent, { execution_state: state }),
    async flush() {
      await flushText();
      await sender.flush();
    },
  };
  return iopub;
}
