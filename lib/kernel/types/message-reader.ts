/** What a language server says, cut into messages: JSON under a header with its length in bytes. */

/** An answer, a question of the server's own, or something that it tells. */
export interface ServerMessage {
  readonly id?: number | string;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

const HEADER_END = '\r\n\r\n';

export class MessageReader {
  #bytes: Buffer = Buffer.alloc(0);

  /** The messages that are whole with these bytes. @throws Error where they are none. */
  push(bytes: Buffer): ServerMessage[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    const messages: ServerMessage[] = [];
    for (let text = this.#next(); text !== undefined; text = this.#next()) {
      messages.push(JSON.parse(text) as ServerMessage);
    }
    return messages;
  }

  #next(): string | undefined {
    const end = this.#bytes.indexOf(HEADER_END);
    if (end === -1) return undefined;
    const header = this.#bytes.toString('latin1', 0, end);
    const length = /^Content-Length: *(\d+)/im.exec(header)?.[1];
    if (length === undefined) throw new Error(`expected a header with Content-Length, got ${header}`);
    const start = end + HEADER_END.length;
    const after = start + Number(length);
    if (this.#bytes.length < after) return undefined;
    const text = this.#bytes.toString('utf8', start, after);
    this.#bytes = this.#bytes.subarray(after);
    return text;
  }
}
