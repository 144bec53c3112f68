/**
 * Checks of what a caller passes. Cells in JavaScript, and those on stock tslab, reach the library
 * without a compiler's eye: a count where a list belongs would fail far within, in words about
 * something else. Here the kind of a value is told, by `typeof` and the like, and refused by name;
 * whether a number is in its range is checked where the range has its meaning.
 */
import { anObject, type Kind } from './argument-kinds';
import { describeValue } from './describe-value';

/** A kind of option that may not be left out. */
export interface RequiredKind extends Kind {
  readonly required: true;
}

/** Marks an option's kind as one that may not be left out. */
export function required(kind: Kind): RequiredKind {
  return { ...kind, required: true };
}

/** The kind of each of some values, complete. */
export type Kinds<Values> = { readonly [Name in keyof Values]-?: Kind };

/** The kind of each option, complete: those without a default are `required`. */
export type OptionKinds<Options> = {
  readonly [Name in keyof Options]-?: Record<never, never> extends Pick<Options, Name> ? Kind : RequiredKind;
};

/** All the options of two records, each of which has a `source` of its own. */
export type AllOptions<One extends object, Other extends object> = Partial<
  Omit<One, 'source'> &
    Omit<Other, 'source'> & { readonly source: (One | Other)['source' & keyof (One | Other)] }
>;

/**
 * Checks the arguments of a function, in their order.
 *
 * @param where the function, for the error.
 * @param values the arguments by their names.
 * @throws TypeError for the first of the wrong kind (RangeError for a word that is no choice): `take: indices must be a list of numbers, …, got 6400`.
 */
export function checkArguments<Values extends object>(
  where: string,
  values: Values,
  kinds: Kinds<Values>,
): void {
  for (const name of Object.keys(values) as (keyof Values & string)[])
    check(where, name, values[name], kinds[name]);
}

/**
 * Checks options: that they are an object, and each that is given is of its kind.
 *
 * @param where the function, for the error.
 * @throws TypeError for the first of the wrong kind (RangeError for a word that is no choice), for one that is missing, and for a name that differs from
 *   an option's in its capitals alone.
 */
export function checkOptions<Options extends object>(
  where: string,
  options: Options,
  kinds: OptionKinds<Options>,
): void {
  const names = Object.keys(kinds) as (keyof Options & string)[];
  check(where, 'options', options, optionsWith(names));
  for (const name of names) {
    const kind: Kind & { readonly required?: true } = kinds[name];
    if (options[name] !== undefined || kind.required) check(where, name, options[name], kind);
  }
  for (const given of Object.keys(options)) {
    const meant = names.find((name) => name !== given && name.toLowerCase() === given.toLowerCase());
    if (meant !== undefined && !(given in kinds))
      throw new TypeError(`${where}: there is no option ${given}; it is written ${meant}`);
  }
}

function check(where: string, name: string, value: unknown, kind: Kind): void {
  if (kind.holds(value)) return;
  const advice = kind.advice?.(value);
  const ending = advice === undefined ? '' : `; ${advice}`;
  const message = `${where}: ${name} must be ${kind.wanted}, got ${describeValue(value)}${ending}`;
  throw kind.isOutOfRange?.(value) ? new RangeError(message) : new TypeError(message);
}

function optionsWith(names: readonly string[]): Kind {
  const some = names.slice(0, 3).join(', ');
  return {
    wanted: `an object, with ${some}${names.length > 3 ? ', …' : ''}`,
    holds: anObject.holds,
  };
}
