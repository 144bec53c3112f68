/** The parser of Markdown as notebooks use it: CommonMark, GitHub's extensions and `$…$`. */
import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';

let parser: Processor<Root> | undefined;

/** Parses at once, however long it takes. */
export function parseNow(source: string): Root {
  parser ??= unified().use(remarkParse).use(remarkGfm).use(remarkMath).freeze() as unknown as Processor<Root>;
  return parser.parse(source);
}
