/**
 * From text to words. One rule, so that a reader can do it by hand: lower case;
 * a word is a run of letters and digits, apostrophes inside it included
 * (`isn't` is one word); any other mark is a word of its own, white space and
 * the tags of HTML are none. Finer rules (sub-words, lemmas) win little where
 * a vocabulary is small, and hide what the net is given.
 */
import { checkArguments } from '../../core/argument';
import { aString } from '../../core/argument-kinds';

const TAG = /<\/?[a-z][^<>]*>/gi;
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}]/gu;

/**
 * The words and marks of a text, in order.
 *
 * @example tokenize("It isn't bad!") // ['it', "isn't", 'bad', '!']
 */
export function tokenize(text: string): string[] {
  checkArguments('tokenize', { text }, { text: aString });
  return text.replace(TAG, ' ').toLowerCase().replaceAll('’', "'").match(WORD) ?? [];
}
