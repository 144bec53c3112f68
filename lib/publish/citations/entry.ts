/**
 * A work's entry in a list of references.
 *
 * Source of the style: The Chicago Manual of Style, author–date.
 */
import type { ElementContent } from 'hast';
import { h } from '../elements';
import type { WorkLabel } from './labels';
import type { PersonName, Work } from './work';

const text = (value: string): ElementContent => ({ type: 'text', value });
const emphasis = (value: string): ElementContent => h('em', {}, value);

const listed = (names: readonly string[]): string =>
  names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;

const inOrderOfSpeech = ({ family, given }: PersonName): string =>
  given === undefined ? family : `${given} ${family}`;

/** `LeCun, Yann, and Corinna Cortes`: the first name turned round, for the alphabet. */
function authorsOf({ authors, hasMoreAuthors }: Work): string {
  const [first, ...others] = authors;
  const turned =
    first === undefined ? '' : first.given === undefined ? first.family : `${first.family}, ${first.given}`;
  const names = [turned, ...others.map(inOrderOfSpeech)];
  if (hasMoreAuthors) return `${names.join(', ')}, et al.`;
  if (names.length === 2) return names.join(turned.includes(',') ? ', and ' : ' and ');
  return listed(names);
}

/** With a full stop, unless a mark ends it already. */
const closed = (value: string): string => (/[.?!]$/.test(value) ? value : `${value}.`);

function edition(value: string | undefined): string {
  const ordinal: { readonly [number: string]: string } = { 2: '2nd', 3: '3rd' };
  return value === undefined ? '' : ` ${ordinal[value] ?? `${value}th`} ed.`;
}

function article({ container = '', volume, issue, pages }: Work): ElementContent[] {
  const numbers = `${volume === undefined ? '' : ` ${volume}`}${issue === undefined ? '' : ` (${issue})`}`;
  return [text(' '), emphasis(container), text(`${numbers}${pages === undefined ? '' : `: ${pages}`}.`)];
}

function part({
  container = '',
  editors,
  series,
  volume,
  pages,
  publisher,
  edition: number,
}: Work): ElementContent[] {
  const edited = editors.length === 0 ? '' : `, edited by ${listed(editors.map(inOrderOfSpeech))}`;
  const shelf = [series, volume].filter((each) => each !== undefined).join(' ');
  const rest = [
    `${edited}${pages === undefined ? '' : `, ${pages}`}.`,
    edition(number),
    shelf === '' ? '' : ` ${series === undefined ? `Volume ${shelf}` : shelf}.`,
    publisher === undefined ? '' : ` ${publisher}.`,
  ];
  return [text(' In '), emphasis(container), text(rest.join(''))];
}

function venue(work: Work): ElementContent[] {
  const { kind, publisher = '', genre } = work;
  if (kind === 'article') return article(work);
  if (kind === 'part') return part(work);
  if (kind === 'book') return [text(`${edition(work.edition)} ${closed(publisher)}`)];
  return [text(` ${genre === undefined ? '' : `${genre}, `}${closed(publisher)}`)];
}

function link({ doi, url }: Work): ElementContent[] {
  if (doi !== undefined)
    return [text(' '), h('a', { href: `https://doi.org/${encodeURI(doi)}` }, `doi:${doi}`)];
  return url === undefined ? [] : [text(' '), h('a', { href: url }, url.replace(/^https?:\/\/|\/$/g, ''))];
}

/** What the entry says, from the authors to the link. */
export function entryOf(work: Work, { year }: WorkLabel): ElementContent[] {
  const title =
    work.kind === 'book'
      ? [emphasis(work.title), text(/[?!]$/.test(work.title) ? '' : '.')]
      : [text(`“${closed(work.title)}”`)];
  return [text(`${closed(authorsOf(work))} ${year}. `), ...title, ...venue(work), ...link(work)];
}
