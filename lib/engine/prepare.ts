/**
 * Making the best engine of this machine ready, once: what `npm start` and
 * `inkwell prepare` call. The result lies in the per-user cache, for all clones.
 */
import { InkwellError } from '../core/errors';
import type { ProgressListener } from '../core/progress';
import { type Availability, checkEngine, type Usable, unavailable } from './availability';
import { type EngineName, engineNames, requestedEngine } from './names';
import { build } from './native/build';
import { removeUnused } from './native/cache';
import { plansFor } from './native/plan';
import { engineRoot } from './native/root';
import type { EngineReport } from './report';

export type { EngineReport } from './report';

export interface PrepareOptions {
  /** The engine to prepare; default `$INKWELL_ENGINE`, else the best one. */
  readonly engine?: EngineName;
  readonly onProgress?: ProgressListener;
  /** Called with one line for each thing that is done or waited for. */
  readonly log?: (line: string) => void;
}

/**
 * Makes an engine ready and reports which; `why` tells why none before it in the
 * order was. Builds in the cache that no clone has used for a month are removed.
 *
 * @throws InkwellError where an engine was named and cannot be had, never otherwise.
 */
export async function prepareEngine(options: PrepareOptions = {}): Promise<EngineReport> {
  const report = await prepareBest(options);
  removeUnused(engineRoot(), {
    onRemoved: ({ key }) => options.log?.(`removed ${key} from the cache: not used for a month`),
  });
  return report;
}

async function prepareBest(options: PrepareOptions): Promise<EngineReport> {
  const requested = requestedEngine(options.engine);
  if (requested !== undefined) {
    const outcome = await prepareOne(requested, options);
    if (outcome.kind === 'unusable') throw unavailable(requested, outcome);
    return report(requested, outcome, []);
  }
  const reasons: string[] = [];
  for (const engine of engineNames) {
    const outcome = await prepareOne(engine, options).catch(failed);
    if (outcome.kind === 'usable') return report(engine, outcome, reasons);
    reasons.push(`${engine}: ${outcome.why}`);
    options.log?.(`${engine} cannot be had: ${outcome.why}`);
  }
  throw new InkwellError('ENGINE_UNAVAILABLE', `No engine works here.\n${reasons.join('\n')}`);
}

async function prepareOne(engine: EngineName, options: PrepareOptions): Promise<Availability> {
  const before = await checkEngine(engine);
  if (before.kind === 'usable' || before.recipe === undefined) return before;
  const { onProgress, log } = options;
  const root = engineRoot();
  for (const plan of plansFor(before.recipe, root)) {
    await build(plan, {
      root,
      ...(log === undefined ? {} : { log }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  }
  return checkEngine(engine);
}

/** A build that failed is a reason to take the next engine; a mistake of ours is not. */
function failed(error: unknown): Availability {
  if (!(error instanceof InkwellError)) throw error;
  return { kind: 'unusable', why: error.message, enable: error.hint ?? 'npx inkwell prepare' };
}

function report(engine: EngineName, { version, path }: Usable, reasons: readonly string[]): EngineReport {
  const why = reasons.length === 0 ? {} : { why: reasons.join('\n') };
  return { engine, status: 'available', version, ...(path === undefined ? {} : { path }), ...why };
}
