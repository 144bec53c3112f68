/**
 * Where a native addon can be on this machine: built in the cache, or installed
 * by the tfjs-node packages themselves.
 */
import path from 'node:path';
import { addonFile } from './compile';
import { addonKey } from './keys';
import { inspectEntry } from './manifest';
import type { Probe } from './probe';
import { type Flavour, recipeFor, thisMachine } from './recipe';
import { engineRoot } from './root';
import { stockAddons } from './stock';
import { verifyAddon } from './verify';

export type FoundAddon =
  | { readonly kind: 'found'; readonly addon: string; readonly version: string }
  | { readonly kind: 'none'; readonly why: string };

/**
 * The first addon that works and serves the flavour. One that was built for
 * GPUs also serves the CPU, where it is the only one.
 */
export async function findAddon(flavour: Flavour): Promise<FoundAddon> {
  const built = builtAddon(flavour);
  const reasons = built.kind === 'none' ? [built.why] : [];
  const others = flavour === 'cpu' ? [builtAddon('gpu')] : [];
  const candidates = [built, ...others].flatMap((state) => (state.kind === 'found' ? [state.addon] : []));
  for (const addon of [...candidates, ...stockAddons()]) {
    const probe = await verifyAddon(addon);
    const why = whyNot(probe, flavour);
    if (why === undefined && probe.kind === 'works') return { kind: 'found', addon, version: probe.version };
    const advice = candidates.includes(addon) ? ' (remove its folder to have it built again)' : '';
    reasons.push(`${addon}: ${why}${advice}`);
  }
  return { kind: 'none', why: reasons.join('; ') };
}

function whyNot(probe: Probe, flavour: Flavour): string | undefined {
  if (probe.kind === 'broken') return probe.why;
  return flavour === 'gpu' && !probe.usesGpu ? 'it loads, but finds no GPU that it can use' : undefined;
}

function builtAddon(flavour: Flavour): { kind: 'found'; addon: string } | { kind: 'none'; why: string } {
  const choice = recipeFor(flavour, thisMachine());
  if (choice.kind === 'none') return choice;
  const state = inspectEntry(engineRoot(), addonKey(choice.recipe));
  if (state.kind !== 'ready') return { kind: 'none', why: state.why };
  return { kind: 'found', addon: path.join(state.entry.folder, addonFile) };
}
