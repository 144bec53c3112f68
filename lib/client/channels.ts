/**
 * The ZeroMQ sockets of a client: shell and control to ask, iopub to listen.
 */
import { Dealer, Subscriber } from 'zeromq';
import type { ConnectionInfo } from './connection';
import { type Message, pack, unpack } from './wire';

export type Listener = (message: Message) => void;
export type AskChannel = 'shell' | 'control';

export interface Channels {
  send(channel: AskChannel, message: Message): Promise<void>;
  close(): void;
}

async function pump(socket: Dealer | Subscriber, key: string, listen: Listener): Promise<void> {
  try {
    for await (const frames of socket) listen(unpack(frames, key));
  } catch (error) {
    // Receiving on a socket that was closed ends the loop.
    if (!socket.closed) throw error;
  }
}

/**
 * Connects to a kernel.
 *
 * @param identity the client's session; shell and control carry it as routing id.
 */
export function openChannels(
  info: ConnectionInfo,
  identity: string,
  listeners: {
    readonly reply: Listener;
    readonly iopub: Listener;
    readonly failed: (error: unknown) => void;
  },
): Channels {
  const address = (port: number): string => `${info.transport}://${info.ip}:${port}`;
  // Nothing waits for a kernel that is gone (linger 0); a fast kernel is never dropped (high-water mark 0).
  const options = { linger: 0, receiveHighWaterMark: 0 } as const;
  const sockets = {
    shell: new Dealer({ ...options, routingId: `${identity}-shell` }),
    control: new Dealer({ ...options, routingId: `${identity}-control` }),
    iopub: new Subscriber(options),
  };
  sockets.shell.connect(address(info.shell_port));
  sockets.control.connect(address(info.control_port));
  sockets.iopub.connect(address(info.iopub_port));
  sockets.iopub.subscribe();
  for (const channel of ['shell', 'control', 'iopub'] as const) {
    const listen = channel === 'iopub' ? listeners.iopub : listeners.reply;
    pump(sockets[channel], info.key, listen).catch(listeners.failed);
  }
  return {
    send: (channel, message) => sockets[channel].send(pack(message, info.key)),
    close: () => {
      for (const socket of Object.values(sockets)) if (!socket.closed) socket.close();
    },
  };
}
