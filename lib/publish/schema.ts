/**
 * What HTML may hold in a printed book: a schema of our own for
 * `hast-util-sanitize`, wide enough for tables, figures, inline SVG and MathML,
 * with nothing in it that runs, fetches, submits or embeds.
 *
 * Everything that is not listed here goes. `url()` references, ids, styles and
 * image addresses are narrowed further in `sanitize.ts`.
 */
import type { Schema } from 'hast-util-sanitize';

const HTML = `a abbr article aside b bdi bdo blockquote br caption center cite code col colgroup data dd del details
  dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hgroup hr i img input ins kbd li mark meter ol p pre progress q rp rt ruby s samp section small span strike strong sub summary sup table tbody
  td tfoot th thead time tr tt u ul var wbr`;

const SVG = `circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feDropShadow
  feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feOffset filter g image line
  linearGradient marker mask path pattern polygon polyline radialGradient rect stop switch symbol text textPath title
  tspan use`;

const MATHML = `annotation maction math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom
  mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics`;

const SVG_ATTRIBUTES = `alignmentBaseline baselineShift clipPath clipPathUnits clipRule color colorInterpolation
  colorInterpolationFilters cx cy d direction display dominantBaseline dx dy fill fillOpacity fillRule filter
  filterUnits floodColor floodOpacity focusable fontFamily fontSize fontStyle fontVariant fontWeight fx fy
  gradientTransform gradientUnits height href imageRendering in in2 intercept k1 k2 k3 k4 letterSpacing lengthAdjust
  markerEnd markerHeight markerMid markerStart markerUnits markerWidth mask maskContentUnits maskUnits mode offset
  opacity operator orient overflow paintOrder patternContentUnits patternTransform patternUnits points
  preserveAspectRatio primitiveUnits r refX refY result role rotate rx ry shapeRendering slope spreadMethod startOffset
  stdDeviation stopColor stopOpacity stroke strokeDashArray strokeDashOffset strokeLineCap strokeLineJoin
  strokeMiterLimit strokeOpacity strokeWidth tableValues textAnchor textDecoration textLength textRendering transform
  transformOrigin type values vectorEffect version viewBox visibility width wordSpacing writingMode x x1 x2 xmlns y
  y1 y2`;

const MATHML_ATTRIBUTES = `accent accentunder align columnalign columnlines columnspacing columnspan depth dir display
  displaystyle encoding fence form frame height largeop linethickness lspace mathbackground mathcolor mathsize
  mathvariant maxsize minsize movablelimits notation rowSpan colSpan rowalign rowlines rowspacing rspace scriptlevel separator
  stretchy symmetric voffset width xmlns`;

const words = (list: string): string[] => list.split(/\s+/);
const each = <T>(names: readonly string[], value: T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, value]));

const svgNames = words(SVG);
const mathNames = words(MATHML);

/** Classes that our own Markdown makes, and those that views may use. */
const CLASS = [
  'className',
  /^(?:inkwell-[\w-]+|language-[\w+#-]+|math-inline|math-display|alert|alert-[a-z]+|alert-title|dataframe)$/,
  'contains-task-list',
  'data-footnote-backref',
  'footnotes',
  'sr-only',
  'task-list-item',
] as const;

/** The schema; `script` and its like lose their content too, other unlisted elements only their tags. */
export const schema: Schema = {
  tagNames: [...words(HTML), 'svg', ...svgNames, ...mathNames],
  ancestors: {
    ...each(words('tbody td th thead tfoot tr'), ['table']),
    ...each(svgNames, ['svg']),
    ...each(
      mathNames.filter((name) => name !== 'math'),
      ['math'],
    ),
  },
  attributes: {
    ...each(['svg', ...svgNames], words(SVG_ATTRIBUTES)),
    ...each(mathNames, words(MATHML_ATTRIBUTES)),
    a: ['dataFootnoteBackref', 'dataFootnoteRef', 'href', 'hrefLang'],
    col: ['span', 'width'],
    colgroup: ['span', 'width'],
    data: ['value'],
    del: ['dateTime'],
    details: ['open'],
    font: ['color'],
    img: ['alt', 'height', 'src', 'width'],
    input: [
      ['type', 'checkbox'],
      ['disabled', true],
      ['checked', true],
    ],
    ins: ['dateTime'],
    li: ['value'],
    meter: ['high', 'low', 'max', 'min', 'optimum', 'value'],
    ol: ['reversed', 'start', 'type'],
    progress: ['max', 'value'],
    section: ['dataFootnotes'],
    table: ['border', 'width'],
    td: ['align', 'colSpan', 'headers', 'height', 'rowSpan', 'vAlign', 'width'],
    th: ['abbr', 'align', 'colSpan', 'headers', 'height', 'rowSpan', 'scope', 'vAlign', 'width'],
    time: ['dateTime'],
    '*': [
      'ariaDescribedBy',
      'ariaHidden',
      'ariaLabel',
      'ariaLabelledBy',
      [...CLASS],
      'dir',
      'id',
      'lang',
      'role',
      'style',
      // A scrolling box may be a stop for the keyboard; no element may jump the queue.
      ['tabIndex', 0],
      'title',
    ],
  },
  required: { input: { type: 'checkbox', disabled: true } },
  protocols: { href: ['http', 'https', 'mailto'] },
  strip:
    words(`script style template noscript noembed noframes iframe frame frameset object embed applet param audio
    video source track canvas textarea select option optgroup datalist button slot portal xmp plaintext listing base link meta head foreignObject annotation-xml mglyph malignmark animate
    animateMotion animateTransform set discard feImage`),
  // Ids get prefixes of their own in `prefixIds`.
  clobber: [],
  clobberPrefix: '',
  allowComments: false,
  allowDoctypes: false,
};
