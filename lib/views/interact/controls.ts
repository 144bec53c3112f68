/**
 * What a reader can choose in an interactive figure: one or two controls, each
 * a list of values with words for them.
 */

/** A value to choose. */
export type ControlValue = number | string;

/** A control with words of its own. */
export interface Control<Value extends ControlValue> {
  readonly values: readonly Value[];
  /** Stands before the values; default the control's name. */
  readonly label?: string;
  /** Stands after each value, such as `px`. */
  readonly unit?: string;
  /** How a value is written; default as it is, with a true minus. */
  readonly format?: (value: Value) => string;
}

/** Controls by name: values, or values with words. */
export type Controls = Readonly<
  Record<string, readonly ControlValue[] | Omit<Control<ControlValue>, 'format'>>
>;

/** One value for each control. */
export type StateOf<Chosen extends Controls> = {
  readonly [Name in keyof Chosen]: Chosen[Name] extends readonly (infer Value)[]
    ? Value
    : Chosen[Name] extends { readonly values: readonly (infer Value)[] }
      ? Value
      : never;
};

/** A control in words. */
export interface NamedControl {
  readonly name: string;
  readonly label: string;
  readonly values: readonly ControlValue[];
  /** One for each value. */
  readonly texts: readonly string[];
}

/** The place of one value for each control. */
export type Places = readonly number[];

const MOST_FRAMES = 60;

/** The controls, checked and in words. Throws RangeError for none, more than two, empty ones and too many frames. */
export function namedControls(controls: Controls): readonly NamedControl[] {
  const named = Object.entries(controls).map(([name, control]) => namedControl(name, control));
  if (named.length < 1 || named.length > 2) {
    throw new RangeError(
      `interact: controls must be one or two, got ${named.length} (${named.map(({ name }) => name).join(', ')})`,
    );
  }
  const frames = named.reduce((product, { values }) => product * values.length, 1);
  if (frames > MOST_FRAMES) {
    const counts = named.map(({ values }) => values.length).join(' × ');
    throw new RangeError(
      `interact: ${counts} values make ${frames} frames, at most ${MOST_FRAMES} are drawn beforehand; give fewer values`,
    );
  }
  return named;
}

function namedControl(name: string, control: Controls[string]): NamedControl {
  const {
    values,
    label = name,
    unit,
    format = plain,
  }: Control<ControlValue> = 'values' in control && !Array.isArray(control)
    ? (control as Control<ControlValue>)
    : { values: control as readonly ControlValue[] };
  if (!(Array.isArray(values) && values.length > 0)) {
    throw new RangeError(`interact: the control "${name}" must have a list of values, got ${String(values)}`);
  }
  const texts = values.map((value) => `${format(value)}${unit === undefined ? '' : ` ${unit}`}`);
  if (new Set(texts).size < texts.length) {
    throw new RangeError(`interact: the values of "${name}" must differ, got ${texts.join(', ')}`);
  }
  return { name, label, values, texts };
}

const plain = (value: ControlValue): string => String(value).replace(/^-/, '−');

/** Where a state's values stand in the controls. Throws RangeError, naming `what` it is, for a value that is not there. */
export function placesOf(
  controls: readonly NamedControl[],
  state: Readonly<Record<string, unknown>>,
  what: string,
): Places {
  return controls.map(({ name, values }) => {
    const place = values.indexOf(state[name] as ControlValue);
    if (place >= 0) return place;
    throw new RangeError(
      `interact: ${what}.${name} must be one of ${values.join(', ')}, got ${String(state[name])}`,
    );
  });
}

/** The values at these places, by the controls' names. */
export function stateAt(controls: readonly NamedControl[], places: Places): Record<string, ControlValue> {
  return Object.fromEntries(
    controls.map(({ name, values }, i) => [name, values[places[i] ?? 0] as ControlValue]),
  );
}

/** `degree 3, noise 0.1`. */
export function stateText(controls: readonly NamedControl[], places: Places): string {
  return controls.map(({ label, texts }, i) => `${label} ${texts[places[i] ?? 0]}`).join(', ');
}

/** All places, the last control's changing fastest. */
export function allPlaces(controls: readonly NamedControl[]): Places[] {
  return controls.reduce<Places[]>(
    (before, { values }) => before.flatMap((places) => values.map((_, i) => [...places, i])),
    [[]],
  );
}

/** The first state, the one shown at the start, and the last: what print shows when nothing is said. */
export function defaultPrint(controls: readonly NamedControl[], start: Places): Places[] {
  const ends = [controls.map(() => 0), start, controls.map(({ values }) => values.length - 1)];
  return ends.filter((places, i) => ends.findIndex((other) => String(other) === String(places)) === i);
}
