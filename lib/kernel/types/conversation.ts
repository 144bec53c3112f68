/**
 * The conversation with one server process, in the language server protocol.
 * What needs no answer is written at once, in the order in which it is said;
 * the library that hears answers is loaded when the server says something. So
 * the server is at work while this process still loads.
 */
import type { ChildProcess } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import type { MessageConnection, MessageWriter } from 'vscode-jsonrpc/node';

type JsonRpc = typeof import('vscode-jsonrpc/node');

const jsonRpc = (): JsonRpc => require('vscode-jsonrpc/node') as JsonRpc;

export class Conversation {
  readonly process: ChildProcess;
  /** Rejects when the process ends. */
  readonly closed: Promise<never>;
  /** Versions of the documents open in it, by path. */
  readonly #versions = new Map<string, number>();
  #connection: MessageConnection | undefined;
  #alive = true;
  #prepared = 0;

  /** Greets a server. It reads what it is told in order, so that nothing waits for its answer to that. */
  constructor(child: ChildProcess) {
    this.process = child;
    this.closed = endOf(child);
    this.closed.catch(() => {
      this.#alive = false;
      this.#connection?.dispose();
    });
    // It asks something itself, and builds nothing before that is answered.
    child.stdout?.once('readable', () => this.#connect());
    this.prepare('initialize', GREETING);
    this.#tell('initialized', {});
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Opens a document at an absolute path, or gives it another text. */
  setDocument(path: string, text: string): void {
    const version = (this.#versions.get(path) ?? 0) + 1;
    this.#versions.set(path, version);
    const uri = uriOf(path);
    if (version > 1) {
      this.#tell('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
    } else {
      const languageId = path.endsWith('.json') ? 'json' : 'typescript';
      this.#tell('textDocument/didOpen', { textDocument: { uri, version, text, languageId } });
    }
  }

  filesChanged(paths: readonly string[]): void {
    const changes = paths.map((path) => ({ uri: uriOf(path), type: CHANGED }));
    this.#tell('workspace/didChangeWatchedFiles', { changes });
  }

  /** A question whose answer nobody waits for. */
  prepare(method: string, params: object): void {
    write(this.process, { id: `prepared ${++this.#prepared}`, method, params });
  }

  request<Result>(method: string, parameters: object): Promise<Result> {
    return this.#connect().sendRequest<Result>(method, parameters);
  }

  /** Ends the process at once. */
  stop(): void {
    this.#connection?.dispose();
    this.process.kill('SIGKILL');
  }

  /** Makes sure that a process which no longer answers is gone, and waits for it. */
  async end(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.closed.catch(() => {});
  }

  #connect(): MessageConnection {
    this.#connection ??= connect(this.process);
    return this.#connection;
  }

  #tell(method: string, params: object): void {
    write(this.process, { method, params });
  }
}

const CHANGED = 2;

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

/** A client without the capability of being asked for preferences gives them here. */
const GREETING = {
  processId: process.pid,
  rootUri: null,
  workspaceFolders: null,
  capabilities: {
    textDocument: {
      diagnostic: {},
      hover: { contentFormat: ['markdown'] },
      completion: { completionItem: { documentationFormat: ['markdown'], labelDetailsSupport: true } },
      signatureHelp: { signatureInformation: { documentationFormat: ['markdown'] } },
    },
  },
  initializationOptions: { disablePushDiagnostics: true, logVerbosity: 0, userPreferences: PREFERENCES },
};

/** The file URL of a path, as the server knows it. */
export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** Whether an error is the server's own answer, not the sign of a broken connection. */
export function isAnswer(cause: unknown): boolean {
  const { ErrorCodes, ResponseError } = jsonRpc();
  if (!(cause instanceof ResponseError)) return false;
  // The codes that the connection itself gives where it breaks: on closing, writing and reading.
  const { PendingResponseRejected, MessageWriteError, MessageReadError } = ErrorCodes;
  return ![PendingResponseRejected, MessageWriteError, MessageReadError].some((code) => code === cause.code);
}

/** A message under the header that the protocol gives it. */
function write({ stdin }: ChildProcess, message: object): void {
  const text = JSON.stringify({ jsonrpc: '2.0', ...message });
  stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

/** The library's own writer takes a turn of the event loop over each message, and would lose their order with ours. */
function writerTo(child: ChildProcess): MessageWriter {
  const never = (): { dispose(): void } => ({ dispose() {} });
  return {
    onError: never,
    onClose: never,
    write: async (message) => write(child, message),
    end: () => child.stdin?.end(),
    dispose() {},
  };
}

function connect(child: ChildProcess): MessageConnection {
  const { createMessageConnection, StreamMessageReader } = jsonRpc();
  const { stdout } = child;
  if (stdout === null) throw new TypeError('expected a server with pipes, got one without');
  const connection = createMessageConnection(new StreamMessageReader(stdout), writerTo(child));
  connection.onRequest(() => null);
  connection.onError(() => {});
  connection.listen();
  return connection;
}

function endOf(child: ChildProcess): Promise<never> {
  const closed = new Promise<never>((_, reject) => {
    const ended = (code: number | null, signal: NodeJS.Signals | null): void =>
      reject(new Error(`the language server ended (${signal ?? code})`));
    child.once('error', reject);
    child.once('exit', ended);
  });
  closed.catch(() => {});
  return closed;
}
