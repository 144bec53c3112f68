/** The language server's completions as Jupyter wants them. */
import type { CompletionList, CompletionItem as ServerItem } from 'vscode-languageserver-protocol';
import type { Completion, CompletionItem } from './model';
import { INTERNAL, LINES_ABOVE } from './present';
import { offsetAt, wordEnd, wordStart } from './words';

/** What the server gives: a list, its items, or nothing. */
export type ServerCompletions = CompletionList | ServerItem[] | null;

/** A server's item with the text it stands for. */
export interface Candidate {
  readonly text: string;
  readonly item: ServerItem;
}

export interface Candidates {
  readonly start: number;
  readonly end: number;
  readonly items: readonly Candidate[];
}

/** The items that continue what stands before the cursor, in the server's order. */
export function candidatesAt(code: string, offset: number, answer: ServerCompletions): Candidates {
  const list = answer === null ? [] : Array.isArray(answer) ? answer : answer.items;
  const start = startOf(code, offset, list, Array.isArray(answer) ? null : answer);
  const typed = code.slice(start, offset);
  const all = [...list]
    .sort((a, b) => compare(a.sortText ?? a.label, b.sortText ?? b.label) || compare(a.label, b.label))
    .map((item) => ({ text: textOf(item), item }))
    .filter(({ text }) => !text.startsWith(INTERNAL));
  const exact = all.filter(({ text }) => text.startsWith(typed));
  const items = exact.length > 0 ? exact : all.filter(({ text }) => sameStart(text, typed));
  return { start, end: Math.max(offset, wordEnd(code, offset)), items: distinct(items) };
}

/** The reply; `details` are signatures by text, where the server was asked for them. */
export function toCompletion(
  { start, end, items }: Candidates,
  details: ReadonlyMap<string, string>,
): Completion {
  const described = items.map(({ text, item }): CompletionItem => {
    const signature = details.get(text);
    const type = KINDS[item.kind ?? 0] ?? 'statement';
    return signature === undefined ? { text, type } : { text, type, signature };
  });
  return { matches: described.map(({ text }) => text), start, end, items: described };
}

/** The server says where a completed module path or string member starts; elsewhere it is the word's start. */
function startOf(
  code: string,
  offset: number,
  list: readonly ServerItem[],
  answer: CompletionList | null,
): number {
  const defaultRange = answer?.itemDefaults?.editRange;
  // `[Symbol.iterator]` and `?.member` would replace the dot as well; they are no continuations of a word.
  const edit = list.find(
    ({ textEdit }) => textEdit !== undefined && !/^[?.[]/.test(textEdit.newText),
  )?.textEdit;
  const range = edit === undefined ? defaultRange : 'range' in edit ? edit.range : edit.replace;
  const replaced = range === undefined ? undefined : 'insert' in range ? range.replace : range;
  const word = wordStart(code, offset);
  if (replaced === undefined) return word;
  const { line, character } = replaced.start;
  const start = offsetAt(code, { line: line - LINES_ABOVE, character });
  return start <= offset ? Math.min(start, offset) : word;
}

function textOf({ label, insertText, textEdit, filterText }: ServerItem): string {
  const text = textEdit?.newText ?? insertText ?? label;
  return text.startsWith('?.') ? (filterText ?? label) : text;
}

function sameStart(text: string, typed: string): boolean {
  return text.toLowerCase().startsWith(typed.toLowerCase());
}

function distinct(items: readonly Candidate[]): Candidate[] {
  return [...new Map(items.map((candidate) => [candidate.text, candidate])).values()];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** From the protocol's numbers to the words that Jupyter front ends know from IPython. */
const KINDS: Readonly<Record<number, string>> = {
  2: 'function',
  3: 'function',
  4: 'function',
  5: 'property',
  6: 'instance',
  7: 'class',
  8: 'interface',
  9: 'module',
  10: 'property',
  12: 'statement',
  13: 'enum',
  14: 'keyword',
  17: 'path',
  19: 'path',
  20: 'enum',
  21: 'instance',
  22: 'class',
  25: 'type',
};
