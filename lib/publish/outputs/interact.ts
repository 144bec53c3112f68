/**
 * Figures that the reader drives: controls of the book's own making, around
 * frames that are made safe like any other output. Which frame is seen follows
 * from the checked buttons by the style sheet alone.
 */
import type { Element, ElementContent } from 'hast';
import type { Json } from '../../notebook/format';
import { h } from '../elements';
import { asObject } from '../mime';
import { content } from './content';
import type { OutputContext, RichOutput } from './context';

/** The MIME type that tells a figure's structure; its frames are in `text/html`. */
export const INTERACT = 'application/vnd.inkwell.interact+json';

interface Structure {
  readonly controls: readonly { readonly label: string; readonly values: readonly string[] }[];
  readonly start: readonly number[];
  readonly alt: string;
}

const isTexts = (value: Json | undefined): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');

/** The structure, or undefined where the JSON is something else. */
function structureOf(json: Json | undefined): Structure | undefined {
  const { version, controls, start, alt } = asObject(json) ?? {};
  if (version !== 1 || typeof alt !== 'string' || !Array.isArray(controls) || !Array.isArray(start)) {
    return undefined;
  }
  const named = controls.map((control) => {
    const { label, values } = asObject(control as Json) ?? {};
    return typeof label === 'string' && isTexts(values) ? { label, values } : undefined;
  });
  const known = named.filter((control) => control !== undefined);
  const places = start.filter((place) => typeof place === 'number');
  const isWhole = known.length === named.length && places.length === known.length;
  return isWhole && known.length >= 1 && known.length <= 2
    ? { controls: known, start: places, alt }
    : undefined;
}

const hasClass = (node: Element, name: string): boolean =>
  Array.isArray(node.properties['className']) && node.properties['className'].includes(name);

/** The first element for which this is true, in reading order. */
function find(nodes: readonly ElementContent[], is: (node: Element) => boolean): Element | undefined {
  for (const node of nodes) {
    if (node.type !== 'element') continue;
    const found = is(node) ? node : find(node.children, is);
    if (found) return found;
  }
  return undefined;
}

/** Whether every value has its frame. */
function isComplete(states: Element, [first, second]: Structure['controls']): boolean {
  const inside = (node: Element, name: string): Element[] =>
    node.children.filter((child): child is Element => child.type === 'element' && hasClass(child, name));
  const rows = inside(states, 'inkwell-row');
  return (
    rows.length === first?.values.length &&
    rows.every((row) => inside(row, 'inkwell-state').length === (second?.values.length ?? 1))
  );
}

function control(
  { label, values }: Structure['controls'][number],
  { name, chosen }: { name: string; chosen: number },
): Element {
  const buttons = values.map((text, i) =>
    h('label', {}, h('input', { type: 'radio', name, value: String(i), checked: i === chosen }), text),
  );
  return h('fieldset', { className: ['inkwell-control'] }, h('legend', {}, label), ...buttons);
}

/** The figure, or undefined where structure and frames do not fit together: then its HTML is shown as it is. */
export function interactive(output: RichOutput, id: string, context: OutputContext): Element | undefined {
  const structure = structureOf(output.data[INTERACT]);
  const nodes = content(output, 'text/html', id, context);
  const states = find(nodes, (node) => hasClass(node, 'inkwell-states'));
  if (!structure || !states || !isComplete(states, structure.controls)) return undefined;
  const fields = structure.controls.map((each, i) =>
    control(each, { name: `${id}-control-${i + 1}`, chosen: structure.start[i] ?? 0 }),
  );
  states.properties['ariaLive'] = 'polite';
  const paper = find(nodes, (node) => hasClass(node, 'on-paper'));
  const shown = paper ? h('div', { className: ['on-paper'] }, states) : states;
  const caption = find(nodes, ({ tagName }) => tagName === 'figcaption');
  const className = ['inkwell-figure', 'inkwell-interact'];
  return h(
    'figure',
    { className, ariaLabel: structure.alt },
    h('div', { className: ['inkwell-controls'] }, ...fields),
    shown,
    ...(caption ? [caption] : []),
  );
}
