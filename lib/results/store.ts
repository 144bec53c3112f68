/**
 * The results that are stored: `data/results/`, one JSON file a run. Whatever
 * is read is checked against the schema, and against the row it stands in.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { InkwellError, messageOf } from '../core/errors';
import { projectRoot } from '../core/paths';
import { writeWhole } from '../core/write-whole';
import { isSameRecipe } from './recipe';
import { fileNameOf, type Result, resultFileName } from './result';
import { RESULT_SCHEMA } from './result-schema';
import { findRow, ROWS, type Row } from './rows';

/** Where this project keeps its results. */
export const resultsFolder = (): string => path.join(projectRoot(), 'data', 'results');

let validator: ValidateFunction<Result> | undefined;

/**
 * Checks that a parsed JSON value is a result of one of the rows, and returns it.
 *
 * @throws InkwellError `RESULTS_FORMAT`, naming the file and what is wrong there.
 */
export function checkResult(value: unknown, file: string, rows: readonly Row[] = ROWS): Result {
  validator ??= new Ajv({ allErrors: true, allowUnionTypes: true }).compile<Result>(RESULT_SCHEMA);
  if (!validator(value)) throw formatError(file, (validator.errors ?? []).map(tell).join('; '));
  const fault = faultOf(value, rows);
  if (fault !== undefined) throw formatError(file, fault);
  return value;
}

const formatError = (file: string, what: string, cause?: unknown): InkwellError =>
  new InkwellError('RESULTS_FORMAT', `${file} is no result that can stand in the table: ${what}`, {
    hint: 'Run its row again (npx inkwell results --row …), or remove the file.',
    ...(cause !== undefined && { cause }),
  });

const tell = ({ instancePath, message }: ErrorObject): string => `${instancePath || '/'} ${message}`;

/** What the schema cannot see. */
function faultOf(result: Result, rows: readonly Row[]): string | undefined {
  const row = findRow(result.row, rows);
  if ((row.kind === 'vote') !== (result.kind === 'vote')) return `${row.name} is a ${row.kind}`;
  if (result.kind === 'vote') return undefined;
  if (row.kind === 'net' && !isSameRecipe(row.recipe, result.recipe))
    return `it was made by another recipe than ${row.name} has now`;
  const { images, errors, testAccuracy, epochs, chosenEpoch, recipe } = result;
  if (epochs.length !== recipe.epochs) return `it has ${epochs.length} of ${recipe.epochs} epochs`;
  if (epochs[chosenEpoch - 1] === undefined) return `there is no epoch ${chosenEpoch}`;
  if (testAccuracy !== (images.test - errors.length) / images.test)
    return `${errors.length} errors of ${images.test} are no accuracy of ${testAccuracy}`;
  return undefined;
}

/**
 * Reads a result.
 *
 * @throws InkwellError `RESULTS_FORMAT`.
 */
export async function readResult(file: string, rows: readonly Row[] = ROWS): Promise<Result> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw formatError(file, messageOf(error), error);
  }
  return checkResult(value, file, rows);
}

/**
 * All results of a folder, by row and seed; none where there is no folder.
 *
 * @param folder default: `data/results` of this project.
 * @throws InkwellError `RESULTS_FORMAT` where a file is no result, or has another's name.
 */
export async function readResults(
  folder: string = resultsFolder(),
  rows: readonly Row[] = ROWS,
): Promise<Result[]> {
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort(bySeed);
  const results: Result[] = [];
  for (const name of names) {
    const result = await readResult(path.join(folder, name), rows);
    const own = fileNameOf(result);
    if (own !== name) throw formatError(path.join(folder, name), `it should be named ${own}`);
    results.push(result);
  }
  return results;
}

const bySeed = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/** The result of one run, where it is stored. */
export async function findResult(
  folder: string,
  row: Row,
  seed: number,
  rows: readonly Row[] = ROWS,
): Promise<Result | undefined> {
  const file = path.join(folder, resultFileName(row.name, seed));
  return existsSync(file) ? readResult(file, rows) : undefined;
}

/** Stores a result, whole or not at all. @returns the file. */
export async function writeResult(folder: string, result: Result): Promise<string> {
  const file = path.join(folder, fileNameOf(result));
  await mkdir(folder, { recursive: true });
  await writeWhole(file, resultText(result));
  return file;
}

/** A result as JSON: a line each field, and a line each epoch and error, so that two of them can be compared. */
export function resultText(result: Result): string {
  const fields = Object.entries(result).map(
    ([name, value]) => ` ${JSON.stringify(name)}: ${listText(value)}`,
  );
  return `{\n${fields.join(',\n')}\n}\n`;
}

function listText(value: unknown): string {
  if (!Array.isArray(value) || typeof value[0] !== 'object') return JSON.stringify(value);
  return `[\n${value.map((item) => `  ${JSON.stringify(item)}`).join(',\n')}\n ]`;
}
