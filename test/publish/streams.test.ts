import { joinStreams, settledText } from 'inkwell/publish/streams';

describe('settledText', () => {
  it('shows a progress line in its last state', () => {
    expect(settledText('epoch 1:  10%\repoch 1: 100%\nepoch 2:  50%\repoch 2: 100%\n')).toBe(
      'epoch 1: 100%\nepoch 2: 100%\n',
    );
  });

  it('lets the end of a longer old line show through, as terminals do', () => {
    expect(settledText('abcdef\rXY')).toBe('XYcdef');
    expect(settledText('abcdef\r\u001b[KXY')).toBe('XY');
    expect(settledText('abcdef\u001b[2K\rXY')).toBe('XY');
    expect(settledText('abc\u001b[2Kd\r')).toBe('   d');
  });

  it('keeps the colour each character was written in', () => {
    expect(settledText('\u001b[31mabc\u001b[0m\r\u001b[32mX')).toBe(
      '\u001b[0m\u001b[32mX\u001b[0m\u001b[31mbc\u001b[0m',
    );
  });

  it('reads Windows line ends as line ends', () => {
    expect(settledText('one\r\ntwo\r\n')).toBe('one\ntwo\n');
  });

  it('applies backspaces, not past the start of the line', () => {
    expect(settledText('10%\b\b\b20%')).toBe('20%');
    expect(settledText('a\n\bb')).toBe('a\nb');
  });
});

describe('joinStreams', () => {
  it('joins neighbours of one stream only', () => {
    const stream = (name: 'stdout' | 'stderr', text: string) => ({
      output_type: 'stream' as const,
      name,
      text,
    });
    expect(
      joinStreams([
        stream('stdout', 'a'),
        stream('stdout', 'b'),
        stream('stderr', 'c'),
        stream('stdout', 'd'),
      ]),
    ).toEqual([stream('stdout', 'ab'), stream('stderr', 'c'), stream('stdout', 'd')]);
  });
});
