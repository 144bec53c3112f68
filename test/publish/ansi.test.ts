import { toHtml } from 'hast-util-to-html';
import { ansiToHast, stripAnsi } from 'inkwell/publish/ansi';

const html = (text: string): string => toHtml({ type: 'root', children: ansiToHast(text) });

describe('ansiToHast', () => {
  it('turns colours and styles into classes', () => {
    expect(html('\u001b[31mred \u001b[1mbold\u001b[0m plain')).toBe(
      '<span class="ansi-red">red </span><span class="ansi-red ansi-bold">bold</span> plain',
    );
    expect(html('\u001b[96mbright\u001b[39m')).toBe('<span class="ansi-cyan">bright</span>');
  });

  it('maps 256 and true colours to the nearest name, greys to plain text', () => {
    expect(html('\u001b[38;5;196mx')).toBe('<span class="ansi-red">x</span>');
    expect(html('\u001b[38;2;10;200;30mx')).toBe('<span class="ansi-green">x</span>');
    expect(html('\u001b[38;5;244mx\u001b[48;5;1my')).toBe('xy');
  });

  it('drops every other escape and control character, and escapes HTML', () => {
    expect(html('\u001b[2J\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007\u0000<b>')).toBe(
      'link&#x3C;b>',
    );
  });
});

describe('stripAnsi', () => {
  it('leaves the text', () => {
    expect(stripAnsi('\u001b[31mTypeError\u001b[39m: x')).toBe('TypeError: x');
  });
});
