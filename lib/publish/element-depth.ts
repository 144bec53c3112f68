/**
 * How deeply HTML elements are nested, as a browser's parser would nest them,
 * without building anything: each tag is looked at once.
 */

/** Elements without content, and those that the next of their kind closes. */
const SHALLOW =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|td|th|tr|dt|dd|option)$/;

/** Elements that are opened again where others close around them, and close without them. */
const FORMATTING = /^(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)$/;

/** Inside of these `/>` closes; elsewhere in HTML it says nothing. */
const FOREIGN = /^(?:svg|math)$/;

interface Tag {
  readonly name: string;
  readonly kind: 'open' | 'close' | 'open and close';
}

/** The tags of a text. @param quotes whether a `>` in a quoted attribute belongs to it. */
function* tagsIn(text: string, quotes: boolean): Generator<Tag> {
  const last = { '"': text.lastIndexOf('"'), "'": text.lastIndexOf("'") };
  const opening = /<(\/?)([a-z][\w-]*)/gi;
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    let at = opening.lastIndex;
    for (; at < text.length && text[at] !== '>'; at++) {
      const sign = text[at] as string;
      // A quote that nothing closes is a sign like others.
      if (quotes && (sign === '"' || sign === "'") && at < last[sign]) at = text.indexOf(sign, at + 1);
      else if (!quotes && sign === '<') break;
    }
    opening.lastIndex = at;
    if (text[at] !== '>') continue;
    const [, slash, name = ''] = found;
    const closes = text[at - 1] === '/' ? 'open and close' : 'open';
    yield { name: name.toLowerCase(), kind: slash === '/' ? 'close' : closes };
  }
}

function depthOf(tags: Iterable<Tag>, enough: number): number {
  let open: string[] = [];
  let most = 0;
  for (const { name, kind } of tags) {
    if (SHALLOW.test(name)) continue;
    const at = open.lastIndexOf(name);
    if (kind === 'close') {
      // What is open within goes with it, but formatting begins again behind.
      if (at >= 0 && FORMATTING.test(name)) open.splice(at, 1);
      else if (at >= 0) open = open.filter((other, i) => i < at || (i > at && FORMATTING.test(other)));
      continue;
    }
    if (kind === 'open and close' && (FOREIGN.test(name) || open.some((other) => FOREIGN.test(other))))
      continue;
    if (name === 'a' && at >= 0) open.splice(at, 1);
    open.push(name);
    most = Math.max(most, open.length);
    if (most > enough) break;
  }
  return most;
}

/**
 * The deepest nesting of elements in some Markdown or HTML.
 *
 * @param enough counting ends beyond this depth, so that time grows with the text's length only.
 */
export function elementDepth(text: string, enough: number): number {
  // Markdown and HTML do not agree on where a tag with an odd quote ends: the deeper reading counts.
  return Math.max(depthOf(tagsIn(text, true), enough), depthOf(tagsIn(text, false), enough));
}
