import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { itemsOf } from 'inkwell/data/loaders/dataset';
import { readTextFolder } from 'inkwell/data/texts/text-folder';
import { textLoaders, textLoadersOf } from 'inkwell/data/texts/text-loaders';
import { tokenize } from 'inkwell/data/texts/tokenize';
import { buildVocabulary } from 'inkwell/data/texts/vocabulary';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import { frame } from 'inkwell/frames/create';

beforeAll(() => useEngine());

test.each([
  ["It isn't bad!", ['it', "isn't", 'bad', '!']],
  ['Not «bad», but   fine…', ['not', '«', 'bad', '»', ',', 'but', 'fine', '…']],
  ['A gem.<br /><br />Don’t miss it', ['a', 'gem', '.', "don't", 'miss', 'it']],
  ['1 < 2 and 10/10 for Amélie', ['1', '<', '2', 'and', '10', '/', '10', 'for', 'amélie']],
  ["'quoted' dogs' dinner", ["'", 'quoted', "'", 'dogs', "'", 'dinner']],
  [' ', []],
])('tokenize(%j)', (text, words) => {
  expect(tokenize(text)).toEqual(words);
});

describe('a vocabulary', () => {
  const texts = [['b', 'a', 'b'], ['c', 'a', 'b'], ['d']];

  test('numbers the most frequent words, the alphabet decides between equals', () => {
    const vocabulary = buildVocabulary([...texts, ['c']], { minimumCount: 1 });
    expect(vocabulary.words).toEqual(['(padding)', '(unknown)', 'b', 'a', 'c', 'd']);
    expect(['b', 'd', 'x'].map(vocabulary.numberOf)).toEqual([2, 5, 1]);
  });

  test('leaves out rare words and those beyond its size', () => {
    expect(buildVocabulary(texts).words.slice(2)).toEqual(['b', 'a']);
    expect(buildVocabulary(texts, { vocabularySize: 3 }).words.slice(2)).toEqual(['b']);
    expect(() => buildVocabulary(texts, { vocabularySize: 2 })).toThrow(
      'buildVocabulary: vocabularySize must be a whole number of at least 3, got 2',
    );
  });
});

describe('text loaders', () => {
  const texts = Array.from({ length: 20 }, (_, i) => `word${i} is ${i % 2 === 0 ? 'even' : 'odd'}`);
  const labels = texts.map((_, i) => (i % 2 === 0 ? 'even' : 'odd'));
  const table = frame({ text: texts, label: labels, number: texts.map((_, i) => i) });

  test('learn their vocabulary from the training part alone, and fill up in front', () => {
    const loaders = textLoaders({ frame: table, text: 'text', label: 'label', length: 5, minimumCount: 1 });
    const { vocabulary } = loaders.encoding;
    expect([loaders.train.count, loaders.validation.count, loaders.inputShape]).toEqual([16, 4, [5]]);
    // Sixteen words of their own, `is`, `even`, `odd` and the two that are none.
    expect(vocabulary.words).toHaveLength(16 + 3 + 2);
    for (const text of itemsOf(loaders.validation)) {
      expect(vocabulary.numberOf(tokenize(text)[0] as string)).toBe(1);
    }
    const [row] = loaders.validation.xs.arraySync() as number[][];
    const [, is, parity] = tokenize(loaders.validation.item(0));
    expect(row).toEqual([0, 0, 1, ...[is, parity].map((word) => vocabulary.numberOf(word as string))]);
    expect([loaders.train.xs.dtype, loaders.train.ys.dtype]).toEqual(['int32', 'int32']);
    expect(loaders.classes).toEqual(['even', 'odd']);
    expect(loaders.classes[loaders.validation.ys.dataSync()[0] as number]).toBe(loaders.validation.answer(0));
    loaders.dispose();
  });

  test('keep the end of a long text; the default length is that of the longest text to train on', () => {
    const { encoding } = textLoaders({ frame: table, text: 'text', label: 'label', length: 2 });
    const xs = encoding.encode(['even odd is', 'odd is']);
    const [is, odd] = ['is', 'odd'].map(encoding.vocabulary.numberOf);
    expect(xs.arraySync()).toEqual([
      [odd, is],
      [odd, is],
    ]);
    xs.dispose();
    expect(textLoaders({ frame: table, text: 'text', label: 'label' }).inputShape).toEqual([3]);
  });

  test('leave no tensor behind', async () => {
    await withoutLeaks(() => {
      const loaders = textLoaders({ frame: table, text: 'text', label: 'label' });
      expect(loaders.train.xs.shape).toEqual([16, 3]);
      loaders.dispose();
    });
  });

  test('name what is wrong', () => {
    const wrong = (): unknown => textLoaders({ frame: table, text: 'number', label: 'label' });
    expect(wrong).toThrow('column "number" must hold text, but row 0 holds 0');
    expect(() => textLoaders({ frame: table, text: 'text', label: 'label', length: 0 })).toThrow(
      'textLoaders: length must be a whole number of at least 1, got 0',
    );
    const all = { frame: table, text: 'text', label: 'label', validationFraction: 1 } as const;
    expect(() => textLoaders(all)).toThrow('of 20 items none is left to train on');
    const { encoding } = textLoaders({ frame: table, text: 'text', label: 'label' });
    expect(() => encoding.encodeAnswers(['prime'])).toThrow('no class "prime"; the classes are even, odd');
  });
});

describe('a folder of texts', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-texts-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is read class by class, other files left alone', async () => {
    for (const [name, text] of [
      ['neg/0_2.txt', 'a yawn'],
      ['neg/1_1.txt', 'a mess'],
      ['pos/0_9.txt', 'a gem'],
      ['unsup/0_0.txt', 'no verdict'],
      ['pos/notes.md', 'not a text'],
    ] as const) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const texts = await readTextFolder(folder, { classes: ['neg', 'pos'] });
    expect(itemsOf(texts)).toEqual(['a yawn', 'a mess', 'a gem']);
    expect([texts.answer(0), texts.answer(2)]).toEqual(['neg', 'pos']);
    expect(textLoadersOf(texts, { validationFraction: 0 }).classes).toEqual(['neg', 'pos']);
    expect((await readTextFolder(folder)).count).toBe(4);
  });

  test('that is not there, or holds none, is an error with a name', async () => {
    await expect(readTextFolder(path.join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'DATA_UNREADABLE',
    });
    await expect(readTextFolder(path.join(folder, 'neg'))).rejects.toThrow('holds no texts');
  });
});
