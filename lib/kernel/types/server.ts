/**
 * TypeScript's native language server as a process of ours: started when it
 * is first needed, started again when it dies. Every document lives in its
 * memory only; what was opened is opened again in a new process, so that
 * nothing is lost but time.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { InkwellError } from '../../core/errors';

/** A started server. */
interface Running {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  /** Versions of the documents open in it, by path. */
  readonly versions: Map<string, number>;
  readonly ready: Promise<void>;
  /** Rejects when the process ends. */
  readonly closed: Promise<never>;
  alive: boolean;
  /** Whether the documents were opened in it; from then on each change is sent at once. */
  isReady: boolean;
}

/** A server that dies, or says nothing, this often over one request is not asked again. */
const ATTEMPTS = 3;

export interface LanguageServerOptions {
  /** How long an answer may take before the server is taken for hung and ended, ms; default one minute. */
  readonly patienceMs?: number;
}

export class LanguageServer {
  readonly #documents = new Map<string, string>();
  readonly #patienceMs: number;
  #running: Running | undefined;
  #disposed = false;

  constructor({ patienceMs = 60_000 }: LanguageServerOptions = {}) {
    this.#patienceMs = patienceMs;
  }

  /** The process id of the running server; undefined where none runs. */
  get processId(): number | undefined {
    return this.#running?.alive === true ? this.#running.process.pid : undefined;
  }

  /** Sets the text of a document at an absolute path, which need not exist on disk; returns whether it changed. */
  setDocument(path: string, text: string): boolean {
    if (this.#documents.get(path) === text) return false;
    this.#documents.set(path, text);
    const running = this.#running;
    if (running?.alive === true && running.isReady) send(running, path, text);
    return true;
  }

  /** Asks the server; where it dies meanwhile, a new one. Errors: InkwellError `TYPES_SERVER`. */
  async request<Result>(method: string, parameters: object): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const running = this.#start();
      try {
        const answer = running.ready.then(() => running.connection.sendRequest<Result>(method, parameters));
        return await within(this.#patienceMs, Promise.race([answer, running.closed]));
      } catch (cause) {
        if (!isAnswer(cause)) await end(running);
        if (running.alive || this.#disposed || attempt === ATTEMPTS) throw serverError(method, cause);
      }
    }
  }

  /** Tells a running server that files changed on disk. */
  filesChanged(paths: readonly string[]): void {
    const running = this.#running;
    if (running?.alive !== true) return;
    const changes = paths.map((path) => ({ uri: uriOf(path), type: CHANGED }));
    running.ready
      .then(() => running.connection.sendNotification('workspace/didChangeWatchedFiles', { changes }))
      .catch(ignore);
  }

  /** Ends the running server; the next request starts another. */
  restart(): void {
    const running = this.#running;
    this.#running = undefined;
    if (running !== undefined) stop(running);
  }

  /** Ends the server for good; resolves when its process is gone. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const running = this.#running;
    this.restart();
    this.#documents.clear();
    if (running !== undefined && running.process.exitCode === null && running.process.signalCode === null) {
      await new Promise((resolve) => running.process.once('exit', resolve));
    }
  }

  #start(): Running {
    if (this.#disposed) throw new InkwellError('TYPES_SERVER', 'the type service was disposed of');
    if (this.#running?.alive === true) return this.#running;
    const running = launch((started) => {
      for (const [path, text] of this.#documents) send(started, path, text);
    });
    this.#running = running;
    return running;
  }
}

const CHANGED = 2;

/** How much the server's heap may grow between collections, in per cent: about 175 MB with tfjs in scope (at 100: 245 MB), as fast. */
const GOGC = '25';

function launch(openDocuments: (running: Running) => void): Running {
  const child = spawn(serverExecutable(), ['--lsp', '--stdio'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { GOGC, ...process.env },
  });
  const { connection, closed } = connect(child);
  const ready = Promise.race([initialize(connection), closed]).then(() => {
    running.isReady = true;
    openDocuments(running);
  });
  const running: Running = {
    process: child,
    connection,
    closed,
    versions: new Map(),
    ready,
    alive: true,
    isReady: false,
  };
  ready.catch(ignore);
  closed.catch(() => {
    running.alive = false;
    connection.dispose();
  });
  return running;
}

function connect(child: ChildProcess): { connection: MessageConnection; closed: Promise<never> } {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new TypeError('expected a server with pipes, got one without');
  const connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) =>
    items.map(() => PREFERENCES),
  );
  connection.onRequest(() => null);
  connection.onError(ignore);
  stdin.on('error', ignore);
  const closed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`the language server ended (${signal ?? code})`)));
  });
  closed.catch(ignore);
  connection.listen();
  return { connection, closed };
}

