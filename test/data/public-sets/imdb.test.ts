import { rmSync } from 'node:fs';
import path from 'node:path';
import type { ArchiveSet } from 'inkwell/data/archives/archive-set';
import { fetchArchiveSet } from 'inkwell/data/archives/fetch-archives';
import { imdbReviews, loadReviews } from 'inkwell/data/reviews';
import { textLoaders } from 'inkwell/data/texts/text-loaders';
import { describeArchive, tarOf, writeFiles } from '../archives/support';
import { type Mirror, serving, startMirror, status } from '../server';
import { temporaryFolders, thrownBy, withEnvironment } from '../support';

const folder = temporaryFolders();
withEnvironment(() => ({
  INKWELL_CACHE: folder(),
  INKWELL_DATA: undefined,
  INKWELL_DATASETS: undefined,
  INKWELL_OFFLINE: undefined,
}));

/** In the layout of the real archive: number and stars in the name, a half without verdicts, lists beside. */
const FILES = {
  'aclImdb/README': 'about',
  'aclImdb/imdb.vocab': 'the\nand\n',
  'aclImdb/train/neg/0_2.txt': 'Long.<br /><br />Very long.',
  'aclImdb/train/neg/10_1.txt': 'A yawn',
  'aclImdb/train/pos/0_9.txt': 'A gem, déjà vu or not',
  'aclImdb/train/pos/1_10.txt': 'Pure joy',
  'aclImdb/train/unsup/0_0.txt': 'Who knows',
  'aclImdb/train/labeledBow.feat': '9 0:1',
  'aclImdb/test/neg/0_3.txt': 'Beige',
  'aclImdb/test/pos/0_8.txt': 'A feast',
};

let mirror: Mirror;
let set: ArchiveSet;
beforeAll(async () => {
  const source = folder();
  writeFiles(source, FILES);
  const archive = await tarOf(source, ['aclImdb']);
  mirror = await startMirror(serving(new Map([['aclImdb_v1.tar.gz', archive]])));
  const held = (name: string, files: number): ArchiveSet['holds'][number] => {
    return { folder: `aclImdb/${name}`, extension: '.txt', files };
  };
  set = {
    name: 'small-imdb',
    title: 'Small IMDb',
    description: 'six reviews',
    citation: 'nobody',
    licence: { summary: 'none', statements: [] },
    mirrors: [mirror.url],
    archives: [describeArchive('aclImdb_v1.tar.gz', 'aclImdb', archive)],
    holds: [held('train/neg', 2), held('train/pos', 2), held('test/neg', 1), held('test/pos', 1)],
  };
});
afterAll(() => mirror.close());

test('the archive is fetched and unpacked, and both halves are read with their verdicts', async () => {
  await fetchArchiveSet(set);
  const train = await imdbReviews(set);
  expect(train).toMatchObject({ name: 'Small IMDb', source: 'the cache', citation: 'nobody' });
  expect(train.frame.rows()).toEqual([
    { review: FILES['aclImdb/train/neg/0_2.txt'], verdict: 'negative' },
    { review: 'A yawn', verdict: 'negative' },
    { review: FILES['aclImdb/train/pos/0_9.txt'], verdict: 'positive' },
    { review: 'Pure joy', verdict: 'positive' },
  ]);
  const { frame } = await imdbReviews(set, { part: 'test' });
  expect(frame.column('review')).toEqual(['Beige', 'A feast']);
  const columns = { text: 'review', label: 'verdict' } as const;
  const loaders = textLoaders({ ...train, ...columns, validationFraction: 0, minimumCount: 1 });
  expect(loaders.classes).toEqual(['negative', 'positive']);
  expect(loaders.encoding.vocabulary.words).not.toContain('br');
});

test('a folder that lacks some of them is no data set', async () => {
  const { folder: place } = await fetchArchiveSet(set);
  rmSync(path.join(place, 'aclImdb', 'train', 'neg', '10_1.txt'));
  process.env['INKWELL_DATA'] = place;
  const error = await thrownBy(imdbReviews(set));
  expect(error.code).toBe('DATA_INCOMPLETE');
  expect(error.message).toContain('aclImdb/train/neg holds 1 of 2 files (.txt)');
});

test('where IMDb is not at hand the error names the command, and nothing is asked of the network', async () => {
  mirror.answer = status(500);
  mirror.requests.length = 0;
  expect((await thrownBy(imdbReviews(set))).code).toBe('DATA_MISSING');
  expect(mirror.requests).toEqual([]);
  const error = await thrownBy(loadReviews({ source: 'public' }));
  expect(error.message).toContain('IMDb is not on this machine');
  expect(error.hint).toContain('npx inkwell data fetch imdb (84 MB)');
});
