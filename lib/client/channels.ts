/**
 * The ZeroMQ sockets of a client: shell and control to ask, iopub to listen.
 */
import { randomUUID } from 'node:crypto';
import { Dealer, Subscriber } from 'zeromq';
import type { ConnectionInfo } from '../core/jupyter/connection';
import type { Message } from '../core/jupyter/message';
import { type Codec, createCodec } from '../core/jupyter/wire';

export type Listener = (message: Message) => void;
export type AskChannel = 'shell' | 'control';

export interface Channels {
  send(channel: AskChannel, message: Message): Promise<void>;
  close(): void;
}

async function pump(socket: Dealer | Subscriber, codec: Codec, listen: Listener): Promise<void> {
  try {
    for await (const frames of socket) listen(codec.decode(frames));
  } catch (error) {
    // Receiving on a socket that was closed ends the loop.
    if (!socket.closed) throw error;
  }
}

/**
 * Connects to a kernel.
 * `failed` is told, once a channel, of a message that cannot be read; that channel then listens no longer.
 */
export function openChannels(
  info: ConnectionInfo,
  listeners: {
    readonly reply: Listener;
    readonly iopub: Listener;
    readonly failed: (error: unknown) => void;
  },
): Channels {
  const identity = randomUUID();
  const codec = createCodec(info.key, info.signatureScheme);
  const address = (port: number): string => `${info.transport}://${info.ip}:${port}`;
  // Nothing waits for a kernel that is gone (linger 0); a fast kernel is never dropped (high-water mark 0).
  const options = { linger: 0, receiveHighWaterMark: 0 } as const;
  const sockets = {
    shell: new Dealer({ ...options, routingId: `${identity}-shell` }),
    control: new Dealer({ ...options, routingId: `${identity}-control` }),
    iopub: new Subscriber(options),
  };
  sockets.shell.connect(address(info.ports.shell));
  sockets.control.connect(address(info.ports.control));
  sockets.iopub.connect(address(info.ports.iopub));
  sockets.iopub.subscribe();
  for (const channel of ['shell', 'control', 'iopub'] as const) {
    const listen = channel === 'iopub' ? listeners.iopub : listeners.reply;
    pump(sockets[channel], codec, listen).catch(listeners.failed);
  }
  return {
    send: (channel, message) => sockets[channel].send(codec.encode(message)),
    close: () => {
      for (const socket of Object.values(sockets)) if (!socket.closed) socket.close();
    },
  };
}
