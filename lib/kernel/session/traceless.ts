/**
 * Keeps the kernel's own bookkeeping out of the values that a reader looks at.
 *
 * To follow a cell through its awaits, Node writes properties of its own on
 * every promise, timer and socket made meanwhile: two numbers on promises, and
 * on all of them the store of the `AsyncLocalStorage`, under symbols that
 * `util.inspect` shows. Here the same assignments land in private fields,
 * which nothing can list or show. (Node 24 keeps the store elsewhere, and has
 * nothing to hide.)
 */
import type { AsyncLocalStorage } from 'node:async_hooks';

/** Returns what it is given, so that a derived class puts its private fields there. */
class Stamped {
  constructor(target: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is how private fields get onto others' objects
    return target;
  }
}

/** The three values that an object may carry; one stamp for all is what keeps this cheap. */
class Carrier extends Stamped {
  #store: unknown;
  #id: unknown;
  #trigger: unknown;

  static readonly store: Field = {
    get: (target) => (#store in target ? target.#store : undefined),
    set: (target, value) => {
      Carrier.#on(target).#store = value;
    },
  };

  static readonly id: Field = {
    get: (target) => (#store in target ? target.#id : undefined),
    set: (target, value) => {
      Carrier.#on(target).#id = value;
    },
  };

  static readonly trigger: Field = {
    get: (target) => (#store in target ? target.#trigger : undefined),
    set: (target, value) => {
      Carrier.#on(target).#trigger = value;
    },
  };

  static #on(target: object): Carrier {
    return #store in target ? target : new Carrier(target);
  }
}

interface Field {
  get(target: object): unknown;
  set(target: object, value: unknown): void;
}

/** Assignments to `key` on objects that inherit from `prototype` go to the field. */
function divert(prototype: object, key: symbol, field: Field): void {
  Object.defineProperty(prototype, key, {
    configurable: true,
    enumerable: false,
    get(this: object) {
      return field.get(this);
    },
    set(this: object, value: unknown) {
      field.set(this, value);
    },
  });
}

const FIELDS: { readonly [description: string]: readonly [object, Field] } = {
  async_id_symbol: [Promise.prototype, Carrier.id],
  trigger_async_id_symbol: [Promise.prototype, Carrier.trigger],
  kResourceStore: [Object.prototype, Carrier.store],
};

/** Hides what this storage, and Node on its behalf, leave on promises and other resources. */
export function hideTraces<T>(storage: AsyncLocalStorage<T>, sample: T): void {
  const keys = storage.run(sample, () => Object.getOwnPropertySymbols(Promise.resolve()));
  for (const key of keys) {
    const found = FIELDS[key.description ?? ''];
    if (found !== undefined) divert(found[0], key, found[1]);
  }
}
