/**
 * What may stay of a `style` attribute.
 *
 * Views colour the cells of a pixel table and lay out small grids with inline
 * styles, so `style` cannot simply go. What stays is a list of properties that
 * only change how an element looks within its own place: nothing that moves it
 * over the page (`position`, `z-index`), nothing that fetches (`url()`,
 * `image-set()`), nothing that runs (`expression`, `behavior`).
 */

const PROPERTIES = new RegExp(
  `^(?:${[
    'align-content|align-items|align-self|aspect-ratio',
    'background|background-color|background-image|background-position|background-repeat|background-size',
    'border(?:-(?:top|right|bottom|left|block|inline))?(?:-(?:color|style|width))?',
    'border(?:-(?:top|bottom)-(?:left|right))?-radius|border-collapse|border-spacing|box-shadow|box-sizing',
    'caption-side|clear|color|color-scheme|column-gap|columns|content-visibility',
    'display|dominant-baseline|empty-cells',
    'fill|fill-opacity|fill-rule|flex|flex-(?:basis|direction|flow|grow|shrink|wrap)|float',
    'font|font-(?:family|feature-settings|size|stretch|style|variant|variant-numeric|weight)',
    'gap|grid|grid-(?:area|auto-columns|auto-flow|auto-rows|column|row|template|template-columns|template-rows)',
    'height|image-rendering|justify-content|justify-items|justify-self',
    'letter-spacing|line-height|list-style|list-style-type',
    'margin(?:-(?:top|right|bottom|left|block|inline))?|max-height|max-width|min-height|min-width',
    'object-fit|opacity|order|outline|overflow|overflow-wrap|overflow-x|overflow-y',
    'padding(?:-(?:top|right|bottom|left|block|inline))?|place-items|(?:-webkit-)?print-color-adjust|row-gap',
    'stop-color|stop-opacity|stroke|stroke-(?:dasharray|dashoffset|linecap|linejoin|opacity|width)|shape-rendering',
    'table-layout|text-align|text-anchor|text-decoration|text-indent|text-overflow|text-transform',
    'vertical-align|visibility|white-space|width|word-break|word-spacing|writing-mode',
    '--[a-z][a-z0-9-]*',
  ].join('|')})$`,
);

const FUNCTIONS =
  /^(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|var|calc|min|max|clamp|repeat|minmax|fit-content|linear-gradient|radial-gradient|conic-gradient)$/;

/** Everything but quotes, brackets of other kinds, escapes, `;`, `<`, `>` and `@`. */
const VALUE = /^[\p{L}\p{N}\s#.,%()+*/_-]*$/u;
const QUOTED = /(["'])[\p{L}\p{N}\s._-]*\1/gu;

function isSafeValue(value: string): boolean {
  const bare = value.replaceAll(QUOTED, 'x').replace(/\s*!important$/i, '');
  if (!VALUE.test(bare)) return false;
  for (const [, name = ''] of bare.matchAll(/([\p{L}\p{N}_-]*)\s*\(/gu)) {
    if (name !== '' && !FUNCTIONS.test(name.toLowerCase())) return false;
  }
  return true;
}

function clean(style: string): string | undefined {
  // Comments and escapes only serve to hide something here.
  if (/\/\*|\\/.test(style)) return undefined;
  const kept: string[] = [];
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    const property = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    if (colon > 0 && value !== '' && PROPERTIES.test(property) && isSafeValue(value)) {
      kept.push(`${property}:${value}`);
    }
  }
  return kept.length === 0 ? undefined : kept.join(';');
}

// A pixel table repeats a few hundred declarations over thousands of cells.
const known = new Map<string, string | undefined>();
const KNOWN_LIMIT = 10_000;

/** The declarations that may stay, or undefined where none may. */
export function safeStyle(style: string): string | undefined {
  if (known.has(style)) return known.get(style);
  if (known.size >= KNOWN_LIMIT) known.clear();
  const kept = clean(style);
  known.set(style, kept);
  return kept;
}
