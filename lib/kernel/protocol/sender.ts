/**
 * Sends in order, one after another, and tells the producer when to wait.
 *
 * zeromq.js runs one send at a time and refuses what is sent meanwhile; a
 * kernel that does not await loses output and its own `idle`. Here every
 * message waits its turn, and `send` resolves once the queue is short again,
 * so that whoever produces faster than the client reads is slowed down and
 * memory stays bounded.
 */

/** The one method of a zeromq socket that sending needs. */
export interface Outlet {
  send(frames: Buffer[]): Promise<void>;
}

export interface SenderOptions {
  /** Bytes that may wait before producers do; default 4 MB. */
  readonly highWaterBytes?: number;
  /** How long a full socket is tried again before the message is given to `onFull`, ms; default 10,000. */
  readonly patienceMs?: number;
  /** Called when patience is out: sends without waiting for slow readers. Default: drop. */
  readonly onFull?: (frames: Buffer[]) => Promise<void>;
}

export interface Sender {
  /**
   * Queues a message; resolves when the producer may go on. Rejects only if the socket was closed.
   *
   * @param before is called when it is the message's turn.
   */
  send(frames: Buffer[], before?: () => void): Promise<void>;
  /** Resolves when everything queued so far has been handed over. */
  flush(): Promise<void>;
  readonly queuedBytes: number;
}

interface Waiting {
  readonly frames: Buffer[];
  readonly bytes: number;
  readonly before: (() => void) | undefined;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A sender for one socket. */
export function createSender(outlet: Outlet, options: SenderOptions = {}): Sender {
  const { highWaterBytes = 4 * 2 ** 20, patienceMs = 10_000, onFull = async () => {} } = options;
  const queue: Waiting[] = [];
  let queuedBytes = 0;
  let draining: Promise<void> | undefined;
  let room: Array<() => void> = [];
  let impatient = false;

  async function hand(frames: Buffer[]): Promise<void> {
    const startMs = Date.now();
    for (let waitMs = 1; ; waitMs = Math.min(20, waitMs * 2)) {
      try {
        await outlet.send(frames);
        impatient = false;
        return;
      } catch (thrown) {
        if (!isFull(thrown)) throw thrown;
      }
      // A reader that stalled once is not waited for again until it has caught up.
      if (impatient || Date.now() - startMs > patienceMs) {
        impatient = true;
        return onFull(frames);
      }
      await sleep(waitMs);
    }
  }

  async function drain(): Promise<void> {
    for (let head = queue.shift(); head !== undefined; head = queue.shift()) {
      try {
        head.before?.();
        await hand(head.frames);
      } catch {
        // The socket is closed: nobody is left to read.
      }
      queuedBytes -= head.bytes;
      if (queuedBytes <= highWaterBytes) {
        for (const go of room) go();
        room = [];
      }
    }
    draining = undefined;
  }

  return {
    send(frames, before) {
      const bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
      queue.push({ frames, bytes, before });
      queuedBytes += bytes;
      draining ??= drain();
      if (queuedBytes <= highWaterBytes) return Promise.resolve();
      return new Promise((resolve) => room.push(resolve));
    },
    flush: async () => {
      while (draining !== undefined) await draining;
    },
    get queuedBytes() {
      return queuedBytes;
    },
  };
}

function isFull(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && (thrown.code === 'EAGAIN' || thrown.code === 'EBUSY');
}
