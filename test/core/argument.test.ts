import { checkArguments, checkOptions, required } from 'inkwell/core/argument';
import {
  aFlag,
  aNumber,
  anObject,
  aPair,
  aSignal,
  aString,
  aWord,
  either,
  having,
  type Kind,
  listOf,
  oneOf,
  someNumbers,
  someStrings,
} from 'inkwell/core/argument-kinds';
import { describeValue } from 'inkwell/core/describe-value';

interface Options {
  readonly size: number;
  readonly dropLast?: boolean;
  readonly from?: 'left' | 'right';
}

const check = (options: unknown): void =>
  checkOptions('cut', options as Options, {
    size: required(aNumber),
    dropLast: aFlag,
    from: oneOf('left', 'right'),
  });

describe('arguments', () => {
  test('are refused by name, the first that is wrong', () => {
    const call = (set: unknown, indices: unknown) => () =>
      checkArguments('take', { set, indices }, { set: anObject, indices: someNumbers });
    expect(call({}, [1, 2])).not.toThrow();
    expect(call({}, 6400)).toThrow(
      new TypeError('take: indices must be a list of numbers, such as [0, 1, 2], got 6400'),
    );
    expect(call(Promise.resolve({}), 6400)).toThrow(
      new TypeError('take: set must be an object, got a promise (await it)'),
    );
  });
});

describe('options', () => {
  test('may be left out, unless they are required', () => {
    expect(() => check({ size: 3 })).not.toThrow();
    expect(() => check({ size: 3, dropLast: undefined })).not.toThrow();
    expect(() => check({})).toThrow(new TypeError('cut: size must be a number, got undefined'));
  });

  test('are of their kind', () => {
    expect(() => check(64)).toThrow('cut: options must be an object, with size, dropLast, from, got 64');
    expect(() => check([])).toThrow(
      'cut: options must be an object, with size, dropLast, from, got an empty array',
    );
    expect(() => check({ size: '3' })).toThrow(new TypeError('cut: size must be a number, got "3"'));
    expect(() => check({ size: 3, dropLast: null })).toThrow('cut: dropLast must be true or false, got null');
  });

  test('a word that is no choice is out of range, anything else of another kind', () => {
    const message = 'cut: from must be one of left, right, got';
    expect(() => check({ size: 3, from: 'top' })).toThrow(new RangeError(`${message} "top"`));
    expect(() => check({ size: 3, from: 5 })).toThrow(new TypeError(`${message} 5`));
  });

  test('one that is written with other capitals is found, others are nobody’s business', () => {
    expect(() => check({ size: 3, droplast: true })).toThrow(
      new TypeError('cut: there is no option droplast; it is written dropLast'),
    );
    expect(() => check({ size: 3, epochs: 5 })).not.toThrow();
  });
});

test.each<[string, Kind, readonly unknown[], readonly unknown[]]>([
  ['numbers', someNumbers, [[], [1], new Uint8Array(2)], ['12', ['1'], { length: 1, 0: 'a' }, 5, null]],
  ['strings', someStrings, [[], ['a']], ['ab', [1], new Uint8Array(1)]],
  ['a pair', aPair, [[0, 1]], [[0], [0, 1, 2], ['a', 'b'], 1]],
  ['a word', aWord, ['a', 1], [true, {}]],
  ['a signal', aSignal, [new AbortController().signal], [new AbortController(), null, undefined]],
  ['an object', anObject, [{}, new Map()], [[], null, 'a', Promise.resolve({})]],
  ['having', having('x', 'a'), [{ a: undefined }], [{}, [1], null]],
  ['a list', listOf(aString, 'x'), [[], ['a']], [[1], 'a']],
  ['either', either(aNumber, aString), [1, 'a'], [true]],
])('%s', (_, kind, right, wrong) => {
  expect(right.map(kind.holds)).toEqual(right.map(() => true));
  expect(wrong.map(kind.holds)).toEqual(wrong.map(() => false));
});

test('the kinds of either are all wanted', () => {
  expect(either(aNumber, aPair).wanted).toBe('a number, or a pair of numbers, such as [0, 1]');
});

test.each([
  [undefined, 'undefined'],
  [Number.NaN, 'NaN'],
  [5n, '5n (a bigint)'],
  ['left', '"left"'],
  ['x'.repeat(60), `"${'x'.repeat(40)}…"`],
  [Math.max, 'the function max'],
  [[1, 'a', null], 'an array of 3 items'],
  [[1, 'a'], '[1, "a"]'],
  [new Array(500).fill(0), 'an array of 500 items'],
  [[{}], 'an array of 1 item'],
  [new Int32Array(7), 'an Int32Array of 7 values'],
  [new Uint8Array(7), 'a Uint8Array of 7 values'],
  [new DataView(new ArrayBuffer(8)), 'a DataView'],
  [new Map(), 'a Map'],
  [{}, 'an empty object'],
  [{ a: 1, b: 2 }, 'an object with a, b'],
  [{ shape: [2, 3], dataSync: () => [] }, 'a tensor of shape [2, 3]'],
  [Promise.resolve(1), 'a promise (await it)'],
])('%p is %s', (value, text) => {
  expect(describeValue(value)).toBe(text);
});
