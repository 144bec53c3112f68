/**
 * Variables of a stopped cell, as the Debug Adapter Protocol lists them: a
 * reference stands for an object, and lasts until the cell goes on.
 */
import type { Runtime } from 'node:inspector';
import type { JsonObject } from '../../core/jupyter/message';

/** Posts to the session's inspector. */
export type Inspect = (method: string, params: JsonObject) => Promise<JsonObject>;

export interface DapVariable {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  readonly evaluateName: string;
  /** 0: it has no parts. */
  readonly variablesReference: number;
}

export interface Variables {
  /** A reference to an object. */
  refer(objectId: string): number;
  /** A value under a name. */
  describe(name: string, value: Runtime.RemoteObject): DapVariable;
  /** The parts of what a reference stands for. Throws RangeError for an unknown one. */
  list(reference: number): Promise<DapVariable[]>;
  /** Forgets all references. */
  clear(): void;
}

/** Names that compiled cells bring along. */
const HIDDEN = /^__inkwell_|^__esModule$/;

/** An empty table of references. */
export function createVariables(inspect: Inspect): Variables {
  const objects = new Map<number, string>();
  let last = 0;

  const variables: Variables = {
    refer(objectId) {
      objects.set(++last, objectId);
      return last;
    },
    describe: (name, value) => ({
      name,
      value: textOf(value),
      type: value.className ?? value.subtype ?? value.type,
      evaluateName: name,
      variablesReference: value.objectId === undefined ? 0 : variables.refer(value.objectId),
    }),
    async list(reference) {
      const objectId = objects.get(reference);
      if (objectId === undefined)
        throw new RangeError(`variables: ${reference} is no reference of this stop`);
      const { result } = (await inspect('Runtime.getProperties', {
        objectId,
        ownProperties: true,
      })) as unknown as Runtime.GetPropertiesReturnType;
      return result.flatMap(({ name, value, get, enumerable }) => {
        if (HIDDEN.test(name)) return [];
        if (value !== undefined)
          return enumerable || name !== '__proto__' ? [variables.describe(name, value)] : [];
        return get === undefined ? [] : [getter(name)];
      });
    },
    clear: () => objects.clear(),
  };
  return variables;
}

const getter = (name: string): DapVariable => ({
  name,
  value: '(getter)',
  type: 'accessor',
  evaluateName: name,
  variablesReference: 0,
});

/** A value as a line of text. */
export function textOf({ type, value, unserializableValue, description }: Runtime.RemoteObject): string {
  if (type === 'undefined') return 'undefined';
  if (type === 'string') return JSON.stringify(value);
  return description ?? unserializableValue ?? String(value);
}
