/**
 * Opinions in English. Each template says one thing, liked or not, and most
 * can use words of the other side to say it: `not at all boring` is praise,
 * `far from great` is blame. The same negations serve both sides, so that a
 * word alone tells little and the order of the words tells all.
 */
import type { Random } from '../../core/random';
import { ADJECTIVES, ASPECTS, EVENINGS, INTENSIFIERS, OTHERS, type Polarity } from './words';

/** Writes one sentence of a polarity. */
type Template = (polarity: Polarity, random: Random) => string;

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

/** Opinions on a part of the film. */
const DIRECT: readonly Template[] = [
  (polarity, random) => `${random.pick(ASPECTS)} is ${plain(polarity, random)}.`,
  (polarity, random) => `I found ${random.pick(ASPECTS)} ${plain(polarity, random)}.`,
  (polarity, random) => `how ${plain(polarity, random)} ${random.pick(ASPECTS)} is!`,
  (polarity, random) => `it is ${evening(polarity, random)}.`,
];

const TURNED: readonly Template[] = [
  (polarity, random) => `${random.pick(ASPECTS)} is ${negated(polarity, random)}.`,
  (polarity, random) => `${random.pick(ASPECTS)} is ${both(polarity, random)}.`,
  (polarity, random) => `I found ${random.pick(ASPECTS)} ${negated(polarity, random)}.`,
  (polarity, random) =>
    `I expected ${evening(other(polarity), random)}, but it is ${evening(polarity, random)}.`,
  (polarity, random) =>
    `${random.pick(OTHERS)} called it ${evening(other(polarity), random)}; I call it ${evening(polarity, random)}.`,
  (polarity, random) =>
    `${random.pick(OTHERS)} thought ${random.pick(ASPECTS)} ${adjective(other(polarity), random)}, and was wrong.`,
  (polarity, random) =>
    `I was told that ${random.pick(ASPECTS)} is ${adjective(other(polarity), random)}; it is ${negated(polarity, random)}.`,
  (polarity, random) =>
    `it begins ${plain(other(polarity), random)} and ends ${adjective(polarity, random)}.`,
  (polarity, random) =>
    `for all its ${adjective(other(polarity), random)} moments it stays ${plain(polarity, random)}.`,
  (polarity, random) =>
    `the poster promises ${evening(other(polarity), random)}, the film itself is ${evening(polarity, random)}.`,
];

/** How often an opinion takes words of the other side. */
const TURNED_SHARE = 0.55;

/** One opinion, as a sentence. */
export function opinion(polarity: Polarity, random: Random): string {
  const templates = random.uniform() < TURNED_SHARE ? TURNED : DIRECT;
  return sentence(random.pick(templates)(polarity, random));
}

/** A concession: an opinion of the other side that the critic grants. */
export function concession(polarity: Polarity, random: Random): string {
  const [aspect, words] = [random.pick(ASPECTS), plain(polarity, random)];
  return sentence(random.pick([`${aspect}, I admit, is ${words}.`, `granted, ${aspect} is ${words}.`]));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
