/**
 * Formulas and highlighted code: most of a print's time, and the same from one
 * print to the next. They are kept in a file of the cache, each under a hash
 * of what it was made from and by, so that only cells that changed are made anew.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { version as katexVersion } from 'katex';
import { version as shikiVersion } from 'shiki/package.json';
import { writeWhole } from '../../core/write-whole';
import { type CodeBlock, highlightBlocks } from './highlight';
import { type Formula, type SetFormula, setFormula } from './maths';

export interface Leaves {
  /** The HTML of a code block's content. */
  readonly highlight: (block: CodeBlock) => string;
  readonly setFormula: (formula: Formula) => SetFormula;
  /** How many were made anew, of how many. */
  readonly made: number;
  readonly count: number;
}

/** Raise it where the same source shall become other markup. */
const FORMAT = 2;
const MAKERS = `${FORMAT} katex ${katexVersion} shiki ${shikiVersion}`;

const keyOf = (kind: string, ...parts: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([MAKERS, kind, ...parts]))
    .digest('base64url')
    .slice(0, 24);

const codeKey = ({ source, language }: CodeBlock): string => keyOf('code', language, source);
const formulaKey = ({ tex, kind }: Formula): string => keyOf(kind, tex);

/** Each different item once, with its key. */
function distinct<T>(items: readonly T[], keyFor: (item: T) => string): [string, T][] {
  return [...new Map(items.map((item) => [keyFor(item), item]))];
}

interface Kept {
  readonly code: { readonly [key: string]: string | undefined };
  readonly formulas: { readonly [key: string]: SetFormula | undefined };
}

async function readKept(file: string | undefined): Promise<Kept> {
  const none: Kept = { code: {}, formulas: {} };
  if (file === undefined) return none;
  try {
    const kept = JSON.parse(await readFile(file, 'utf8')) as Partial<Kept> | null;
    return { code: { ...kept?.code }, formulas: { ...kept?.formulas } };
  } catch {
    // Missing or damaged: everything is made anew.
    return none;
  }
}

async function keep(file: string, kept: Kept): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeWhole(file, JSON.stringify(kept));
  } catch {
    // Where nothing can be kept the next print is slower, no more; an unwritable book says so itself.
  }
}

/**
 * Makes, or takes from the file, everything that these chapters hold.
 *
 * @param file keeps them for the next print; undefined keeps nothing.
 */
export async function prepareLeaves(
  blocks: readonly CodeBlock[],
  formulas: readonly Formula[],
  file: string | undefined,
): Promise<Leaves> {
  const kept = await readKept(file);
  const code = new Map(Object.entries(kept.code));
  const set = new Map(Object.entries(kept.formulas));
  const newBlocks = distinct(blocks, codeKey).filter(([key]) => !code.has(key));
  const html = await highlightBlocks(newBlocks.map(([, block]) => block));
  newBlocks.forEach(([key], index) => {
    code.set(key, html[index] ?? '');
  });
  const newFormulas = distinct(formulas, formulaKey).filter(([key]) => !set.has(key));
  for (const [key, formula] of newFormulas) set.set(key, setFormula(formula));

  const made = newBlocks.length + newFormulas.length;
  const used = {
    code: distinct(blocks, codeKey).map(([key]) => [key, code.get(key)] as const),
    formulas: distinct(formulas, formulaKey).map(([key]) => [key, set.get(key)] as const),
  };
  if (file !== undefined && made > 0) {
    await keep(file, { code: Object.fromEntries(used.code), formulas: Object.fromEntries(used.formulas) });
  }
  return {
    highlight: (block) => code.get(codeKey(block)) ?? '',
    setFormula: (formula) => set.get(formulaKey(formula)) ?? setFormula(formula),
    made,
    count: used.code.length + used.formulas.length,
  };
}
