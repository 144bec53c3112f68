/**
 * Code with its words marked by kind, at build time.
 *
 * Shiki parses with the same grammars as an editor. Instead of one of its
 * colour themes we give each kind of word a class (`tk-keyword`), so that the
 * page's style sheet holds both palettes, with contrast we can vouch for, and
 * the markup stays small.
 */
import type { HighlighterCore, LanguageRegistration, ThemeRegistration } from 'shiki/core';
import { escapeHtml } from '../../core/html';
import { codeLine, type Piece } from './code-line';

const KINDS: readonly (readonly [kind: string, scopes: readonly string[]])[] = [
  ['comment', ['comment', 'punctuation.definition.comment', 'string.comment']],
  ['string', ['string', 'punctuation.definition.string', 'markup.inline.raw', 'string.regexp']],
  ['number', ['constant.numeric', 'constant.language', 'constant.character.escape', 'support.constant']],
  [
    'keyword',
    ['keyword', 'storage', 'keyword.operator.new', 'keyword.operator.expression', 'variable.language'],
  ],
  ['function', ['entity.name.function', 'support.function', 'meta.function-call entity.name.function']],
  [
    'type',
    [
      'entity.name.type',
      'support.type',
      'support.class',
      'entity.name.class',
      'entity.other.inherited-class',
    ],
  ],
  [
    'name',
    [
      'entity.name.tag',
      'support.type.property-name',
      'entity.other.attribute-name',
      'meta.object-literal.key',
    ],
  ],
  ['punctuation', ['punctuation', 'meta.brace', 'keyword.operator', 'storage.type.function.arrow']],
  [
    'plain',
    ['meta.template.expression', 'punctuation.definition.template-expression', 'keyword.operator.type'],
  ],
  ['inserted', ['markup.inserted']],
  ['deleted', ['markup.deleted']],
];

/** A colour that is only a number: the place of the kind in the list. */
const colourOf = (index: number): string => `#${(index + 1).toString(16).padStart(6, '0')}`;

const theme: ThemeRegistration = {
  name: 'inkwell',
  fg: '#000000',
  bg: '#ffffff',
  settings: KINDS.map(([, scope], index) => ({
    scope: [...scope],
    settings: { foreground: colourOf(index) },
  })),
};

const kindOfColour = new Map(KINDS.map(([kind], index) => [colourOf(index), kind]));

type LanguageModule = { readonly default: LanguageRegistration[] };

/** Languages of the book, loaded when a block first needs them; others are printed plain. */
const LANGUAGES: Readonly<Record<string, () => Promise<LanguageModule>>> = {
  typescript: () => import('shiki/langs/typescript.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  shellscript: () => import('shiki/langs/shellscript.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
};

const ALIASES: Readonly<Record<string, string>> = {
  ts: 'typescript',
  js: 'javascript',
  sh: 'shellscript',
  bash: 'shellscript',
  shell: 'shellscript',
  console: 'shellscript',
  py: 'python',
};

/** The grammar's name for what an author wrote after the fence; undefined where there is none. */
export function languageName(word: string): string | undefined {
  const name = ALIASES[word.toLowerCase()] ?? word.toLowerCase();
  return name in LANGUAGES ? name : undefined;
}

export interface CodeBlock {
  readonly source: string;
  /** What stands after the fence (`ts`, `bash`) or the notebook's language. */
  readonly language: string;
}

async function createCore(languages: readonly string[]): Promise<HighlighterCore> {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/javascript'),
  ]);
  const langs = await Promise.all(languages.flatMap((name) => LANGUAGES[name]?.() ?? []));
  return createHighlighterCore({
    themes: [theme],
    langs: langs.map((module) => module.default),
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
}

/** Lines beyond so many characters are no code that somebody reads. */
const LONGEST_LINE = 20_000;

function marked(core: HighlighterCore, source: string, language: string): string {
  const { tokens } = core.codeToTokens(source, {
    lang: language,
    theme: 'inkwell',
    // A limit by length, not by time: on a busy machine the same code must give the same page.
    tokenizeTimeLimit: 0,
    tokenizeMaxLineLength: LONGEST_LINE,
  });
  return tokens.map((line, i) => codeLine(line.map(pieceOf), { isLast: i === tokens.length - 1 })).join('');
}

const pieceOf = ({ color, content }: { readonly color?: string; readonly content: string }): Piece => ({
  kind: kindOfColour.get((color ?? '').toLowerCase()),
  text: content,
});

/**
 * The HTML of each block's content, words marked by kind, in lines that can wrap; languages without a
 * grammar are only escaped.
 */
export async function highlightBlocks(blocks: readonly CodeBlock[]): Promise<string[]> {
  const names = new Set(blocks.flatMap(({ language }) => languageName(language) ?? []));
  const core = names.size === 0 ? undefined : await createCore([...names].sort());
  const html = blocks.map(({ source, language }) => {
    const name = languageName(language);
    return name === undefined || core === undefined ? escapeHtml(source) : marked(core, source, name);
  });
  core?.dispose();
  return html;
}
