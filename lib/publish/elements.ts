/** A short way to write hast elements. */
import type { Element, ElementContent, Properties } from 'hast';

/** `h('p', { className: ['x'] }, 'text', child)`. */
export function h(
  tagName: string,
  properties: Properties,
  ...children: (ElementContent | string)[]
): Element {
  return {
    type: 'element',
    tagName,
    properties,
    children: children.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child)),
  };
}

/** A block of code for writers to highlight. */
export function codeBlock(source: string, language: string): Element {
  return h('pre', {}, h('code', { className: [`language-${language}`] }, source));
}

/** A formula for writers to set. */
export function formula(tex: string, kind: 'inline' | 'display'): Element {
  const code = h('code', { className: ['language-math', `math-${kind}`] }, tex);
  return kind === 'display' ? h('pre', {}, code) : code;
}

/** Something the reader opens: folded on a page, open in print. */
export function folded(summary: string, kind: string, ...children: ElementContent[]): Element {
  return h('details', { className: ['fold', `fold-${kind}`] }, h('summary', {}, summary), ...children);
}
