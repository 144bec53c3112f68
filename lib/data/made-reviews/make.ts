/**
 * Made film reviews: English by a small grammar, to learn sentiment from where
 * no corpus is at hand. Films, critics and goats are invented. A review holds
 * two or three opinions of one side, now and then a concession to the other,
 * and sentences that say nothing about the film's worth; half of the reviews
 * are positive. Nobody has to guess: a careful reader gets every one right.
 */
import { createRandom, type Random } from '../../core/random';
import { checkWhole } from '../check-whole';
import { createCritic } from './opinions';
import { FILLERS, type Polarity, TITLES } from './words';

/** A review and its verdict. */
export interface Review {
  readonly review: string;
  readonly verdict: 'negative' | 'positive';
}

/**
 * Makes reviews; the same for the same seed on every machine.
 *
 * @throws RangeError where the count is no whole number of at least 0.
 */
export function makeReviews(count: number, seed: number): Review[] {
  checkWhole('loadReviews', 'count', count, 0);
  const random = createRandom(seed).fork('reviews');
  return Array.from({ length: count }, () => makeReview(random));
}

function makeReview(random: Random): Review {
  const polarity: Polarity = random.uniform() < 0.5 ? 1 : -1;
  const title = random.pick(TITLES);
  const critic = createCritic(random);
  const fillers = random.shuffle([...FILLERS]).map((filler) => filler.replace('$', title));
  const opinions = Array.from({ length: 2 + random.integer(2) }, () => critic.opinion(polarity));
  if (random.uniform() < 0.3) opinions.push(critic.concession(polarity === 1 ? -1 : 1));
  const sentences = random.shuffle(opinions);
  if (random.uniform() < 0.6) sentences.unshift(...fillers.slice(0, 1));
  if (random.uniform() < 0.25) sentences.push(...fillers.slice(1, 2));
  return { review: sentences.join(' '), verdict: polarity === 1 ? 'positive' : 'negative' };
}
