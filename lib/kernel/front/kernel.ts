/**
 * The front process of the kernel: it speaks the protocol and never runs a
 * reader's code, so it answers whatever a cell does.
 */
import { messageOf } from '../../core/errors';
import { type JsonObject, type Message, messageBuilder } from '../../core/jupyter/message';
import { createCodec } from '../../core/jupyter/wire';
import { createDebugger } from '../debugger/debugger';
import type { KernelSockets } from '../protocol/sockets';
import type { TypeService } from '../types/service';
import { loadCompiler } from './compiler';
import type { KernelContext, Request, RequestChannel } from './context';
import { createExecutor, errorContent } from './execution';
import { createHistory } from './history';
import { createHost } from './host';
import { createInputDesk } from './input';
import { createIopub } from './iopub';
import { createHandlers, toCommMessage } from './requests';

export interface KernelOptions {
  /** The notebook's folder: cells run in it, and relative imports start at it. */
  readonly directory: string;
  readonly types: TypeService;
  /** Whether a cell's types are checked before it runs; default true. */
  readonly check?: boolean;
  /** Called after a `shutdown_request` was answered. */
  readonly onShutdown: () => void;
}

export interface Kernel {
  /** Stops the cell that runs. */
  interrupt(): Promise<boolean>;
  /** Ends the session and the type service and closes the sockets. */
  dispose(): Promise<void>;
}

const ABOUT_COMMS = ['comm_open', 'comm_msg', 'comm_close'];

/** A kernel over bound sockets: it listens from now on. */
export function createKernel(sockets: KernelSockets, session: string, options: KernelOptions): Kernel {
  const { directory, types, check = true, onShutdown } = options;
  const codec = createCodec(sockets.connection.key, sockets.connection.signatureScheme);
  const build = messageBuilder(session);
  const iopub = createIopub(sockets.senders.iopub, codec, build, `kernel.${session}`);
  const desk = createInputDesk(sockets.senders.stdin, codec, build);
  const log = (text: string): void => void process.stderr.write(`[inkwell kernel] ${text}\n`);
  const host = createHost({ directory, iopub, desk });

  const context: KernelContext = {
    directory,
    sockets,
    codec,
    build,
    iopub,
    desk,
    host,
    history: createHistory(),
    types,
    check,
    log,
    reply({ channel, message }, type, content, metadata = {}) {
      const { identities, header: parent } = message;
      return sockets.senders[channel].send(
        codec.encode(build(type, { identities, parent, content, metadata })),
      );
    },
  };
  const executor = createExecutor(context);
  const debug = createDebugger(host, (body) => {
    iopub.publish('debug_event', executor.current?.message.header ?? {}, body);
  });
  // A cell that stands at a breakpoint must go on before it can be stopped.
  const interrupt = (): Promise<boolean> => debug.release().then(() => executor.interrupt());
  const handlers = createHandlers(context, interrupt);
  host.beforeEvaluate = debug.cellStarts;
  host.onCrash = () => {
    debug.sessionEnded();
    executor.sessionEnded();
    types.reset().catch((thrown: unknown) => log(messageOf(thrown)));
  };

  async function answer(request: Request): Promise<void> {
    const { header, content } = request.message;
    const type = header.msg_type;
    if (request.channel === 'shell' && type === 'execute_request') return executor.execute(request);
    if (ABOUT_COMMS.includes(type)) return executor.afterWaiting(() => passComm(request));
    await around(request, async () => {
      if (type === 'shutdown_request') return shutdown(request, content);
      const kind = type.replace(/_request$/, '');
      const handler = kind === 'debug' ? debug.handle : handlers[kind];
      if (handler === undefined || kind === type) return log(`unknown message type ${type}`);
      await context.reply(request, `${kind}_reply`, await attempt(() => handler(content, request)));
      if (kind === 'kernel_info') warmUp();
    });
  }

  /** Busy before, idle after; where a cell runs meanwhile, busy again on its behalf. */
  async function around({ message: { header } }: Request, action: () => Promise<void>): Promise<void> {
    iopub.status('busy', header);
    await action();
    await iopub.status('idle', header);
    if (executor.current !== undefined) iopub.status('busy', executor.current.message.header);
  }

  async function passComm(request: Request): Promise<void> {
    const { header: parent, identities } = request.message;
    const run = {
      parent,
      identities,
      silent: false,
      allowStdin: false,
      executionCount: executor.executionCount,
      signal: new AbortController().signal,
    };
    await around(request, async () => {
      const outcome = await host.comm(run, toCommMessage(request));
      if (outcome.status !== 'ok') await iopub.print('stderr', parent, `${outcome.traceback.join('\n')}\n`);
    });
  }

  async function shutdown(request: Request, { restart = false }: JsonObject): Promise<void> {
    const content = { status: 'ok', restart };
    await context.reply(request, 'shutdown_reply', content);
    await iopub.publish('shutdown_reply', request.message.header, content);
    await iopub.status('idle', request.message.header);
    await Promise.all([iopub.flush(), sockets.senders[request.channel].flush()]);
    onShutdown();
  }

  /**
   * What the first cell needs is loaded and started while the client still prepares it. Not before the client has
   * its first answer: on two processors the server's first program would take that its time.
   */
  let isWarm = false;
  function warmUp(): void {
    if (isWarm) return;
    isWarm = true;
    types.warmUp();
    const { compileCell } = loadCompiler();
    const empty = { code: '', name: 'warm-up.ts', directory };
    compileCell(empty).catch((thrown: unknown) => log(messageOf(thrown)));
  }

  listen(sockets.shell, 'shell');
  listen(sockets.control, 'control');
  listenForInput();
  welcome();
  iopub.status('starting', {});

  async function listen(socket: AsyncIterable<Buffer[]>, channel: RequestChannel): Promise<void> {
    for await (const frames of socket) {
      const message = decode(frames);
      if (message === undefined) continue;
      answer({ channel, message }).catch((thrown: unknown) => log(messageOf(thrown)));
    }
  }

  function decode(frames: Buffer[]): Message | undefined {
    try {
      return codec.decode(frames);
    } catch (thrown) {
      log(`refused a message: ${messageOf(thrown)}`);
      return undefined;
    }
  }

  async function listenForInput(): Promise<void> {
    for await (const frames of sockets.stdin) {
      const message = decode(frames);
      if (message?.header.msg_type === 'input_reply') desk.reply(message);
    }
  }

  /** Each new subscription is told that it stands, before it hears anything else (JEP 65). */
  async function welcome(): Promise<void> {
    for await (const [frame = Buffer.of()] of sockets.iopub) {
      const subscription = frame.subarray(1);
      if (frame[0] === 0) sockets.iopub.unsubscribe(subscription);
      if (frame[0] !== 1) continue;
      const message = build('iopub_welcome', {
        content: { subscription: subscription.toString('utf8') },
        identities: [subscription],
      });
      await new Promise<void>((standing) => {
        sockets.senders.iopub.send(codec.encode(message), () => {
          sockets.iopub.subscribe(subscription);
          standing();
        });
      });
    }
  }

  return {
    interrupt,
    async dispose() {
      host.dispose();
      await Promise.allSettled([
        types.dispose(),
        Promise.all(Object.values(sockets.senders).map((s) => s.flush())),
      ]);
      sockets.close();
    },
  };
}

/** A handler's failure is a reply too. */
async function attempt(action: () => Promise<JsonObject> | JsonObject): Promise<JsonObject> {
  try {
    return await action();
  } catch (thrown) {
    return errorContent(thrown);
  }
}
