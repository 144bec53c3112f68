/**
 * The conversation with one server process, in the language server protocol:
 * as much of it as a type service needs, in code of our own. The library for
 * it takes a turn of the event loop over each message, and as long to load as
 * the kernel's sockets; here the server is at work while the kernel still
 * loads.
 */
import type { ChildProcess } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { MessageReader, type ServerMessage } from './message-reader';

/** The server's own answer that a question cannot be answered. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

export class Conversation {
  readonly process: ChildProcess;
  /** Rejects when the process ends. */
  readonly closed: Promise<never>;
  /** Versions of the documents open in it, by path. */
  readonly #versions = new Map<string, number>();
  /** Who waits for an answer, by the question's number. */
  readonly #waiting = new Map<number | string, (answer: ServerMessage) => void>();
  #alive = true;
  #asked = 0;

  /** Greets a server. It reads what it is told in order, so that nothing waits for its answer to that. */
  constructor(child: ChildProcess) {
    this.process = child;
    this.closed = endOf(child);
    this.closed.catch(() => {
      this.#alive = false;
    });
    const reader = new MessageReader();
    child.stdout?.on('data', (bytes: Buffer) => {
      try {
        for (const message of reader.push(bytes)) this.#hear(message);
      } catch {
        // Whoever waits hears that it is gone.
        this.stop();
      }
    });
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
    this.#write({ id: ++this.#asked, method, params });
  }

  /** Asks. Where the process ends meanwhile no answer comes: see `closed`. Errors: RefusedError. */
  request<Result>(method: string, params: object): Promise<Result> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        if (error === undefined) resolve(result as Result);
        else reject(new RefusedError(error.message));
      });
      this.#write({ id, method, params });
    });
  }

  /** Ends the process at once. */
  stop(): void {
    this.process.kill('SIGKILL');
  }

  /** Makes sure that a process which no longer answers is gone, and waits for it. */
  async end(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.closed.catch(() => {});
  }

  #tell(method: string, params: object): void {
    this.#write({ method, params });
  }

  #write(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.process.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #hear(message: ServerMessage): void {
    const { id, method } = message;
    if (id === undefined) return;
    if (method !== undefined) {
      // It wants to register for changes of settings, and does nothing before it may.
      this.#write({ id, result: null });
      return;
    }
    this.#waiting.get(id)?.(message);
    this.#waiting.delete(id);
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