/**
 * Looking for names to import from every package around costs more than everything else together; and
 * a kernel has no business installing types over the network, which the server does with npm unasked.
 */
const PREFERENCES = {
  tsserver: { automaticTypeAcquisition: { enabled: false } },
  disableAutomaticTypeAcquisition: true,
  suggest: { autoImports: false },
  preferences: { includeCompletionsForModuleExports: false },
};

async function initialize(connection: MessageConnection): Promise<void> {
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: null,
    capabilities: {
      workspace: { configuration: true },
      textDocument: {
        diagnostic: {},
        hover: { contentFormat: ['markdown'] },
        completion: { completionItem: { documentationFormat: ['markdown'], labelDetailsSupport: true } },
        signatureHelp: { signatureInformation: { documentationFormat: ['markdown'] } },
      },
    },
    initializationOptions: { disablePushDiagnostics: true, logVerbosity: 0 },
  });
  await connection.sendNotification('initialized', {});
}

function send({ connection, versions }: Running, path: string, text: string): void {
  const version = (versions.get(path) ?? 0) + 1;
  versions.set(path, version);
  const uri = uriOf(path);
  const notification =
    version === 1
      ? connection.sendNotification('textDocument/didOpen', {
          textDocument: { uri, version, text, languageId: path.endsWith('.json') ? 'json' : 'typescript' },
        })
      : connection.sendNotification('textDocument/didChange', {
          textDocument: { uri, version },
          contentChanges: [{ text }],
        });
  notification.catch(ignore);
}

function stop({ process: child, connection }: Running): void {
  connection.dispose();
  child.kill('SIGKILL');
}

/** The file URL of a path, as the server knows it. */
export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** The native compiler that the `typescript` package comes with. */
function serverExecutable(): string {
  const require = createRequire(__filename);
  const compiler = require.resolve('typescript/package.json');
  const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
  const folder = dirname(createRequire(compiler).resolve(platform));
  return join(folder, 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc');
}

function serverError(method: string, cause: unknown): Error {
  if (cause instanceof InkwellError) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new InkwellError(
    'TYPES_SERVER',
    `TypeScript's language server did not answer ${method}: ${detail}`,
    {
      hint: 'Restart the kernel; where that does not help, reinstall the packages.',
      cause,
    },
  );
}

/** The codes that the connection itself gives where it breaks: on closing, writing and reading. */
const BROKEN: readonly number[] = [
  ErrorCodes.PendingResponseRejected,
  ErrorCodes.MessageWriteError,
  ErrorCodes.MessageReadError,
];

/** Whether an error is the server's own answer, not the sign of a broken connection. */
function isAnswer(cause: unknown): boolean {
  return cause instanceof ResponseError && !BROKEN.includes(cause.code);
}

/** Makes sure that a server which no longer answers is gone, and waits for it. */
async function end({ process: child, closed }: Running): Promise<void> {
  child.kill('SIGKILL');
  await closed.catch(ignore);
}

/** An answer, or an error where it takes longer. */
async function within<Result>(patienceMs: number, answer: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1000} s`)), patienceMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function ignore(): void {}
