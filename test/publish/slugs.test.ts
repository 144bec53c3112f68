import { createAnchors, slugOf } from 'inkwell/publish/slugs';

describe('slugOf', () => {
  it.each([
    ['The ReLU, again!', 'the-relu-again'],
    ['  Größe & Maß ', 'größe-maß'],
    ['大きさ', '大きさ'],
    ['ﬁne', 'fine'],
    ['e\u0301t\u00e9', 'été'],
    ['हिन्दी', 'हिन्दी'],
    ['— ! —', ''],
  ])('%s → %s', (text, slug) => {
    expect(slugOf(text)).toBe(slug);
  });
});

describe('createAnchors', () => {
  it('tells equal headings apart by what they stand under, then by count', () => {
    const anchors = createAnchors();
    expect(anchors.heading('Check', ['first'])).toBe('check');
    expect(anchors.heading('Check', ['second'])).toBe('second-check');
    expect(anchors.heading('Check', ['second'])).toBe('check-2');
    expect(anchors.heading('!', [])).toBe('section');
    expect(anchors.claim('check')).toBe(false);
    expect(anchors.has('second-check')).toBe(true);
  });
});
