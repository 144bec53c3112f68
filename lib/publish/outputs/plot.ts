/** Interactive figures: the specification for the script, a still picture for print and for readers without scripts. */
import type { Element, ElementContent, ElementData } from 'hast';
import type { Json } from '../../notebook/format';
import { PLOTLY_INK } from '../../views/plotly-ink';
import { h } from '../elements';
import { asObject, richestStaticType } from '../mime';
import { content } from './content';
import type { OutputContext, RichOutput } from './context';
import { insteadOf, MOST_MARKUP } from './cut';
import { textBlock } from './text';

/** True where something in the nodes can be looked at: a picture or a table. */
export function showsPicture(nodes: readonly ElementContent[]): boolean {
  return nodes.some((node) => {
    if (node.type !== 'element') return false;
    return ['img', 'svg', 'table'].includes(node.tagName) || showsPicture(node.children);
  });
}

/** Takes the caption out of a still picture: it belongs to the interactive one as well. */
function takeCaption(nodes: ElementContent[]): ElementContent[] {
  for (const [index, node] of nodes.entries()) {
    if (node.type !== 'element') continue;
    if (node.tagName === 'figcaption') return nodes.splice(index, 1);
    const inside = takeCaption(node.children);
    if (inside.length > 0) return inside;
  }
  return [];
}

/** The figure without the ink that the book's own views choose where no theme is known: the page has a better one. */
function unpainted<Value extends Json>(value: Value): Value {
  if (Array.isArray(value)) return value.map(unpainted) as unknown as Value;
  const object = asObject(value);
  if (object === undefined) return value;
  const kept = Object.entries(object).filter(([, inside]) => inside !== PLOTLY_INK);
  return Object.fromEntries(kept.map(([key, inside]) => [key, unpainted(inside)])) as unknown as Value;
}

/** A Plotly output as a figure; reported where it has no still picture. */
export function plot(output: RichOutput, id: string, context: OutputContext): Element {
  const specification = unpainted(asObject(output.data['application/vnd.plotly.v1+json']) ?? {});
  const type = richestStaticType(output.data);
  const fallback = type === undefined ? [] : content(output, type, id, context);
  const isPicture = type !== 'text/plain' && showsPicture(fallback);
  if (!isPicture) {
    context.report(
      'static-picture',
      'an interactive figure has no static picture for print',
      'publish image/svg+xml, image/png or text/html with an <svg> or <img> beside the Plotly figure',
    );
  }
  const caption = isPicture ? takeCaption(fallback) : [];
  const still = h('div', { className: ['plot-still'] }, ...(isPicture ? fallback : []));
  const figure = h('figure', { className: ['plot'] }, still, ...caption);
  const { length } = JSON.stringify(specification);
  if (length > MOST_MARKUP) {
    const note = textBlock(insteadOf('interactive figure', length, context.cell), 'result', context.cell);
    return h('div', {}, figure, note);
  }
  figure.data = { ...figure.data, plot: specification } as ElementData;
  return figure;
}
