/** The book's own bibliography, and how one is read. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from 'inkwell/core/paths';
import { uncitedWorks } from 'inkwell/publish/book';
import { parseBibliography, readBibliography } from 'inkwell/publish/citations/read';

const FILE = path.join(projectRoot(), 'data', 'bibliography.bib');

const plainLetters = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

describe('data/bibliography.bib', () => {
  it('holds entries that tell author, title, year and venue', async () => {
    expect((await readBibliography(FILE)).size).toBeGreaterThan(50);
  });

  it('has keys of the first author and the year, in order', async () => {
    const works = [...(await readBibliography(FILE)).values()];
    for (const { key, authors, year } of works) {
      const [first] = authors;
      // An organisation goes by its short name.
      const name = first?.given === undefined ? '[a-z]+' : plainLetters(first.family);
      expect(key).toMatch(new RegExp(`^${name}${year}[a-z]*$`));
    }
    const keys = works.map(({ key }) => key);
    expect(keys).toEqual([...keys].sort());
  });

  it('names each DOI once', async () => {
    const dois = [...(await readBibliography(FILE)).values()].flatMap(({ doi }) => doi ?? []);
    expect(new Set(dois).size).toBe(dois.length);
  });

  it('holds no field that is lost on the way to the page', () => {
    const fields = new Set(
      [...readFileSync(FILE, 'utf8').matchAll(/^ {2}(\w+)\s*=/gm)].map((match) => match[1]),
    );
    const known = `author booktitle doi edition editor howpublished institution journal langid number
      organization pages publisher series title type url volume year`.split(/\s+/);
    expect([...fields].filter((field) => !known.includes(field ?? ''))).toEqual([]);
  });
});

describe('parseBibliography', () => {
  it('reads names, editions and pages', () => {
    const works = parseBibliography(
      `@book{walt2020, author = {van der Walt, Stéfan and {The NumPy Team} and others}, title = {{NumPy}},
        edition = {2}, publisher = {Here and There}, year = {2020}, pages = {3--5}}`,
      'x.bib',
    );
    expect(works.get('walt2020')).toMatchObject({
      kind: 'book',
      authors: [{ family: 'van der Walt', given: 'Stéfan' }, { family: 'The NumPy Team' }],
      hasMoreAuthors: true,
      title: 'NumPy',
      edition: '2',
      publisher: 'Here and There',
      pages: '3–5',
      year: 2020,
    });
  });

  it('names everything that is missing or wrong, with its key', () => {
    const text = `@article{a, title = {A}, year = {1950}, doi = {https://doi.org/10.1000/1}}
      @book{b, author = {B, C}, title = {T}, publisher = {P}, url = {example.org}}
      @book{b, author = {B, C}, title = {T}, publisher = {P}, year = {1951}}`;
    let message = '';
    try {
      parseBibliography(text, 'x.bib');
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message.split('\n')).toEqual([
      'x.bib has entries to mend:',
      '- a: it has no author',
      '- a: it has no journal or booktitle',
      '- a: its doi is no DOI: https://doi.org/10.1000/1',
      '- b: it has no year',
      '- b: its url is no web address: example.org',
      '- b: it stands there twice',
    ]);
  });

  it('says where the notation breaks', () => {
    expect(() => parseBibliography('@book{a, title = {x}\n@book{b}', 'x.bib')).toThrow(
      /x\.bib is no BibTeX: .*line 2/s,
    );
  });

  it('says which file it misses, and who names it', async () => {
    await expect(readBibliography('/nowhere/x.bib')).rejects.toMatchObject({
      code: 'BIBLIOGRAPHY',
      message: expect.stringContaining('/nowhere/x.bib'),
    });
  });
});

test('uncitedWorks finds the works that no chapter cites', () => {
  const entry = (key: string) =>
    `@book{${key}, author = {A, B}, title = {T}, publisher = {P}, year = {2000}}`;
  const works = parseBibliography(['a', 'b', 'c'].map(entry).join('\n'), 'x.bib');
  expect(uncitedWorks(works, [{ cites: ['b'] }, { cites: [] }])).toEqual(['a', 'c']);
});
