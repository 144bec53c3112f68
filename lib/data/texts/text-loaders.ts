/**
 * Texts and what to say of them, such as film reviews and their verdicts: from
 * a data frame, or from a folder with a subfolder for each class (`text-folder.ts`).
 */
import { checkArguments, checkOptions, required } from '../../core/argument';
import { aNumber, aString } from '../../core/argument-kinds';
import * as tf from '../../engine/tf';
import { aFrame } from '../../frames/argument-kinds';
import type { Frame } from '../../frames/frame';
import { aDataset } from '../argument-kinds';
import { checkWhole } from '../check-whole';
import { classesOf, classTensor } from '../loaders/classes';
import { type DataOrigin, originKinds } from '../loaders/data-loaders';
import { answersOf, type Dataset, datasetOf, itemsOf, type SplitDatasetOptions } from '../loaders/dataset';
import { type Encoding, type FittedLoaders, fittedLoaders } from '../loaders/fitted-loaders';
import { splitKinds } from '../split-indices';
import { tokenize } from './tokenize';
import { buildVocabulary, PADDING, type Vocabulary, type VocabularyOptions } from './vocabulary';

/** How texts become rows of numbers. */
export interface TextEncoding extends Encoding<string, string> {
  readonly vocabulary: Vocabulary;
  /** Words a row. */
  readonly length: number;
  /** int32, `[count, length]`. */
  encode(texts: readonly string[]): tf.Tensor2D;
}

export interface TextOptions extends VocabularyOptions {
  /** Words a row; default that of the longest text to train on, at most 256. */
  readonly length?: number;
}

/** Texts and labels, column by column. */
export interface TextLoadersOptions<Row extends object>
  extends TextOptions,
    SplitDatasetOptions,
    Partial<DataOrigin> {
  readonly frame: Frame<Row>;
  /** The column that holds the texts. */
  readonly text: keyof Row & string;
  /** The column that holds the labels. */
  readonly label: keyof Row & string;
}

/** Loaders of texts and their labels. */
export type TextLoaders = FittedLoaders<string, string, TextEncoding>;

/** A text's words when nothing else is said. */
const LONGEST = 256;

/**
 * Splits texts and labels from a data frame. `xs` is int32 `[count, length]`: the numbers of the
 * words, as `tokenize` finds them. The vocabulary is that of the training part. Short texts are filled
 * up with 0 **in front**, long ones lose their beginning: so the last step of a recurrent net always
 * reads a text's last word. `ys` is int32 `[count]`, the classes in alphabetical order.
 *
 * @throws RangeError where there is no such column, a text or a label is missing, or an option is out of its range.
 */
export function textLoaders<Row extends object>(options: TextLoadersOptions<Row>): TextLoaders {
  checkOptions('textLoaders', options, {
    frame: required(aFrame),
    text: required(aString),
    label: required(aString),
    length: aNumber,
    vocabularySize: aNumber,
    minimumCount: aNumber,
    ...splitKinds,
    ...originKinds,
  });
  const { frame, text, label } = options;
  return textLoadersOf(datasetOf(stringsOf(frame, text), stringsOf(frame, label)), options);
}

/** The same for a data set in hand, such as `readTextFolder` reads. */
export function textLoadersOf(
  dataset: Dataset<string, string>,
  options: TextOptions & SplitDatasetOptions & Partial<DataOrigin> = {},
): TextLoaders {
  checkArguments('textLoadersOf', { dataset }, { dataset: aDataset });
  checkOptions('textLoadersOf', options, {
    length: aNumber,
    vocabularySize: aNumber,
    minimumCount: aNumber,
    ...splitKinds,
    ...originKinds,
  });
  const { name = 'texts', source = 'a data frame', citation = '' } = options;
  const classes = classesOf(answersOf(dataset));
  const fit = (train: Dataset<string, string>): TextEncoding =>
    textEncoding(itemsOf(train), classes, options);
  return fittedLoaders(dataset, fit, { ...options, name, source, citation });
}

/** Learns a vocabulary from texts. */
export function textEncoding(
  texts: readonly string[],
  classes: readonly string[],
  options: TextOptions = {},
): TextEncoding {
  const tokens = texts.map(tokenize);
  const vocabulary = buildVocabulary(tokens, options);
  const longest = tokens.reduce((most, { length }) => Math.max(most, length), 1);
  const { length = Math.min(longest, LONGEST) } = options;
  checkWhole('textLoaders', 'length', length, 1);
  return {
    vocabulary,
    length,
    inputShape: [length],
    classes,
    encode: (items) => tf.tensor2d(encoded(items, vocabulary, length), [items.length, length], 'int32'),
    encodeAnswers: (answers) => classTensor(answers, classes),
  };
}

function encoded(texts: readonly string[], vocabulary: Vocabulary, length: number): Int32Array {
  const rows = new Int32Array(texts.length * length).fill(PADDING);
  for (const [row, text] of texts.entries()) {
    const numbers = tokenize(text).slice(-length).map(vocabulary.numberOf);
    rows.set(numbers, (row + 1) * length - numbers.length);
  }
  return rows;
}

function stringsOf<Row extends object>(frame: Frame<Row>, name: keyof Row & string): readonly string[] {
  return Array.from(frame.column(name), (value: unknown, row) => {
    if (typeof value === 'string') return value;
    throw new RangeError(
      `textLoaders: column "${name}" must hold text, but row ${row} holds ${String(value)}`,
    );
  });
}
