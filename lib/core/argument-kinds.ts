/** The kinds of value that arguments have most often; see `argument.ts`. */

/** A kind of value. */
export interface Kind {
  /** For people, after “must be”: `a list of numbers, such as [0, 1, 2]`. */
  readonly wanted: string;
  readonly holds: (value: unknown) => boolean;
  /** True of a value that could have been one, but is out of range: of a word that is no choice. */
  readonly isOutOfRange?: (value: unknown) => boolean;
  /** What to do instead, where a value tells what was meant. */
  readonly advice?: (value: unknown) => string | undefined;
}

export const aNumber: Kind = { wanted: 'a number', holds: (value) => typeof value === 'number' };

export const aString: Kind = { wanted: 'a string', holds: (value) => typeof value === 'string' };

export const aFlag: Kind = { wanted: 'true or false', holds: (value) => typeof value === 'boolean' };

export const aFunction: Kind = { wanted: 'a function', holds: (value) => typeof value === 'function' };

/** A string or a number, as titles and labels are. */
export const aWord: Kind = {
  wanted: 'a string or a number',
  holds: (value) => aString.holds(value) || aNumber.holds(value),
};

/** Any array. */
export const aList: Kind = { wanted: 'an array', holds: Array.isArray };

/** Any object but an array. */
export const anObject: Kind = {
  wanted: 'an object',
  holds: isRecord,
};

/** An array, typed or not, of numbers. Of a long one the first hundred are looked at. */
export const someNumbers: Kind = {
  wanted: 'a list of numbers, such as [0, 1, 2]',
  holds: (value) => isArrayLike(value) && (ArrayBuffer.isView(value) || startsWith(value, aNumber)),
};

/** An array of strings. Of a long one the first hundred are looked at. */
export const someStrings: Kind = listOf(aString, "a list of strings, such as ['cat', 'dog']");

/** `[from, to]`. */
export const aPair: Kind = {
  wanted: 'a pair of numbers, such as [0, 1]',
  holds: (value) => Array.isArray(value) && value.length === 2 && value.every(aNumber.holds),
};

export const aSignal: Kind = {
  wanted: 'an AbortSignal, such as (new AbortController()).signal',
  holds: (value) => typeof (value as Partial<AbortSignal> | null | undefined)?.aborted === 'boolean',
};

/** For an option that is handed on, and judged elsewhere. */
export const anything: Kind = { wanted: 'anything', holds: () => true };

/** An array of things of one kind. Of a long one the first hundred are looked at. */
export function listOf(kind: Kind, wanted: string): Kind {
  return { wanted, holds: (value) => Array.isArray(value) && startsWith(value, kind) };
}

/** One of these words or numbers. */
export function oneOf(...choices: readonly (string | number)[]): Kind {
  return {
    wanted: `one of ${choices.join(', ')}`,
    holds: (value) => choices.includes(value as string),
    isOutOfRange: (value) => choices.some((choice) => typeof choice === typeof value),
  };
}

/** One kind or another. */
export function either(...kinds: readonly Kind[]): Kind {
  return {
    wanted: kinds.map(({ wanted }) => wanted).join(', or '),
    holds: (value) => kinds.some(({ holds }) => holds(value)),
  };
}

/** An object with such fields of functions or values; told by name only. */
export function having(wanted: string, ...fields: readonly string[]): Kind {
  return {
    wanted,
    holds: (value) => isRecord(value) && fields.every((field) => field in value),
  };
}

/** A promise is none: it was not awaited. */
function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('then' in value);
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return (
    typeof value === 'object' && value !== null && Number.isInteger((value as ArrayLike<unknown>).length)
  );
}

function startsWith(values: ArrayLike<unknown>, { holds }: Kind): boolean {
  for (let i = 0; i < Math.min(values.length, 100); i++) if (!holds(values[i])) return false;
  return true;
}
