/** `inkwell prepare`: makes the best engine ready (or the one named), once for all clones. */
import { parseEngineName } from '../../engine/names';
import { prepareEngine } from '../../engine/prepare';
import type { EngineReport } from '../../engine/report';
import { createTerminal, type Terminal } from '../terminal';

/** The engine in a few words: `tensorflow 2.21.0`. */
function engineLine({ engine, version }: EngineReport): string {
  return version === undefined ? engine : `${engine} ${version}`;
}

/** Prepares an engine, telling the terminal what is done. */
export async function prepareOn(terminal: Terminal, engine?: string): Promise<EngineReport> {
  const report = await prepareEngine({
    onProgress: terminal.progress,
    log: (line) => terminal.note(`  ${line}`),
    ...(engine === undefined ? {} : { engine: parseEngineName(engine, '--engine') }),
  });
  terminal.note(`Engine: ${engineLine(report)}`);
  return report;
}

/** Returns the exit status; an engine that was named and cannot be had throws. */
export async function prepare(flags: { readonly engine?: string }): Promise<number> {
  await prepareOn(createTerminal(), flags.engine);
  return 0;
}
