/**
 * Loaded into stock tslab before it starts (`node --require`), it keeps tslab
 * from losing output.
 *
 * tslab sends each message without waiting for the one before. zeromq.js sends
 * at once as long as it can, but after 512 operations one send has to wait for
 * the event loop, and every other send until then throws: a `console.log` in a
 * long loop fails, and the `idle` that ends a cell is never sent. Here a send
 * that cannot be made at once waits its turn instead; the order stays. And the
 * publisher, which drops what is more than 1,000 messages ahead of its reader,
 * drops nothing.
 */
import { Publisher, Router } from 'zeromq';

type Frames = Parameters<Publisher['send']>[0];
type Send = (this: object, frames: Frames) => Promise<void>;

interface Waiting {
  readonly frames: Frames;
  readonly sent: () => void;
  readonly failed: (error: unknown) => void;
}

const isBusy = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EBUSY';

/** A `send` that queues where the socket's own would throw EBUSY. */
export function queued(send: Send): Send {
  const queues = new WeakMap<object, Waiting[]>();

  async function drain(socket: object, queue: Waiting[]): Promise<void> {
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      try {
        await send.call(socket, next.frames);
        next.sent();
      } catch (error) {
        if (isBusy(error)) {
          await new Promise((resolve) => setImmediate(resolve));
          continue;
        }
        next.failed(error);
      }
      queue.shift();
    }
  }

  return function (frames) {
    const queue = queues.get(this) ?? [];
    queues.set(this, queue);
    if (queue.length === 0) {
      try {
        return send.call(this, frames);
      } catch (error) {
        if (!isBusy(error)) throw error;
      }
    }
    return new Promise((sent, failed) => {
      queue.push({ frames, sent, failed });
      if (queue.length === 1) void drain(this, queue);
    });
  };
}

function shadow(prototype: object, name: string, value: unknown): void {
  // The methods come from native code and cannot be assigned.
  Object.defineProperty(prototype, name, { value, configurable: true });
}

for (const { prototype } of [Publisher, Router] as { prototype: { send: Send } }[]) {
  shadow(prototype, 'send', queued(prototype.send));
}

const bind = Publisher.prototype.bind;
shadow(Publisher.prototype, 'bind', function (this: Publisher, address: string): Promise<void> {
  // The mark holds for connections made after it is set.
  this.sendHighWaterMark = 0;
  return bind.call(this, address);
});
