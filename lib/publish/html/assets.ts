/**
 * The files that every page shares, gathered from this package and from the
 * libraries' own packages: style sheets, typefaces, scripts. Nothing comes from
 * a network, when the book is printed or when it is read.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { interactCss } from '../../views/interact/css';
import type { BookFile } from '../folder';
import type { SearchEntry } from '../search';

/** From `lib/publish/html` and `lib/dist/publish/html` alike, `lib/publish/assets`. */
function ownFolder(): string {
  const library = path.dirname(require.resolve('inkwell/package.json'));
  return path.join(library, 'publish', 'assets');
}

const folderOf = (name: string): string => path.dirname(require.resolve(`${name}/package.json`));

const copy = (to: string, from: string): BookFile => ({ path: to, content: { kind: 'copy', from } });
const text = (to: string, value: string): BookFile => ({
  path: to,
  content: { kind: 'bytes', bytes: Buffer.from(value) },
});

interface Face {
  readonly family: string;
  readonly package: string;
  readonly file: string;
  readonly style: 'normal' | 'italic';
  readonly weights: string;
  readonly subsets: readonly string[];
}

/** The ranges in which a browser should load each subset, as the font service that cut them declares. */
const RANGES: Readonly<Record<string, string>> = {
  latin:
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  'latin-ext':
    'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
  greek: 'U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF',
};

const WIDE = ['greek', 'latin-ext', 'latin'] as const;
const face = (family: string, name: string, style: Face['style'], weights: string): Face => ({
  family,
  package: `@fontsource-variable/${name}`,
  file: name,
  style,
  weights,
  subsets: WIDE,
});

const FACES: readonly Face[] = [
  face('Book Serif', 'source-serif-4', 'normal', '200 900'),
  face('Book Serif', 'source-serif-4', 'italic', '200 900'),
  face('Book Sans', 'source-sans-3', 'normal', '200 900'),
  face('Book Mono', 'source-code-pro', 'normal', '200 900'),
  face('Book Mono', 'source-code-pro', 'italic', '200 900'),
];

function faceRule({ family, file, style, weights }: Face, subset: string): string {
  return `@font-face{font-family:'${family}';font-style:${style};font-weight:${weights};font-display:swap;src:url(fonts/${file}-${subset}-wght-${style}.woff2) format('woff2');unicode-range:${RANGES[subset]}}`;
}

function fonts(): BookFile[] {
  const rules: string[] = [];
  const files = FACES.flatMap((each) =>
    each.subsets.map((subset) => {
      rules.push(faceRule(each, subset));
      const name = `${each.file}-${subset}-wght-${each.style}.woff2`;
      return copy(`assets/fonts/${name}`, path.join(folderOf(each.package), 'files', name));
    }),
  );
  const licences = [...new Set(FACES.map((each) => each.package))].map((name) =>
    copy(`assets/licences/${path.basename(name)}.txt`, path.join(folderOf(name), 'LICENSE')),
  );
  return [text('assets/fonts.css', `${rules.join('\n')}\n`), ...files, ...licences];
}

/** The book's own style sheet, and the rules by which interactive figures show their frames. */
async function bookStyle(): Promise<BookFile> {
  const css = await readFile(path.join(ownFolder(), 'book.css'), 'utf8');
  return text('assets/book.css', `${css}\n/* Interactive figures */\n\n${interactCss(60, 30)}\n`);
}

/** KaTeX's style sheet with its woff2 typefaces; every browser that reads these pages knows woff2. */
async function katex(): Promise<BookFile[]> {
  const folder = path.join(folderOf('katex'), 'dist');
  const css = await readFile(path.join(folder, 'katex.min.css'), 'utf8');
  const woff2Only = css.replaceAll(/,url\(fonts\/[\w-]+\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, '');
  const names = (await readdir(path.join(folder, 'fonts'))).filter((name) => name.endsWith('.woff2')).sort();
  return [
    text('assets/katex/katex.css', woff2Only),
    ...names.map((name) => copy(`assets/katex/fonts/${name}`, path.join(folder, 'fonts', name))),
    copy('assets/licences/katex.txt', path.join(folderOf('katex'), 'LICENSE')),
  ];
}

function plotly(): BookFile[] {
  const folder = folderOf('plotly.js-dist-min');
  return [
    copy('assets/plotly.min.js', path.join(folder, 'plotly.min.js')),
    copy('assets/plots.js', path.join(ownFolder(), 'plots.js')),
  ];
}

/** What searches the book, and what it searches; scripts, because a page from `file://` may fetch nothing. */
function search(entries: readonly SearchEntry[]): BookFile[] {
  const package_ = path.resolve(path.dirname(require.resolve('minisearch')), '..', '..');
  return [
    copy('assets/search.js', path.join(ownFolder(), 'search.js')),
    copy('assets/minisearch.js', path.join(package_, 'dist', 'umd', 'index.js')),
    copy('assets/licences/minisearch.txt', path.join(package_, 'LICENSE.txt')),
    text('assets/search-index.js', `window.inkwellSearchIndex = ${JSON.stringify(entries)};\n`),
  ];
}

export interface AssetOptions {
  readonly entries: readonly SearchEntry[];
  readonly hasMaths: boolean;
  readonly hasPlots: boolean;
}

/** The shared files that a book with these contents needs. */
export async function sharedAssets({ entries, hasMaths, hasPlots }: AssetOptions): Promise<BookFile[]> {
  const own = ['theme.js', 'book.js', 'icon.svg'];
  return [
    await bookStyle(),
    ...own.map((name) => copy(`assets/${name}`, path.join(ownFolder(), name))),
    ...search(entries),
    ...fonts(),
    ...(hasMaths ? await katex() : []),
    ...(hasPlots ? plotly() : []),
  ];
}
