import { splitCitations } from 'inkwell/publish/citations/notation';

const plain = { prefix: '', locator: '', isYearOnly: false };

describe('splitCitations', () => {
  it.each([
    ['[@lecun1998]', [{ ...plain, key: 'lecun1998' }]],
    ['[@lecun1998, chapter 2]', [{ ...plain, key: 'lecun1998', locator: 'chapter 2' }]],
    ['[@lecun1998 pages 3–5]', [{ ...plain, key: 'lecun1998', locator: 'pages 3–5' }]],
    [
      '[@a; @b]',
      [
        { ...plain, key: 'a' },
        { ...plain, key: 'b' },
      ],
    ],
    [
      '[see @samuel1959; also @lum2016, page 14]',
      [
        { ...plain, key: 'samuel1959', prefix: 'see' },
        { ...plain, key: 'lum2016', prefix: 'also', locator: 'page 14' },
      ],
    ],
    ['[-@lecun1998]', [{ ...plain, key: 'lecun1998', isYearOnly: true }]],
  ])('reads %s', (source, citations) => {
    expect(splitCitations(`before ${source} after`)).toEqual([
      'before ',
      { place: 'parentheses', citations, source },
      ' after',
    ]);
  });

  it.each([
    ['@lecun1998', '', '@lecun1998'],
    ['@lecun1998 [chapter 2]', 'chapter 2', '@lecun1998 [chapter 2]'],
  ])('reads %s in the sentence', (source, locator, whole) => {
    expect(splitCitations(`${source}.`)).toEqual([
      { place: 'sentence', citations: [{ ...plain, key: 'lecun1998', locator }], source: whole },
      '.',
    ]);
  });

  it('leaves the full stop to the sentence', () => {
    expect(splitCitations('as in @lum2016.').at(-1)).toBe('.');
    expect(splitCitations('[@lecun1998.]')).toEqual(['[@lecun1998.]']);
  });

  it.each(['me@example.org', '[me@example.org]', '@tensorflow/tfjs-node', 'a handle, @somebody', '[a list]'])(
    'leaves %s alone',
    (text) => {
      expect(splitCitations(text)).toEqual([text]);
    },
  );
});
