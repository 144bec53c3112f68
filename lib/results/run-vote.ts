/** A vote of nets that were trained before: what each says of the test images, and what they say together. */
import { existsSync } from 'node:fs';
import { InkwellError } from '../core/errors';
import type { Digits } from '../data/digits';
import { disposeWeights } from '../layers/net';
import { loadNet, type SavedNet } from '../training/checkpoint';
import { askEnsemble, shareRight } from '../training/ensemble';
import { disposeExamples, examplesOf } from '../training/examples';
import type { VoteResult } from './result';
import type { VoteRow } from './rows';
import { netFile } from './run-net';

/** What a vote came to; who stores it adds where it comes from. */
export type VoteOutcome = Pick<
  VoteResult,
  'of' | 'seeds' | 'singleAccuracies' | 'testAccuracy' | 'meanAccuracy' | 'errors' | 'minutes'
>;

/**
 * Asks the nets of some runs of a row together.
 *
 * @param seeds of the runs whose nets vote.
 * @param folderOf where a run's net is.
 * @throws InkwellError `RESULTS_NETS` where one is not there.
 */
export async function runVote(
  row: VoteRow,
  seeds: readonly number[],
  folderOf: (row: string, seed: number) => string,
  digits: Digits,
): Promise<VoteOutcome> {
  const startMs = performance.now();
  const missing = seeds.filter((seed) => !existsSync(netFile(folderOf(row.of, seed))));
  if (missing.length > 0) {
    const [first] = missing;
    throw new InkwellError(
      'RESULTS_NETS',
      `${row.name} is a vote of ${seeds.length} nets of ${row.of}, but those of seeds ${missing.join(', ')} are not here`,
      { hint: `Train them: npx inkwell results --row ${row.of} --seed ${first} --runs ${missing.length}` },
    );
  }
  const nets: SavedNet[] = [];
  try {
    for (const seed of seeds) nets.push(await loadNet(netFile(folderOf(row.of, seed))));
    return { of: row.of, seeds, ...askAll(nets, digits), minutes: minutesSince(startMs) };
  } finally {
    for (const { weights } of nets) disposeWeights(weights);
  }
}

type Answers = Pick<VoteResult, 'singleAccuracies' | 'testAccuracy' | 'meanAccuracy' | 'errors'>;

function askAll(nets: readonly SavedNet[], { test }: Digits): Answers {
  const examples = examplesOf(test, (nets[0] as SavedNet).net.inputShape);
  try {
    const { single, vote, mean } = askEnsemble(nets, examples.xs);
    return {
      singleAccuracies: single.map((answers) => shareRight(answers, test.labels)),
      testAccuracy: shareRight(vote, test.labels),
      meanAccuracy: shareRight(mean, test.labels),
      errors: [...vote].flatMap((answer, index) => {
        const label = test.labels[index] as number;
        const answers = single.map((answers) => answers[index] as number);
        return answer === label ? [] : [{ index, label, answer, answers }];
      }),
    };
  } finally {
    disposeExamples(examples);
  }
}

const minutesSince = (startMs: number): number => Number(((performance.now() - startMs) / 60_000).toFixed(2));
