import { InkwellError } from 'inkwell/core/errors';
import { asWriteError } from 'inkwell/data/errors';

/** What `fs` throws, as it throws it. */
function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: it did not go, write`), { code });
}

describe('asWriteError', () => {
  test.each([
    ['EROFS', 'DATA_READ_ONLY'],
    ['EACCES', 'DATA_READ_ONLY'],
    ['EPERM', 'DATA_READ_ONLY'],
    ['ENOTDIR', 'DATA_READ_ONLY'],
    ['ENOSPC', 'DATA_DISK_FULL'],
    ['EDQUOT', 'DATA_DISK_FULL'],
    ['EFBIG', 'DATA_DISK_FULL'],
  ])('%s is %s', (code, expected) => {
    const beneath = systemError(code);
    const error = asWriteError(beneath, 'cache/mnist') as InkwellError;
    expect(error).toBeInstanceOf(InkwellError);
    expect([error.code, error.cause]).toEqual([expected, beneath]);
    expect(error.message).toContain('cache/mnist');
    expect(error.hint).toContain('INKWELL_CACHE');
  });

  test('anything else stays what it is', () => {
    for (const thrown of [systemError('ECONNRESET'), new TypeError('no'), 'text', undefined]) {
      expect(asWriteError(thrown, 'x')).toBe(thrown);
    }
  });
});
