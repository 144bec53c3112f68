/**
 * Opinions in English. Each template says one thing, liked or not, and most
 * can use words of the other side to say it: `not at all boring` is praise,
 * `far from great` is blame. The same negations serve both sides, so that a
 * word alone tells little and the order of the words tells all.
 */
import type { Random } from '../../core/random';
import { ADJECTIVES, ASPECTS, EVENINGS, INTENSIFIERS, OTHERS, type Polarity } from './words';

/** Writes one sentence of a polarity, about a part of the film where it is about one. */
type Template = (polarity: Polarity, random: Random, aspect: string) => string;

const other = (polarity: Polarity): Polarity => (polarity === 1 ? -1 : 1);
const adjective = (polarity: Polarity, random: Random): string => random.pick(ADJECTIVES[polarity]);
const evening = (polarity: Polarity, random: Random): string => random.pick(EVENINGS[polarity]);

const NEGATIONS: readonly string[] = [
  ...['not at all', 'anything but', 'far from', 'never', 'not for one moment', 'by no means', 'hardly'],
];

/** `truly witty`, or `witty`. */
function plain(polarity: Polarity, random: Random): string {
  const word = adjective(polarity, random);
  return random.uniform() < 0.4 ? `${random.pick(INTENSIFIERS)} ${word}` : word;
}

/** `not at all boring`: a word of the other side, turned round. */
function negated(polarity: Polarity, random: Random): string {
  return `${random.pick(NEGATIONS)} ${adjective(other(polarity), random)}`;
}

/** `not boring but witty` or `witty, not boring`: both sides, the order decides. */
function both(polarity: Polarity, random: Random): string {
  const [meant, denied] = [adjective(polarity, random), adjective(other(polarity), random)];
  return random.pick([
    `not ${denied} but ${meant}`,
    `${meant}, not ${denied}`,
    `${meant} rather than ${denied}`,
  ]);
}

/** Plain opinions. */
const DIRECT: readonly Template[] = [
  (polarity, random, aspect) => `${aspect} is ${plain(polarity, random)}.`,
  (polarity, random, aspect) => `I found ${aspect} ${plain(polarity, random)}.`,
  (polarity, random, aspect) => `how ${plain(polarity, random)} ${aspect} is!`,
  (polarity, random) => `it is ${evening(polarity, random)}.`,
];

/** Opinions in words of the other side. */
const TURNED: readonly Template[] = [
  (polarity, random, aspect) => `${aspect} is ${negated(polarity, random)}.`,
  (polarity, random, aspect) => `${aspect} is ${both(polarity, random)}.`,
  (polarity, random, aspect) => `I found ${aspect} ${negated(polarity, random)}.`,
  (polarity, random) =>
    `I expected ${evening(other(polarity), random)}, but it is ${evening(polarity, random)}.`,
  (polarity, random) =>
    `${random.pick(OTHERS)} called it ${evening(other(polarity), random)}; I call it ${evening(polarity, random)}.`,
  (polarity, random, aspect) =>
    `${random.pick(OTHERS)} thought ${aspect} ${adjective(other(polarity), random)}, and was wrong.`,
  (polarity, random, aspect) =>
    `I was told that ${aspect} is ${adjective(other(polarity), random)}; it is ${negated(polarity, random)}.`,
  (polarity, random) =>
    `it begins ${plain(other(polarity), random)} and ends ${adjective(polarity, random)}.`,
  (polarity, random) =>
    `for all its ${adjective(other(polarity), random)} moments it stays ${plain(polarity, random)}.`,
  (polarity, random) =>
    `the poster promises ${evening(other(polarity), random)}, the film itself is ${evening(polarity, random)}.`,
];

/** How often an opinion takes words of the other side. */
const TURNED_SHARE = 0.55;

/** Somebody with opinions on one film, who does not say the same thing twice. */
export interface Critic {
  /** One opinion, as a sentence. */
  opinion(polarity: Polarity): string;
  /** An opinion that the critic grants, as a sentence. */
  concession(polarity: Polarity): string;
}

/** A critic; the stream decides on what and in which words. */
export function createCritic(random: Random): Critic {
  const [direct, turned] = [random.shuffle([...DIRECT]), random.shuffle([...TURNED])];
  const aspects = random.shuffle([...ASPECTS]);
  const next = (): string => aspects.pop() as string;
  return {
    opinion(polarity) {
      const templates = random.uniform() < TURNED_SHARE ? turned : direct;
      return sentence((templates.pop() as Template)(polarity, random, next()));
    },
    concession(polarity) {
      const [aspect, words] = [next(), plain(polarity, random)];
      return sentence(random.pick([`${aspect}, I admit, is ${words}.`, `granted, ${aspect} is ${words}.`]));
    },
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
