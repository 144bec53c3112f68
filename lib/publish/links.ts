/**
 * Links between chapters, inside them and to files: notebooks' addresses
 * become pages' addresses, and what leads nowhere is reported.
 */
import path from 'node:path';
import type { Element } from 'hast';
import { type Chapter, pageOf, visitElements } from './chapter';
import { nearestKey } from './citations/nearest';
import { decodeAddress } from './media';
import { collectIn, type Problem, type Report } from './problems';
import { dropArticles, followReference, namesCell } from './references';
import { AUTHOR_PREFIX } from './sections';
import { slugOf } from './slugs';

/**
 * The page's id for an anchor as an author wrote it: as it is, as an id of the
 * author's own HTML, or in Jupyter's spelling of a heading (`#The-ReLU`).
 */
function anchorIn(chapter: Chapter, fragment: string): string | undefined {
  const name = decodeAddress(fragment);
  return [name, `${AUTHOR_PREFIX}${name}`, slugOf(name)].find((id) => id !== '' && chapter.anchors.has(id));
}

function chapterAt(address: string, from: Chapter, chapters: readonly Chapter[]): Chapter | undefined {
  const file = path.resolve(path.dirname(from.source), decodeAddress(address));
  // Executed copies stand in another folder than the notebooks that link to one another.
  return (
    chapters.find((chapter) => chapter.source === file) ??
    chapters.find((chapter) => path.basename(chapter.source) === path.basename(file))
  );
}

function didYouMean(name: string, known: readonly string[]): string | undefined {
  const near = nearestKey(name, known);
  return near === undefined ? undefined : `did you mean ${near}?`;
}

/** The parts of a link: the chapter that it leads to, that chapter's page ('' for the link's own), the fragment. */
interface Destination {
  readonly target: Chapter;
  readonly page: string;
  readonly fragment: string;
}

function destinationOf(
  href: string,
  from: Chapter,
  chapters: readonly Chapter[],
  report: Report,
): Destination | undefined {
  const hash = href.indexOf('#');
  const address = hash < 0 ? href : href.slice(0, hash);
  const fragment = hash < 0 ? '' : href.slice(hash + 1);
  const target = address === '' ? from : chapterAt(address, from, chapters);
  if (target !== undefined) return { target, page: address === '' ? '' : pageOf(target), fragment };
  report(
    'dead-link',
    `the link ${href} leads to a notebook that is not in the book`,
    didYouMean(
      path.basename(decodeAddress(address)),
      chapters.map(({ source }) => path.basename(source)),
    ) ?? 'correct the file name',
  );
  return undefined;
}

function resolved(href: string, { target, page, fragment }: Destination, report: Report): string | undefined {
  if (fragment === '') return page === '' ? '#page-main' : page;
  const anchor = anchorIn(target, fragment);
  if (anchor !== undefined) return `${page}#${encodeURIComponent(anchor)}`;
  const known = target.headings.map(({ id }) => `#${id}`);
  report(
    'dead-link',
    `the link ${href} leads to no anchor in ${path.basename(target.source)}`,
    didYouMean(`#${slugOf(decodeAddress(fragment))}`, known) ?? `it has ${known.join(' ') || 'none'}`,
  );
  return page === '' ? undefined : page;
}

const isElsewhere = (href: string): boolean => /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(href);

function follow(link: Element, from: Chapter, chapters: readonly Chapter[], report: Report): void {
  const href = link.properties['href'];
  if (typeof href !== 'string' || href.startsWith('media/')) return;
  if (isElsewhere(href)) {
    link.properties['rel'] = ['noopener', 'noreferrer'];
    return;
  }
  const destination = destinationOf(href, from, chapters, report);
  if (destination !== undefined && namesCell(destination.fragment)) {
    followReference(link, destination.fragment, { ...destination, report });
    return;
  }
  const target = destination === undefined ? undefined : resolved(href, destination, report);
  if (target === undefined) delete link.properties['href'];
  else link.properties['href'] = target;
}

/** Points every link of a chapter at its page, in place; the problems found. */
export function resolveLinks(from: Chapter, chapters: readonly Chapter[]): Problem[] {
  const problems: Problem[] = [];
  const notebook = path.basename(from.source);
  visitElements(from.tree, (element, cell) => {
    if (element.tagName === 'a') follow(element, from, chapters, collectIn(problems, notebook, cell));
  });
  dropArticles(from.tree);
  return problems;
}
