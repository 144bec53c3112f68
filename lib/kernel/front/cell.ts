/**
 * One cell, from its text to its outcome: compiled and checked at the same
 * time, run only where both are content.
 */
import { messageOf } from '../../core/errors';
import type { CompiledCell } from '../cells/compile';
import { type CellDiagnostic, formatDiagnostics } from '../cells/diagnostics';
import { explainHabits } from '../cells/habits';
import { newCellHistory } from '../cells/history';
import { importsReact, jsxSettings } from '../cells/jsx-settings';
import type { CellSource } from '../cells/source';
import { CellSyntaxError } from '../cells/syntax-error';
import type { ErrorReport, Outcome } from '../session/channel';
import type { TypeService } from '../types/service';
import { loadCompiler } from './compiler';
import type { Host, RunRequest } from './host';

export interface CellRunner {
  /** Runs a cell. `warn` takes what the reader should know though nothing failed. */
  run(source: CellSource, request: RunRequest, warn: (text: string) => void): Promise<Outcome>;
  /** Evaluates one of `user_expressions`: not checked, its result returned. */
  expression(source: CellSource, request: RunRequest): Promise<Outcome>;
  /** The session ended, and all that earlier cells had done in it. */
  forget(): void;
}

/** `// @ts-nocheck` above the first statement. */
const NO_CHECK = /^(?:\s|\/\/.*\n|\/\*[\s\S]*?\*\/)*\/\/\s*@ts-nocheck\b/;

/** An interrupt came while the cell was compiled and checked. */
const INTERRUPTED_BEFORE: Outcome = {
  status: 'interrupted',
  ename: 'Interrupted',
  evalue: 'the cell was interrupted before it ran',
  traceback: ['Interrupted: the cell was interrupted before it ran.'],
};

/** @param enabled whether cells are checked before they run */
export function createCellRunner(host: Host, types: TypeService, enabled: boolean): CellRunner {
  let committed: Promise<unknown> = Promise.resolve();
  let history = newCellHistory();

  async function compile(source: CellSource): Promise<CompiledCell> {
    const { compileCell } = loadCompiler();
    return compileCell(source, { history });
  }

  /** The errors that keep a cell from running; a broken type service keeps nothing. */
  async function check(source: CellSource, warn: (text: string) => void): Promise<CellDiagnostic[]> {
    if (!enabled || NO_CHECK.test(source.code)) return [];
    try {
      await committed;
      return await types.check(source);
    } catch (thrown) {
      warn(`The types of this cell were not checked: ${messageOf(thrown)}\n`);
      return [];
    }
  }

  async function evaluate(
    source: CellSource,
    request: RunRequest,
    compiled: CompiledCell,
    result: 'publish' | 'return' | 'drop',
  ): Promise<Outcome> {
    const { javascript, sourceMap, hasResult } = compiled;
    return host.evaluate(request, {
      name: source.name,
      source: source.code,
      javascript,
      sourceMap,
      hasResult,
      result,
    });
  }

  let hasReact = false;

  /** The cell as TypeScript without JSX. */
  async function plain(source: CellSource): Promise<CellSource> {
    hasReact ||= importsReact(source.code);
    if (!/<[\w>]/.test(source.code)) return source;
    const { withoutJsx } = require('../cells/jsx') as typeof import('../cells/jsx');
    return { ...source, code: withoutJsx(source.code, jsxSettings(source.code, source.directory, hasReact)) };
  }

  return {
    async run(written, request, warn) {
      const source = await plain(written);
      const compiling = compile(source);
      const checking = check(source, warn);
      let compiled: CompiledCell;
      try {
        compiled = await compiling;
      } catch (thrown) {
        return { status: 'error', ...reportSyntax(thrown, source) };
      }
      const diagnostics = await unlessAborted(checking, request.signal);
      if (diagnostics === undefined) return INTERRUPTED_BEFORE;
      const errors = diagnostics.filter(({ category }) => category === 'error');
      if (errors.length > 0) return { status: 'error', ...reportTypes(errors, source) };
      if (diagnostics.length > 0) warn(`${formatDiagnostics(diagnostics, source)}\n`);
      committed = types.commit(source).catch(() => {});
      return evaluate(source, request, compiled, request.silent ? 'drop' : 'publish');
    },
    async expression(source, request) {
      try {
        const plainSource = await plain(source);
        return await evaluate(plainSource, request, await compile(plainSource), 'return');
      } catch (thrown) {
        return { status: 'error', ...reportSyntax(thrown, source) };
      }
    },
    forget() {
      hasReact = false;
      history = newCellHistory();
    },
  };
}

/** What comes of some work; undefined as soon as the signal is aborted: it may never end. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function reportSyntax(thrown: unknown, source: CellSource): ErrorReport {
  if (!(thrown instanceof CellSyntaxError)) {
    const evalue = messageOf(thrown);
    return { ename: thrown instanceof Error ? thrown.name : 'Error', evalue, traceback: [evalue] };
  }
  const diagnostics = explainHabits(thrown.diagnostics, source.code);
  const text = formatDiagnostics(diagnostics, source);
  return {
    ename: 'SyntaxError',
    evalue: diagnostics[0]?.message ?? thrown.message,
    traceback: text.split('\n'),
  };
}

function reportTypes(found: readonly CellDiagnostic[], source: CellSource): ErrorReport {
  const errors = explainHabits(found, source.code);
  const text = formatDiagnostics(errors, source);
  const [first] = errors;
  const rest = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return {
    ename: 'TypeCheckError',
    evalue: `${first?.message ?? ''}${rest}`,
    traceback: [
      ...text.split('\n'),
      '',
      'The cell did not run. `// @ts-nocheck` in its first line runs it unchecked.',
    ],
  };
}
