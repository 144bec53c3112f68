/**
 * Quick or full: every chapter runs at two scales. `quick` is what CI and a
 * laptop run (the whole book in minutes); `full` is the scale of the chapter's
 * sources. `INKWELL_PROFILE` chooses; `inkwell run --profile full` sets it.
 */
import { checkArguments } from './argument';
import { having, type Kind } from './argument-kinds';

export type Profile = 'quick' | 'full';

const PROFILES: readonly string[] = ['quick', 'full'] satisfies Profile[];

/** Whether a text names a profile. */
export function isProfile(text: string): text is Profile {
  return PROFILES.includes(text);
}

/** The profile in force: `INKWELL_PROFILE`, default `quick`. Throws RangeError on any other name. */
export function currentProfile(): Profile {
  const name = process.env['INKWELL_PROFILE'] || 'quick';
  if (!isProfile(name)) {
    throw new RangeError(`INKWELL_PROFILE must be one of ${PROFILES.join(', ')}, got "${name}"`);
  }
  return name;
}

const both: Kind = having('an object, such as { quick: 5, full: 60 }', ...PROFILES);

/** The value for the profile in force: `byProfile({ quick: 5, full: 60 })`. */
export function byProfile<T>(values: { readonly [profile in Profile]: T }): T {
  checkArguments('byProfile', { values }, { values: both });
  return values[currentProfile()];
}
