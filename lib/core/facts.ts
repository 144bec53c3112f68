/**
 * What a chapter used and claimed, kept where whoever runs it can ask for it
 * afterwards: the engine, the data sets, the claims that were asserted.
 *
 * The facts live on `globalThis` under a registered symbol, so that a second
 * copy of the library, or a cell's own code, sees the same ones.
 */

export interface Facts {
  /** The active engine's name and version, such as `tensorflow 2.21.0`. */
  engine?: string;
  /** Names in order of first use, such as `MNIST` or `made digits`. */
  dataSets: string[];
  /** Statements that `claim` has asserted. */
  claims: string[];
}

/** The key on `globalThis`. */
export const FACTS_KEY = 'inkwell.facts';

/** The facts of this process so far; change them in place. */
export function facts(): Facts {
  const holder = globalThis as unknown as { [key: symbol]: Facts | undefined };
  const key = Symbol.for(FACTS_KEY);
  holder[key] ??= { dataSets: [], claims: [] };
  return holder[key];
}

/** Notes that a data set was used. */
export function recordDataSet(name: string): void {
  const { dataSets } = facts();
  if (!dataSets.includes(name)) dataSets.push(name);
}

/** Notes which engine is active, by name and version. */
export function recordEngine(engine: string): void {
  facts().engine = engine;
}
