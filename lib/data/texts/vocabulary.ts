/**
 * A vocabulary: the words that a net knows, each with a number. Two numbers are
 * not words: 0 fills up short texts, 1 stands for every word that is not known.
 */
import { checkWhole } from '../check-whole';

/** Words by number and numbers by word. */
export interface Vocabulary {
  /** The words in the order of their numbers; the first two are `(padding)` and `(unknown)`. */
  readonly words: readonly string[];
  /** The number of a word; 1 where it is not known. */
  numberOf(word: string): number;
}

export interface VocabularyOptions {
  /** The most words that are kept, the two that are none included; default 10,000. */
  readonly vocabularySize?: number;
  /** How often a word must occur to be kept; default 2: what occurs once teaches nothing. */
  readonly minimumCount?: number;
}

/** The number that fills up short texts. */
export const PADDING = 0;

/** The number of every word that is not known. */
export const UNKNOWN = 1;

/**
 * The most frequent words of some texts; of words that occur equally often the alphabet's first.
 *
 * @param texts each a list of words, as `tokenize` makes them.
 * @throws RangeError where an option is out of its range.
 */
export function buildVocabulary(
  texts: Iterable<readonly string[]>,
  options: VocabularyOptions = {},
): Vocabulary {
  const { vocabularySize = 10_000, minimumCount = 2 } = options;
  checkWhole('buildVocabulary', 'vocabularySize', vocabularySize, 3);
  checkWhole('buildVocabulary', 'minimumCount', minimumCount, 1);
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
  const kept = [...counts]
    .filter(([, count]) => count >= minimumCount)
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1))
    .slice(0, vocabularySize - 2)
    .map(([word]) => word);
  return vocabularyOf(['(padding)', '(unknown)', ...kept]);
}

function vocabularyOf(words: readonly string[]): Vocabulary {
  const numbers = new Map(words.map((word, number) => [word, number]));
  return { words, numberOf: (word) => numbers.get(word) ?? UNKNOWN };
}
