/** The commands that the documentation tells its readers to run. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from 'inkwell/core/paths';

export interface Documented {
  /** The file that says so. */
  readonly where: string;
  /** One command, without environment, comment and redirection. */
  readonly words: readonly string[];
  /** Names of environment variables in front of it. */
  readonly variables: readonly string[];
  /** Whether it is a line to copy, in a block of them; else it is named in a sentence, maybe without its arguments. */
  readonly whole: boolean;
}

/** What a sentence may name between backticks and is a command. */
const HEADS = /^(?:[A-Z_]+=\S* )*(?:npm|npx|inkwell) \S|^(?:[A-Z_]+=\S* )*node \S+\.[cm]?js\b/;

/** Between backticks in a table, but the name of a contestant. */
const NO_COMMANDS = ['inkwell eager'];

/** All texts for readers: Markdown files, and the Markdown cells of the notebooks. */
function texts(): { readonly where: string; readonly text: string }[] {
  const root = projectRoot();
  const files = [...readdirSync(root), ...readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`)];
  const markdown = files
    .filter((name) => name.endsWith('.md'))
    .map((where) => ({ where, text: readFileSync(path.join(root, where), 'utf8') }));
  const notebooks = readdirSync(path.join(root, 'notebooks'))
    .filter((name) => name.endsWith('.ipynb'))
    .map((name) => ({ where: `notebooks/${name}`, text: prose(path.join(root, 'notebooks', name)) }));
  return [...markdown, ...notebooks];
}

function prose(file: string): string {
  const { cells } = JSON.parse(readFileSync(file, 'utf8')) as {
    cells: { cell_type: string; source: string | string[] }[];
  };
  return cells
    .filter(({ cell_type }) => cell_type === 'markdown')
    .map(({ source }) => [source].flat().join(''))
    .join('\n\n');
}

/** `A=1 npx x | y > z # why` as the commands in it. */
function commandsIn(line: string, where: string, whole: boolean): Documented[] {
  return line
    .replace(/\s+#.*$/, '')
    .split('&&')
    .map((part) => {
      const words = part
        .replace(/\s>\s*\S+/, '')
        .trim()
        .split(/\s+/);
      const start = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
      const variables = words.slice(0, start).map((word) => word.split('=')[0] ?? '');
      return { where, words: words.slice(start), variables, whole };
    });
}

/** Each command of the documentation. */
export function documentedCommands(): Documented[] {
  return texts().flatMap(({ where, text }) => {
    const blocks = [...text.matchAll(/^ *```(?:sh|bash|console|shell)\n([\s\S]*?)^ *```/gm)];
    const lines = blocks.flatMap(([, block = '']) => block.split('\n').filter((line) => line.trim() !== ''));
    const sentences = text.replace(/^ *```[\s\S]*?^ *```/gm, '');
    const named = [...sentences.matchAll(/`([^`\n]+)`/g)]
      .map(([, code = '']) => code)
      .filter((code) => HEADS.test(code) && !NO_COMMANDS.includes(code));
    return [
      ...lines.flatMap((line) => commandsIn(line, where, true)),
      ...named.flatMap((code) => alternatives(code)).flatMap((code) => commandsIn(code, where, false)),
    ];
  });
}

/** `data list|fetch` names both. */
function alternatives(code: string): string[] {
  const found = /(\S+(?:\|\S+)+)/.exec(code);
  if (found === null) return [code];
  return (found[1] as string).split('|').map((word) => code.replace(found[1] as string, word));
}
