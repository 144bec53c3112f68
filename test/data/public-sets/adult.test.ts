import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fetchDataSet } from 'inkwell/data/fetch';
import { adultIncomes, loadIncomes } from 'inkwell/data/incomes';
import { cacheFolder } from 'inkwell/data/locate';
import { parseAdult } from 'inkwell/data/public-sets/adult';
import { tableLoaders } from 'inkwell/data/tables/table-loaders';
import { type Mirror, serving, startMirror, status } from '../server';
import { asIsDataSet, temporaryFolders, thrownBy, withEnvironment } from '../support';

const folder = temporaryFolders();
withEnvironment(() => ({
  INKWELL_CACHE: folder(),
  INKWELL_DATA: undefined,
  INKWELL_DATASETS: undefined,
  INKWELL_OFFLINE: undefined,
}));

let mirror: Mirror;
beforeAll(async () => {
  mirror = await startMirror(status(404));
});
afterAll(() => mirror.close());

/** In the layout of the real files; the people are invented. */
const TRAIN = `39, State-gov, 77516, Bachelors, 13, Never-married, Adm-clerical, Not-in-family, White, Male, 2174, 0, 40, United-States, <=50K
52, ?, 209642, HS-grad, 9, Divorced, ?, Unmarried, Black, Female, 0, 0, 45, ?, >50K

`;
const TEST = `|1x3 Cross validator
25, Private, 226802, 11th, 7, Never-married, Sales, Own-child, Other, Male, 0, 1902, 20, Cuba, <=50K.
28, Local-gov, 336951, Assoc-acdm, 12, Divorced, Sales, Husband, White, Male, 0, 0, 40, United-States, >50K.
`;
const files = new Map([
  ['adult.data', Buffer.from(TRAIN)],
  ['adult.test', Buffer.from(TEST)],
]);

test('both halves are fetched from a mirror as they are, and read with their quirks', async () => {
  mirror.answer = serving(files);
  const dataSet = asIsDataSet('small-adult', [mirror.url], files);
  const report = await fetchDataSet(dataSet);
  expect(report.fetched.map(({ name }) => name)).toEqual(['adult.data', 'adult.test']);
  expect(existsSync(path.join(cacheFolder('small-adult'), 'adult.data'))).toBe(true);
  expect((await fetchDataSet(dataSet)).fetched).toEqual([]);

  const train = await adultIncomes(dataSet);
  expect(train).toMatchObject({ name: 'A Small Set', source: 'the cache' });
  expect(train.frame.row(0)).toMatchObject({
    age: 39,
    workClass: 'State-gov',
    capitalGain: 2174,
    income: '<=50K',
  });
  expect(train.frame.row(1)).toMatchObject({
    workClass: null,
    occupation: null,
    nativeCountry: null,
    income: '>50K',
  });
  const { frame } = await adultIncomes(dataSet, { part: 'test' });
  expect(frame.column('income')).toEqual(['<=50K', '>50K']);
  expect(frame.column('capitalLoss')).toEqual([1902, 0]);
  const columns = { target: 'income', categorical: ['sex', 'occupation'], numeric: ['age'] } as const;
  const loaders = tableLoaders({ ...train, ...columns, validationFraction: 0 });
  expect([loaders.name, ...loaders.classes]).toEqual(['A Small Set', '<=50K', '>50K']);
});

test('a damaged copy is refused, and what to do stands beside it', async () => {
  mirror.answer = serving(files);
  const dataSet = asIsDataSet('small-adult', [mirror.url], files);
  const { folder: cached } = await fetchDataSet(dataSet);
  writeFileSync(path.join(cached, 'adult.test'), TEST.replace('25, ', '26, '));
  expect((await thrownBy(adultIncomes(dataSet))).code).toBe('DATA_CHECKSUM');
  writeFileSync(path.join(cached, 'adult.test'), TEST.slice(0, 50));
  const error = await thrownBy(adultIncomes(dataSet));
  expect(error.message).toMatch(/adult\.test is cut short: 50 of \d+ bytes/);
  expect((await fetchDataSet(dataSet)).fetched.map(({ name }) => name)).toEqual(['adult.test']);
});

test('what sends a web page, or another file, is no mirror', async () => {
  const dataSet = asIsDataSet('small-adult', [mirror.url], files);
  mirror.answer = serving(new Map([...files].map(([name]) => [name, Buffer.from('<!doctype html>')])));
  expect((await thrownBy(fetchDataSet(dataSet))).code).toBe('DATA_HTML');
  mirror.answer = serving(new Map([...files].map(([name, bytes]) => [name, Buffer.from(bytes).reverse()])));
  expect((await thrownBy(fetchDataSet(dataSet))).code).toBe('DATA_CHECKSUM');
});

test('where Adult is not at hand the error names the command, and nothing is asked of the network', async () => {
  const error = await thrownBy(loadIncomes({ source: 'public' }));
  expect(error.code).toBe('DATA_MISSING');
  expect(error.message).toContain('Adult is not on this machine');
  expect(error.hint).toContain('`npx inkwell data fetch adult`');
  expect(error.hint).toContain('CC BY 4.0');
  process.env['INKWELL_DATASETS'] = 'made';
  expect((await thrownBy(loadIncomes({ source: 'public' }))).message).toContain('INKWELL_DATASETS=made');
});

test('a line that is none of theirs is named', () => {
  const [line = ''] = TRAIN.split('\n');
  expect(() => parseAdult(`${line}\n1, 2, 3`, 'adult.data')).toThrow(
    'adult.data, line 2: expected 15 values, got 3',
  );
  expect(() => parseAdult(line.replace('39', 'old'), 'x')).toThrow(
    'x, line 1: value 1 must be a number, got old',
  );
  expect(() => parseAdult(line.replace('<=50K', 'much'), 'x')).toThrow(
    'the income must be <=50K or >50K, got much',
  );
});
