/** What a chapter's tree holds that costs time or needs scripts: code, formulas, interactive figures. */
import type { ElementContent, Root, RootContent } from 'hast';
import { type Setting, shown } from './body';
import type { CodeBlock } from './highlight';
import type { Formula } from './maths';

/** Every block of code and every formula in a chapter. */
export function leavesIn(tree: Root): { readonly blocks: CodeBlock[]; readonly formulas: Formula[] } {
  const blocks: CodeBlock[] = [];
  const formulas: Formula[] = [];
  const collecting: Setting = {
    highlight: (block) => {
      blocks.push(block);
      return '';
    },
    setFormula: (formula) => {
      formulas.push(formula);
      return { kind: 'set', html: '' };
    },
    report: () => {},
    reportIn: () => () => {},
  };
  shown(tree.children as ElementContent[], collecting);
  return { blocks, formulas };
}

/** True where the chapter has an interactive figure. */
export function hasPlots(node: Root | RootContent): boolean {
  if (node.type === 'element' && node.data?.plot !== undefined) return true;
  return 'children' in node && node.children.some((child) => hasPlots(child));
}
