/**
 * The five sockets of a kernel, bound: shell, control and stdin (ROUTER),
 * iopub (XPUB, so that new subscribers can be welcomed) and the heartbeat
 * (REP), which echoes whatever comes.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Reply, Router, type Socket, XPublisher } from 'zeromq';
import { codeOf, InkwellError } from '../../core/errors';
import { CHANNELS, type ChannelName, type ConnectionInfo } from '../../core/jupyter/connection';
import { createSender, type Sender } from './sender';

export interface KernelSockets {
  readonly shell: Router;
  readonly control: Router;
  readonly stdin: Router;
  readonly iopub: Broadcaster;
  readonly senders: Readonly<Record<'shell' | 'control' | 'stdin' | 'iopub', Sender>>;
  /** The connection with the ports taken. */
  readonly connection: ConnectionInfo;
  close(): void;
}

/**
 * An XPUB socket whose subscriptions take effect when the kernel says so: else a new subscriber
 * could hear something before its welcome. Each is of the event that was received last.
 */
class Broadcaster extends XPublisher {
  subscribe(topic: Buffer): void {
    this.setStringOption(ZMQ_SUBSCRIBE, topic);
  }

  unsubscribe(topic: Buffer): void {
    this.setStringOption(ZMQ_UNSUBSCRIBE, topic);
  }
}

const ZMQ_SUBSCRIBE = 6;
const ZMQ_UNSUBSCRIBE = 7;

/** Messages that wait in libzmq for one slow subscriber before the kernel waits too. */
const IOPUB_HIGH_WATER = 1000;
const BIND_PATIENCE_MS = 3000;

/**
 * Binds all five.
 *
 * Errors: InkwellError `PORT_IN_USE` where a named port stays taken for three seconds.
 */
export async function bindSockets(connection: ConnectionInfo): Promise<KernelSockets> {
  const router = { sendHighWaterMark: 0, linger: 1000, handover: true } as const;
  const sockets = {
    shell: new Router(router),
    control: new Router(router),
    stdin: new Router(router),
    iopub: new Broadcaster({
      manual: true,
      sendHighWaterMark: IOPUB_HIGH_WATER,
      noDrop: true,
      verbosity: 'allSubs',
      linger: 1000,
    }),
    hb: new Reply({ linger: 0 }),
  };
  const close = (): void => {
    for (const socket of Object.values(sockets)) socket.close();
  };
  try {
    const bound = await Promise.all(
      CHANNELS.map(async (channel) => [channel, await bind(sockets[channel], connection, channel)]),
    );
    echo(sockets.hb);
    return {
      ...sockets,
      senders: sendersFor(sockets),
      connection: { ...connection, ports: Object.fromEntries(bound) as ConnectionInfo['ports'] },
      close,
    };
  } catch (thrown) {
    close();
    throw thrown;
  }
}

function sendersFor({
  shell,
  control,
  stdin,
  iopub,
}: Pick<KernelSockets, 'shell' | 'control' | 'stdin' | 'iopub'>): KernelSockets['senders'] {
  const dropping = async (frames: Buffer[]): Promise<void> => {
    // A subscriber that has not read for ten seconds loses messages; the others go on.
    iopub.noDrop = false;
    try {
      await iopub.send(frames);
    } finally {
      iopub.noDrop = true;
    }
  };
  return {
    shell: createSender(shell),
    control: createSender(control),
    stdin: createSender(stdin),
    iopub: createSender(iopub as { send(frames: Buffer[]): Promise<void> }, { onFull: dropping }),
  };
}

async function bind(socket: Socket, connection: ConnectionInfo, channel: ChannelName): Promise<number> {
  const { transport, ip, ports } = connection;
  const port = ports[channel];
  if (transport === 'ipc') return bindIpc(socket, ip, port || CHANNELS.indexOf(channel) + 1);
  const host = ip.includes(':') ? `[${ip}]` : ip === 'localhost' ? '127.0.0.1' : ip;
  const bindable = socket as Router;
  const deadlineMs = Date.now() + BIND_PATIENCE_MS;
  for (;;) {
    try {
      await bindable.bind(`tcp://${host}:${port === 0 ? '*' : port}`);
      return Number(/:(\d+)$/.exec(bindable.lastEndpoint ?? '')?.[1] ?? port);
    } catch (cause) {
      // A kernel that is just ending may hold the port for a moment longer.
      if (codeOf(cause) !== 'EADDRINUSE' || Date.now() > deadlineMs)
        throw cannotBind(channel, host, port, cause);
    }
    await sleep(50);
  }
}

async function bindIpc(socket: Socket, prefix: string, port: number): Promise<number> {
  await (socket as Router).bind(`ipc://${prefix}-${port}`);
  return port;
}

function cannotBind(channel: ChannelName, host: string, port: number, cause: unknown): InkwellError {
  const code = codeOf(cause) === 'EADDRINUSE' ? 'PORT_IN_USE' : 'SOCKET_BIND';
  const message = `the ${channel} socket cannot listen on ${host}:${port}`;
  return new InkwellError(code, message, {
    hint: 'Start the kernel again: the client then picks other ports. Port 0 in the connection file takes any free one.',
    cause,
  });
}

/** REP must answer before it hears again; the loop ends when the socket is closed. */
async function echo(heartbeat: Reply): Promise<void> {
  try {
    for await (const frames of heartbeat) await heartbeat.send(frames);
  } catch {
    // Closed in the middle of an answer.
  }
}
