/** Questions to the reader: `input_request` over the stdin socket, one at a time. */
import type { Header, JsonObject, Message, MessageBuilder } from '../../core/jupyter/message';
import type { Codec } from '../../core/jupyter/wire';
import type { Sender } from '../protocol/sender';

export interface Asker {
  readonly identities: readonly Buffer[];
  readonly parent: Header | JsonObject;
}

export interface InputDesk {
  /** Asks; null where the question was withdrawn (an interrupt, the end of the cell). */
  ask(asker: Asker, prompt: string, password: boolean): Promise<string | null>;
  /** An `input_reply` came. */
  reply(message: Message): void;
  /** Withdraws the open questions. */
  withdraw(): void;
}

/** A desk over one stdin socket. */
export function createInputDesk(sender: Sender, codec: Codec, build: MessageBuilder): InputDesk {
  let open: ((value: string | null) => void) | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  function put({ identities, parent }: Asker, prompt: string, password: boolean): Promise<string | null> {
    const content = { prompt, password };
    sender.send(codec.encode(build('input_request', { content, parent, identities })));
    return new Promise((resolve) => {
      open = resolve;
    });
  }

  function settle(value: string | null): void {
    const resolve = open;
    open = undefined;
    resolve?.(value);
  }

  return {
    ask(asker, prompt, password) {
      const answer = turn.then(() => put(asker, prompt, password));
      turn = answer;
      return answer;
    },
    reply({ content }) {
      settle(typeof content['value'] === 'string' ? content['value'] : '');
    },
    withdraw: () => settle(null),
  };
}
