/**
 * What runs the hidden tests of an exercise, next to the student's own cells:
 * each claim is checked by itself, with what was expected and what came, and
 * nothing that a student's code does keeps the next claim from being checked.
 */
import { inspect } from 'node:util';

/** One part of a claim that must be so. */
export type CheckCondition =
  /** Something that must be true, and how it is written. */
  | { readonly source: string; readonly value: () => unknown }
  /** A comparison of two sides, and how the left one is written. */
  | {
      readonly source: string;
      readonly left: () => unknown;
      readonly operator: string;
      readonly right: () => unknown;
    }
  /** A comparison that must hold for every element of a list. */
  | {
      readonly source: string;
      readonly list: () => ArrayLike<unknown>;
      readonly left: Element;
      readonly operator: string;
      readonly right: Element;
    };

/** One side of a comparison, of an element, its index and the list. */
type Element = (value: never, index: number, list: never) => unknown;

/** What came of checking one claim. */
export interface CheckResult {
  /** The claim in words, as the author wrote it. */
  readonly statement: string;
  readonly verdict: 'passed' | 'failed';
  /** The part that does not hold, such as `size(net) === 23581`. */
  readonly expected?: string;
  /** What the student's code gave in its place. */
  readonly got?: string;
  /** What the check itself ended with, where it could not be computed. */
  readonly error?: string;
}

/** What a test imports on the kernel: this file. */
export const CHECKS_MODULE = 'inkwell/core/checks';

/** The line of output that carries the results begins so. */
export const CHECKS_MARK = 'inkwell-checks:';

export interface Checks {
  /** Checks one claim; never throws. */
  check(statement: () => string, conditions: readonly CheckCondition[]): void;
  /** Prints the results, for whoever runs the notebook. */
  report(): void;
}

const OPERATORS: { readonly [operator: string]: (left: never, right: never) => boolean } = {
  '===': (left, right) => left === right,
  '!==': (left, right) => left !== right,
  // biome-ignore lint/suspicious/noDoubleEquals: an author's claim may say so
  '==': (left, right) => left == right,
  // biome-ignore lint/suspicious/noDoubleEquals: an author's claim may say so
  '!=': (left, right) => left != right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const MAX_LENGTH = 200;

function shown(value: unknown): string {
  const text = inspect(value, { depth: 2, maxArrayLength: 8, maxStringLength: 80, breakLength: Infinity });
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

interface Failure {
  readonly expected: string;
  readonly got: string;
}

/** What is wrong with a condition; undefined where it holds. */
function failureOf(condition: CheckCondition): Failure | undefined {
  if ('value' in condition) {
    const value = condition.value();
    return value ? undefined : { expected: condition.source, got: shown(value) };
  }
  const { operator, source } = condition;
  const compared = (a: unknown, b: unknown, place = ''): Failure | undefined =>
    OPERATORS[operator]?.(a as never, b as never)
      ? undefined
      : { expected: `${source} ${operator} ${shown(b)}${place}`, got: shown(a) };
  if (!('list' in condition)) return compared(condition.left(), condition.right());
  const list = condition.list();
  for (let i = 0; i < list.length; i++) {
    const of = [list[i] as never, i, list as never] as const;
    const failure = compared(condition.left(...of), condition.right(...of), ` at index ${i}`);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** The claim's words; they may be computed from the student's numbers, and fail. */
function wordsOf(statement: () => string): string {
  try {
    return statement();
  } catch {
    return 'the claim of this exercise';
  }
}

function resultOf(statement: () => string, conditions: readonly CheckCondition[]): CheckResult {
  const words = wordsOf(statement);
  try {
    for (const condition of conditions) {
      const failure = failureOf(condition);
      if (failure !== undefined) return { statement: words, verdict: 'failed', ...failure };
    }
    return { statement: words, verdict: 'passed' };
  } catch (error) {
    return { statement: words, verdict: 'failed', error: messageOf(error) };
  }
}

/** The checks of one exercise, none yet. */
export function createChecks(): Checks {
  const results: CheckResult[] = [];
  return {
    check: (statement, conditions) => {
      results.push(resultOf(statement, conditions));
    },
    report: () => console.log(`${CHECKS_MARK}${JSON.stringify(results)}`),
  };
}
