/** Which engines this machine has, for `inkwell doctor`. */
import { type Availability, checkEngine } from './availability';
import { currentEngine } from './engine';
import { type EngineName, engineNames, requestedEngine } from './names';
import type { EngineReport } from './report';

export type { EngineReport } from './report';

/**
 * Reports on every engine in the order in which they are tried; downloads and
 * builds nothing, and survives an addon that crashes.
 *
 * @throws InkwellError `ENGINE_UNKNOWN` where `$INKWELL_ENGINE` names no engine.
 */
export async function inspectEngines(): Promise<EngineReport[]> {
  const requested = requestedEngine();
  const found = await Promise.all(
    engineNames.map(async (engine) => ({ engine, availability: await checkEngine(engine) })),
  );
  const first = found.find(({ availability }) => availability.kind === 'usable')?.engine;
  const inUse = currentEngine()?.name;
  const active = inUse ?? requested ?? first;
  const reason =
    active === first ? 'comes first' : active === requested ? 'is what INKWELL_ENGINE asks for' : 'is in use';
  return found.map(({ engine, availability }) => report(engine, availability, active, `${active} ${reason}`));
}

function report(
  engine: EngineName,
  availability: Availability,
  active: EngineName | undefined,
  whyNotThis: string,
): EngineReport {
  if (availability.kind === 'unusable') {
    const { why, enable } = availability;
    return { engine, status: 'unavailable', why, enable };
  }
  const { version, path } = availability;
  const place = path === undefined ? {} : { path };
  if (engine === active) return { engine, status: 'active', version, ...place };
  return {
    engine,
    status: 'available',
    version,
    ...place,
    why: whyNotThis,
    enable: `INKWELL_ENGINE=${engine}`,
  };
}
