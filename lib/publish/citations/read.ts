/**
 * Reads a bibliography: a `.bib` file in BibLaTeX's or BibTeX's notation, what
 * authors of the field keep and every reference manager writes. citation-js
 * makes CSL-JSON of it; here that becomes `Work`s, each of them checked.
 *
 * Source of the fields: Citation Style Language 1.0.2, https://docs.citationstyles.org
 */
import { readFile } from 'node:fs/promises';
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { InkwellError, messageOf } from '../../core/errors';
import { type Bibliography, type PersonName, type Work, type WorkKind, workProblems } from './work';

interface CslName {
  readonly family?: string;
  readonly given?: string;
  readonly 'non-dropping-particle'?: string;
}

type CslEntry = { readonly [field: string]: unknown };

const KINDS: { readonly [type: string]: WorkKind } = {
  'article-journal': 'article',
  'article-magazine': 'article',
  'paper-conference': 'part',
  chapter: 'part',
  book: 'book',
  thesis: 'thesis',
};

/** BibTeX's word for the authors that an entry leaves out. */
const OTHERS = 'others';

function textOf(value: unknown): string | undefined {
  // BibLaTeX takes publishers for lists and splits them at "and".
  const text = Array.isArray(value) ? value.join(' and ') : value;
  if (typeof text === 'number') return String(text);
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

function namesIn(value: unknown): PersonName[] {
  return ((value ?? []) as readonly CslName[]).map(({ family = '', given, ...rest }) => {
    const particle = rest['non-dropping-particle'];
    const name = particle === undefined ? family : `${particle} ${family}`;
    return given === undefined ? { family: name } : { family: name, given };
  });
}

function yearOf(value: unknown): number {
  const parts = (value as { 'date-parts'?: number[][] } | undefined)?.['date-parts'];
  return parts?.[0]?.[0] ?? Number.NaN;
}

function workOf(entry: CslEntry): Work {
  const named = namesIn(entry['author']);
  return {
    key: String(entry['id']),
    kind: KINDS[String(entry['type'])] ?? 'other',
    authors: named.filter(({ family }) => family !== OTHERS),
    hasMoreAuthors: named.some(({ family }) => family === OTHERS),
    title: textOf(entry['title']) ?? '',
    year: yearOf(entry['issued']),
    container: textOf(entry['container-title']),
    editors: namesIn(entry['editor']),
    series: textOf(entry['collection-title']),
    volume: textOf(entry['volume']),
    issue: textOf(entry['issue']),
    pages: textOf(entry['page'])?.replace(/-+/g, '–'),
    edition: textOf(entry['edition']),
    publisher: textOf(entry['publisher']),
    genre: textOf(entry['genre']),
    doi: textOf(entry['DOI']),
    url: textOf(entry['URL']),
  };
}

function parsed(text: string, name: string): CslEntry[] {
  try {
    const options = { forceType: '@biblatex/text', generateGraph: false };
    return plugins.input.chain(text, options) as CslEntry[];
  } catch (error) {
    throw new InkwellError('BIBLIOGRAPHY', `${name} is no BibTeX: ${messageOf(error)}`, {
      hint: 'An entry reads @article{key, author = {…}, title = {…}, year = {…}, journal = {…}}; outside entries there may be no @.',
      cause: error,
    });
  }
}

/**
 * The works in a text.
 *
 * @param text in BibTeX's notation.
 * @param name what to call it in errors, usually its path.
 * @throws InkwellError `BIBLIOGRAPHY` where it cannot be parsed, two entries share a key, or an entry
 *   lacks author, title, year or venue; every entry that is wrong is named.
 */
export function parseBibliography(text: string, name: string): Bibliography {
  const works = new Map<string, Work>();
  const problems: string[] = [];
  for (const work of parsed(text, name).map(workOf)) {
    if (works.has(work.key)) problems.push(`${work.key}: it stands there twice`);
    problems.push(...workProblems(work).map((problem) => `${work.key}: ${problem}`));
    works.set(work.key, work);
  }
  if (problems.length === 0) return works;
  throw new InkwellError('BIBLIOGRAPHY', `${name} has entries to mend:\n- ${problems.join('\n- ')}`);
}

/**
 * The works in a file.
 *
 * @throws InkwellError `BIBLIOGRAPHY` where it cannot be read, and all that `parseBibliography` throws.
 */
export async function readBibliography(file: string): Promise<Bibliography> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new InkwellError('BIBLIOGRAPHY', `the bibliography cannot be read: ${messageOf(error)}`, {
      hint: 'notebooks/book.json names it as "bibliography", relative to itself.',
      cause: error,
    });
  }
  return parseBibliography(text, file);
}
