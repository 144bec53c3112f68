/**
 * Trying each addon once on each machine: the verdict is remembered in the cache
 * until the addon, the processor, the C library or Node changes.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { writeWholeSync } from '../../core/write-whole';
import { type Probe, probeAddon } from './probe';
import { engineRoot } from './root';

/** Whether an addon works here: remembered, else tried in a process of its own (about a second). */
export async function verifyAddon(addon: string): Promise<Probe> {
  const file = path.join(engineRoot(), 'probes', `${fingerprint(addon)}.json`);
  const remembered = readVerdict(file);
  if (remembered !== undefined) return remembered;
  const probe = await probeAddon(addon);
  // Only good news is kept: what is broken may be mended by something we do not see.
  if (probe.kind === 'works') writeVerdict(file, probe);
  return probe;
}

function fingerprint(addon: string): string {
  const { size, mtimeMs } = statSync(addon);
  const { glibcVersionRuntime } = (process.report.getReport() as { header: { glibcVersionRuntime?: string } })
    .header;
  const facts = [addon, size, mtimeMs, process.version, process.arch, cpus()[0]?.model, glibcVersionRuntime];
  // A GPU that is hidden or shown changes what the addon answers.
  facts.push(process.env['CUDA_VISIBLE_DEVICES']);
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
}

function readVerdict(file: string): Probe | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Probe;
  } catch {
    return undefined;
  }
}

function writeVerdict(file: string, probe: Probe): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeWholeSync(file, JSON.stringify(probe));
  } catch {
    // A cache that cannot be written costs a second at the next start, nothing else.
  }
}
