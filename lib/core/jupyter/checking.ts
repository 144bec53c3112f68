/**
 * How strictly a notebook's cells are checked: one that was written for
 * another kernel of the same language runs as it did there.
 */

/**
 * `strict`: TypeScript's strict checks, as notebooks of this kernel are written for.
 * `lax`: without them, as stock tslab checks.
 * `none`: not at all, as JavaScript wants it.
 */
export type Checking = 'strict' | 'lax' | 'none';

/** The variable that tells the kernel: `lax`, or `0` for none. */
export const CHECKING_VARIABLE = 'INKWELL_CHECK';

/** What the variable says; strict where it says nothing. */
export function checkingIn(env: Readonly<Record<string, string | undefined>>): Checking {
  const told = env[CHECKING_VARIABLE];
  return told === '0' || told === 'none' ? 'none' : told === 'lax' ? 'lax' : 'strict';
}

/** What a notebook says of the kernel that it was written for. */
export interface WrittenFor {
  readonly kernelspec?:
    | { readonly name?: string | undefined; readonly language?: string | undefined }
    | undefined;
  readonly language_info?: { readonly name?: string | undefined } | undefined;
}

/** How the cells of a notebook are to be checked. */
export function checkingFor({ kernelspec, language_info }: WrittenFor): Checking {
  const language = (kernelspec?.language ?? language_info?.name ?? 'typescript').toLowerCase();
  const name = kernelspec?.name?.toLowerCase();
  if (language === 'javascript' || name === 'jslab' || name === 'javascript') return 'none';
  return name === 'tslab' ? 'lax' : 'strict';
}

/** The environment that tells our own kernel so; what the caller's environment says already stays. */
export function checkingEnvironment(
  notebook: WrittenFor,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const checking = checkingFor(notebook);
  if (checking === 'strict' || env[CHECKING_VARIABLE] !== undefined) return {};
  return { [CHECKING_VARIABLE]: checking === 'none' ? '0' : 'lax' };
}
