/** What the parts of a running kernel share. */
import type { Header, JsonObject, Message, MessageBuilder } from '../../core/jupyter/message';
import type { Codec } from '../../core/jupyter/wire';
import type { KernelSockets } from '../protocol/sockets';
import type { TypeService } from '../types/service';
import type { History } from './history';
import type { Host } from './host';
import type { InputDesk } from './input';
import type { Iopub } from './iopub';

export type RequestChannel = 'shell' | 'control';

/** A request and the channel it came over. */
export interface Request {
  readonly channel: RequestChannel;
  readonly message: Message & { readonly header: Header };
}

export interface KernelContext {
  /** The notebook's folder. */
  readonly directory: string;
  readonly sockets: KernelSockets;
  readonly codec: Codec;
  readonly build: MessageBuilder;
  readonly iopub: Iopub;
  readonly desk: InputDesk;
  readonly host: Host;
  readonly history: History;
  readonly types: TypeService;
  /** Whether a cell's types are checked before it runs. */
  readonly check: boolean;
  /** Answers a request on the channel it came over. */
  reply(request: Request, type: string, content: JsonObject, metadata?: JsonObject): Promise<void>;
  /** A line on the kernel's own log, stderr. */
  log(text: string): void;
}
