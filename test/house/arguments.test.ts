/**
 * What cells call refuses arguments of the wrong kind by name: cells in JavaScript, and those of
 * stock tslab, are not checked by a compiler. Each function of the public list is called with one
 * argument, or one option, wrong in every way that its declared type rules out.
 */
import * as inkwell from 'inkwell';
import { describeValue } from 'inkwell/core/describe-value';
import { temporaryFolders, withEnvironment } from '../data/support';
import { onEngine } from '../fixtures/engine';
import { classesOf, fieldsOf, type PublicArgument, publicFunctions } from './public-types';
import { isMade, sampleOf, sampleOfName, wrongFor } from './samples';

onEngine('cpu');
// Where something is not refused, it may go on to look for data, or to write a file.
inTemporaryFolder();
withEnvironment(() => ({ INKWELL_OFFLINE: '1', INKWELL_DATASETS: 'made' }));

function inTemporaryFolder(): void {
  const before = process.cwd();
  const folder = temporaryFolders();
  beforeAll(() => process.chdir(folder()));
  afterAll(() => process.chdir(before));
}

const functions = publicFunctions();
const values = inkwell as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** How a call fails; undefined where it does not. */
async function failureOf(name: string, isClass: boolean, args: readonly unknown[]): Promise<unknown> {
  const value = values[name] as (...args: unknown[]) => unknown;
  try {
    await (isClass ? Reflect.construct(value, [...args]) : value(...args));
    return undefined;
  } catch (error) {
    return error;
  }
}

/** What is wrong with a refusal; undefined where it says all. */
function complaint(error: unknown, caller: string, argument: string): string | undefined {
  if (error === undefined) return 'is taken';
  if (!(error instanceof TypeError || error instanceof RangeError)) return `is refused by ${String(error)}`;
  const { message } = error;
  const isGood =
    message.startsWith(`${caller}: `) && new RegExp(`\\b${argument}\\b.*, got `, 's').test(message);
  return isGood ? undefined : `is refused by "${message.split('\n', 1)[0]}"`;
}

interface Trial {
  readonly argument: string;
  readonly args: readonly unknown[];
  readonly shown: string;
}

/** The calls of one signature that are wrong in one place. */
function trialsOf(signature: readonly PublicArgument[]): Trial[] {
  const right = signature.map(({ type }) => sampleOf(type));
  return signature.flatMap(({ name, type }, place) => {
    const trial = (argument: string, value: unknown, shown: unknown): Trial => ({
      argument,
      args: right.map((each, i) => (i === place ? value : each)),
      shown: `${argument} = ${describeValue(shown)}`,
    });
    const whole = wrongFor(type).map((wrong) => trial(name, wrong, wrong));
    const isRecord =
      [...classesOf(type)].every((each) => each === 'object' || each === 'undefined') && !isMade(type);
    const fields = isRecord ? fieldsOf(type) : [];
    const inside = fields.flatMap((field) =>
      wrongFor(field.type)
        .filter((wrong) => !(field.isOptional && wrong === undefined))
        .map((wrong) => trial(field.name, { ...(right[place] as object), [field.name]: wrong }, wrong)),
    );
    return [...whole, ...inside];
  });
}

test('the public list is found', () => {
  expect(functions.length).toBeGreaterThan(120);
  expect(functions.map(({ name }) => name).filter((name) => typeof values[name] !== 'function')).toEqual([]);
});

test.each(functions.map(({ name, ...rest }) => [name, rest] as const))(
  '%s refuses what it cannot take',
  async (name, { isClass, signatures }) => {
    const complaints: string[] = [];
    // Of several signatures, what all rule out.
    const [first = [], ...others] = signatures.map(trialsOf);
    const common = first.filter(({ shown }) =>
      others.every((trials) => trials.some((trial) => trial.shown === shown)),
    );
    for (const { argument, args, shown } of common) {
      const found = complaint(await failureOf(name, isClass, args), name, argument);
      if (found !== undefined) complaints.push(`${shown} ${found}`);
    }
    expect(complaints).toEqual([]);
  },
);

describe('methods', () => {
  const table = inkwell.frame([
    { net: 'a', loss: 1 },
    { net: 'b', loss: 2 },
  ]);
  const random = inkwell.createRandom(1);
  const six = 6 as never;
  const learner = (): inkwell.Learner => sampleOfName('Learner') as inkwell.Learner;

  test.each<[string, string, () => unknown]>([
    ['Frame.head', 'count', () => table.head('3' as never)],
    ['Frame.tail', 'count', () => table.tail(null as never)],
    ['Frame.slice', 'start', () => table.slice([] as never)],
    ['Frame.filter', 'keep', () => table.filter(six)],
    ['Frame.derive', 'columns', () => table.derive({ more: six })],
    ['Frame.sort', 'by', () => table.sort(six)],
    ['Frame.sort', 'descending', () => table.sort('loss', { descending: six })],
    ['GroupedFrame.summarize', 'columns', () => table.groupBy('net').summarize({ loss: 'mean' as never })],
    ['Random.pick', 'items', () => random.pick(six)],
    ['Random.shuffle', 'items', () => random.shuffle('abc' as never)],
    ['Random.fork', 'label', () => random.fork(six)],
    ['RandomStream.uniform', 'shape', () => inkwell.randomStream(1).uniform(six)],
    ['RandomStream.normal', 'deviation', () => inkwell.randomStream(1).normal([2], 0, '1' as never)],
    ['RandomStream.dropout', 'x', () => inkwell.randomStream(1).dropout([1, 2] as never, 0.5)],
    ['ProgressBar.update', 'done', () => inkwell.progressBar({ total: 5 }).update('1' as never)],
    ['Learner.evaluate', 'examples', () => learner().evaluate(six)],
    ['Learner.predict', 'xs', () => learner().predict([[1, 2]] as never)],
    [
      'fit',
      'epochs',
      () =>
        learner().fit({
          ...(sampleOfName('Examples') as object),
          train: sampleOfName('Examples'),
          learningRate: 1,
        } as never),
    ],
    [
      'fit',
      'train',
      () => learner().fit({ train: sampleOfName('LabelledImages') as never, epochs: 1, learningRate: 1 }),
    ],
  ])('%s refuses a wrong %s', async (caller, argument, call) => {
    const error = await Promise.resolve()
      .then(call)
      .catch((thrown: unknown) => thrown);
    expect(complaint(error, caller, argument)).toBeUndefined();
    expect(error).toBeInstanceOf(TypeError);
  });
});
