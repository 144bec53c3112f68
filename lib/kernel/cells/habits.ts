/**
 * Habits from other kernels (IPython's magics, shell escapes and question
 * marks) are no TypeScript, and the compiler's words for them help nobody. They
 * are recognised only where a cell has failed: `!ready` is a fine expression.
 */
import type { CellDiagnostic } from './diagnostics';

interface Habit {
  readonly pattern: RegExp;
  readonly message: (match: RegExpMatchArray) => string;
}

const HABITS: readonly Habit[] = [
  {
    pattern: /^\s*%%(?:javascript|js|typescript|ts)\b/,
    message: ([text]) =>
      `${text?.trim()} is a cell magic of IPython: here every cell is TypeScript already, leave the line out`,
  },
  {
    pattern: /^\s*%%html\b/,
    message: () =>
      `%%html is a cell magic of IPython: here write display({ 'text/html': '…' }, { raw: true }), or JSX`,
  },
  {
    pattern: /^\s*%%(?:bash|sh|script|!)|^\s*%(?:sx|system)\b/,
    message: ([text]) =>
      `${text?.trim()} is a magic of IPython: here write import { execSync } from 'node:child_process'; execSync('…', { encoding: 'utf8' })`,
  },
  {
    pattern: /^\s*%%?time(?:it)?\b/,
    message: ([text]) =>
      `${text?.trim()} is a magic of IPython: here write console.time('t'); …; console.timeEnd('t')`,
  },
  {
    pattern: /^\s*%matplotlib\b/,
    message: () => '%matplotlib is a magic of IPython: plots show here without it, leave the line out',
  },
  {
    pattern: /^\s*%cd\s+(\S+)/,
    message: ([, folder]) => `%cd is a magic of IPython: here write process.chdir('${folder}')`,
  },
  {
    pattern: /^\s*[%!](?:pip|conda|npm|yarn|pnpm)\b/,
    message: ([text]) =>
      `${text?.trim()} is a command of IPython: here run npm install in a terminal, in the notebook's folder`,
  },
  {
    pattern: /^\s*%%?[a-zA-Z]\w*/,
    message: ([text]) => `${text?.trim()} is a magic of IPython, which this TypeScript kernel does not have`,
  },
  {
    pattern: /^\s*!\s*([^\s=].*)/,
    message: ([, command]) =>
      `!${command} is a shell escape of IPython: here write import { execSync } from 'node:child_process'; execSync('${command?.replace(/'/g, "\\'")}', { encoding: 'utf8' })`,
  },
  {
    pattern: /^\s*\?{0,2}[\w.$]+\?{1,2}\s*$|^\s*\?{1,2}[\w.$]+\s*$/,
    message: ([text]) => {
      const name = text?.replace(/\?/g, '').trim();
      return `${text?.trim()} asks IPython for help: here write ?${name} as the only line of a cell, or press Shift-Tab behind ${name}`;
    },
  },
];

/** The diagnostics, those on a line that is a habit replaced by one that says what to write here. */
export function explainHabits(diagnostics: readonly CellDiagnostic[], code: string): CellDiagnostic[] {
  const lines = code.split(/\r\n|[\n\r]/);
  const explained = new Set<number>();
  return diagnostics.flatMap((diagnostic) => {
    const text = lines[diagnostic.line] ?? '';
    for (const { pattern, message } of HABITS) {
      const match = pattern.exec(text);
      if (match === null) continue;
      if (explained.has(diagnostic.line)) return [];
      explained.add(diagnostic.line);
      const column = text.length - text.trimStart().length;
      return [
        {
          ...diagnostic,
          code: 0,
          message: message(match),
          column,
          endLine: diagnostic.line,
          endColumn: text.trimEnd().length,
        },
      ];
    }
    return [diagnostic];
  });
}
