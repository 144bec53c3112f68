import { readNotebook } from 'inkwell/notebook/read';
import { buildChapter } from 'inkwell/publish/build';
import { type SearchEntry, searchEntries } from 'inkwell/publish/search';
import { fixture } from './helpers';

const entriesOf = async (name: string): Promise<SearchEntry[]> =>
  searchEntries([buildChapter(await readNotebook(fixture(name)), { source: fixture(name) })]);

test('each section is an entry with its page, anchor, heading and chapter', async () => {
  const [first, second] = await entriesOf('02-curves');
  expect(first).toMatchObject({
    href: '02-curves.html',
    title: 'Curves that fall',
    chapter: '02 Curves that fall',
  });
  expect(second).toMatchObject({ href: '02-curves.html#the-loss-falls', title: 'The loss falls' });
});

test('prose comes before code; formulas are readable, outputs left out', async () => {
  const entries = await entriesOf('02-curves');
  const byHand = entries.find(({ title }) => title === 'By hand');
  expect(byHand?.text).toMatch(/^The idea is old.*with numbers.*trainOne\(epoch\)/s);
  const all = entries.map(({ text }) => text).join(' ');
  expect(all).toContain('∇');
  expect(all).not.toContain('nabla');
  expect(all).not.toContain('epoch 1: 100%');
  expect(all).not.toContain('Set-up that no reader needs');
});

test('what is folded can be found', async () => {
  const all = (await entriesOf('02-curves')).map(({ text }) => text).join(' ');
  expect(all).toContain('each step goes downhill');
});
