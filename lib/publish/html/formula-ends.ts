/**
 * Brackets and stops that touch a formula in a line of text stay on its line:
 * browsers may break on either side of what KaTeX makes, before a full stop too.
 */
import type { Element, ElementContent } from 'hast';
import { toString as textOf } from 'hast-util-to-string';
import { h } from '../elements';

/** A formula with more TeX than this may itself need to break on a narrow page. */
const SHORT = 32;

const OPENING = /[([“‘]+$/;
const CLOSING = /^[)\]”’.,;:!?…]+/;

function isShortFormula(node: ElementContent | undefined): boolean {
  if (node?.type !== 'element' || node.tagName !== 'code') return false;
  const { className } = node.properties;
  return Array.isArray(className) && className.includes('math-inline') && textOf(node).length <= SHORT;
}

/**
 * The nodes as they are shown, each short formula in a span with the brackets and stops that touch it.
 *
 * @param show makes of an element what the page shows.
 */
export function withFormulaEnds(
  nodes: readonly ElementContent[],
  show: (element: Element) => ElementContent,
): ElementContent[] {
  const kept: ElementContent[] = [];
  /** What the formula before took from the text that comes. */
  let taken = 0;
  nodes.forEach((node, i) => {
    if (node.type === 'text') {
      const value = node.value.slice(taken);
      const lead = isShortFormula(nodes[i + 1]) ? (OPENING.exec(value)?.[0].length ?? 0) : 0;
      kept.push({ ...node, value: value.slice(0, value.length - lead) });
      taken = 0;
      return;
    }
    taken = 0;
    const shown = node.type === 'element' ? show(node) : node;
    if (!isShortFormula(node)) {
      kept.push(shown);
      return;
    }
    const [before, after] = [nodes[i - 1], nodes[i + 1]];
    const lead = before?.type === 'text' ? (OPENING.exec(before.value)?.[0] ?? '') : '';
    const end = after?.type === 'text' ? (CLOSING.exec(after.value)?.[0] ?? '') : '';
    taken = end.length;
    const isAlone = lead === '' && end === '';
    kept.push(isAlone ? shown : h('span', { className: ['formula-ends'] }, lead, shown, end));
  });
  return kept;
}
