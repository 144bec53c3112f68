import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { prefixIds, safeHtml } from 'inkwell/publish/sanitize';
import { safeStyle } from 'inkwell/publish/style-attribute';
import { visit } from 'unist-util-visit';
import { VECTORS } from './vectors';

const clean = (html: string): string => toHtml(safeHtml(html));

describe('safeHtml', () => {
  it.each(VECTORS)('takes everything that runs or fetches out of %s', (vector) => {
    const html = clean(vector);
    visit(fromHtml(html, { fragment: true }), 'element', ({ tagName, properties }) => {
      expect(tagName).not.toMatch(
        /^(?:script|style|iframe|object|embed|base|link|meta|form|button|template|textarea|select|video|audio|source|animate|set|foreignobject|annotation-xml|mglyph|noscript|xmp|marquee)$/i,
      );
      for (const [name, value] of Object.entries(properties)) {
        const written = `${name}=${String(value)}`;
        expect(written).not.toMatch(/^(?:on\w+|srcset|srcdoc|formaction|background|action|xlinkhref)=/i);
        expect(written).not.toMatch(
          /^(?:href|src)=\s*(?:javascript|vbscript|blob|data:(?!image\/(?:png|jpeg|gif|webp)))/i,
        );
        expect(written).not.toMatch(/^style=.*(?:url|expression|behavior|binding|position|image-set|\\)/i);
        expect(written).not.toMatch(/^(?:fill|href|src|style)=.*example\.org/i);
      }
    });
    // Parsing the result once more finds nothing new.
    expect(clean(html)).toBe(html);
  });

  it('keeps what views make: shaded tables, figures, data pictures, inline SVG and MathML', () => {
    const kept = [
      '<table style="border-collapse:collapse"><caption>A ring</caption><tbody><tr><td style="background-color:rgb(12,12,12);color:#fff;font-size:7px">12</td></tr></tbody></table>',
      '<figure><img src="data:image/png;base64,iVBORw0KGgo=" alt="A ring" style="width:84px;image-rendering:pixelated"><figcaption>ring</figcaption></figure>',
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" role="img" aria-label="A line"><title>A line</title><defs><linearGradient id="g"><stop offset="0" stop-color="#123456"></stop></linearGradient></defs><path d="M0 0L9 9" fill="none" stroke="url(#g)" stroke-width="2"></path><text x="1" y="2" text-anchor="middle">x</text></svg>',
      '<math display="block"><mfrac><mn>1</mn><mi>n</mi></mfrac></math>',
      '<details open><summary>More</summary><p>Text</p></details>',
      '<div style="display:grid;grid-template-columns:repeat(4,auto);gap:12px">x</div>',
    ];
    for (const html of kept) expect(clean(html)).toBe(html);
  });

  it('keeps words of elements it does not know and drops those of scripts', () => {
    expect(clean('<blink>words</blink><form><label>name</label></form><script>code</script>')).toBe(
      'wordsname',
    );
  });

  it('drops inputs but for the boxes of task lists', () => {
    expect(clean('<input type="text" value="x"><input type="checkbox" checked disabled>')).toBe(
      '<input type="checkbox" checked disabled>',
    );
  });
});

describe('prefixIds', () => {
  it('renames ids and what refers to them, and nothing else', () => {
    const tree = safeHtml(
      '<svg aria-labelledby="t"><title id="t">x</title><defs><clipPath id="c"><path d="M0 0"></path></clipPath></defs><g clip-path="url(#c)"><use href="#t"></use></g></svg><a href="#elsewhere">x</a>',
    );
    prefixIds(tree, 'out-1-');
    expect(toHtml(tree)).toBe(
      '<svg aria-labelledby="out-1-t"><title id="out-1-t">x</title><defs><clipPath id="out-1-c"><path d="M0 0"></path></clipPath></defs><g clip-path="url(#out-1-c)"><use href="#out-1-t"></use></g></svg><a href="#elsewhere">x</a>',
    );
  });
});

describe('safeStyle', () => {
  it('keeps declarations that only look', () => {
    expect(safeStyle('COLOR: red; background: linear-gradient(to right, #fff, rgb(0 0 0 / 50%))')).toBe(
      'color:red;background:linear-gradient(to right, #fff, rgb(0 0 0 / 50%))',
    );
    expect(safeStyle("font-family: 'Some Font', monospace; width: calc(100% - 2px)")).toBe(
      "font-family:'Some Font', monospace;width:calc(100% - 2px)",
    );
    expect(safeStyle('color: light-dark(#111, #eee); --ink: #123')).toBe(
      'color:light-dark(#111, #eee);--ink:#123',
    );
  });

  it.each([
    'position:fixed',
    'background:url(x)',
    'background:URL(x)',
    'background: u\\72l(x)',
    'color:red/**/',
    'width:expression(1)',
    'content:"x"',
    'animation:x 1s',
    'background:@import',
    'color:<x>',
    'cursor:url(x)',
    '--x:url(x)',
    'font-family:"x;}"',
    'nonsense',
    '',
  ])('drops %s', (style) => {
    expect(safeStyle(style) ?? '').not.toMatch(
      /url|expression|position|import|cursor|animation|content|<|\\/i,
    );
  });
});
