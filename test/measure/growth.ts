/**
 * Whether memory grows with the work: what an ordinary round of it adds to the process.
 *
 * A leak adds to every round. Allocators, compilers and garbage collectors add to some and take
 * from others, most of all in the first: those are left out, and of the rest the median counts.
 * It means something only of a process that does nothing else: call it through `evaluateInNode`.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { residentMb } from './process';

export interface GrowthOptions {
  /** How many rounds are measured; default 9. */
  readonly rounds?: number;
  /** How many are made before; default 3. */
  readonly warmUp?: number;
  /** Whose memory is looked at, in MB; default that of this process, without its garbage. */
  readonly heldMb?: () => number;
}

/** What an ordinary round adds to the memory that is held, in MB (2²⁰ bytes). */
export async function growthPerRound(
  round: () => unknown,
  { rounds = 9, warmUp = 3, heldMb = ownMb }: GrowthOptions = {},
): Promise<number> {
  const added: number[] = [];
  let before = 0;
  for (let i = -warmUp; i < rounds; i++) {
    await round();
    const now = heldMb();
    if (i >= 0) added.push(now - before);
    before = now;
  }
  return added.sort((a, b) => a - b)[rounds >> 1] as number;
}

function ownMb(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return residentMb();
}
