import { byProfile, currentProfile } from 'inkwell/core/profile';

const saved = process.env['INKWELL_PROFILE'];
afterEach(() => {
  if (saved === undefined) delete process.env['INKWELL_PROFILE'];
  else process.env['INKWELL_PROFILE'] = saved;
});

test('quick unless told otherwise', () => {
  delete process.env['INKWELL_PROFILE'];
  expect([currentProfile(), byProfile({ quick: 5, full: 60 })]).toEqual(['quick', 5]);
  process.env['INKWELL_PROFILE'] = 'full';
  expect([currentProfile(), byProfile({ quick: 5, full: 60 })]).toEqual(['full', 60]);
});

test('a name that is no profile is refused', () => {
  process.env['INKWELL_PROFILE'] = 'fast';
  expect(() => currentProfile()).toThrow('INKWELL_PROFILE must be one of quick, full, got "fast"');
});
