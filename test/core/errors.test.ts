import { codeOf, InkwellError, messageOf } from 'inkwell/core/errors';

test('the message carries the hint, so that it is seen wherever the error is printed', () => {
  const cause = new Error('beneath');
  const error = new InkwellError('DATA_MISSING', 'there is none', { hint: 'Fetch it.', cause });
  expect(error.message).toBe('there is none\nFetch it.');
  expect([error.name, error.code, error.hint, error.cause]).toEqual([
    'InkwellError',
    'DATA_MISSING',
    'Fetch it.',
    cause,
  ]);
});

test('messages and codes of anything thrown', () => {
  expect([messageOf(new RangeError('x')), messageOf('text'), messageOf(undefined)]).toEqual([
    'x',
    'text',
    'undefined',
  ]);
  expect(codeOf(Object.assign(new Error(), { code: 'ENOENT' }))).toBe('ENOENT');
  expect([codeOf(new Error()), codeOf(null), codeOf({ code: 5 })]).toEqual([undefined, undefined, undefined]);
});
