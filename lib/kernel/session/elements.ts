/**
 * A tiny `h` for HTML: what JSX calls where no React is about. Elements show as
 * HTML below the cell; text in them is escaped.
 */
import { DISPLAY_METHOD } from './display';

/** Anything that may stand in an element. */
export type Child = unknown;

/** Properties of an element, or what a component is given. */
export interface Props {
  readonly [name: string]: unknown;
}

/** Returns what stands in its place. */
export type Component = (props: Props & { readonly children: readonly Child[] }) => Child;

const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;
const NAME = /^[a-zA-Z][\w:.-]*$/;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** An element made: its HTML. */
export class HtmlElement {
  readonly #html: string;

  constructor(html: string) {
    this.#html = html;
  }

  toString(): string {
    return this.#html;
  }
}

const SHOWN: PropertyDescriptorMap = {
  [Symbol.for('nodejs.util.inspect.custom')]: {
    value(this: HtmlElement) {
      return this.toString();
    },
  },
  [DISPLAY_METHOD]: {
    value(this: HtmlElement) {
      return { 'text/html': this.toString(), 'text/plain': this.toString() };
    },
  },
};
Object.defineProperties(HtmlElement.prototype, SHOWN);

/** Arrays and other lists one after another; nothing for what is nothing. */
function htmlOf(child: Child): string {
  if (child === null || child === undefined || typeof child === 'boolean') return '';
  if (child instanceof HtmlElement) return child.toString();
  if (typeof child === 'object' && Symbol.iterator in child)
    return Array.from(child as Iterable<Child>, htmlOf).join('');
  return escaped(String(child));
}

const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function attribute([name, value]: [string, unknown]): string {
  if (value === null || value === undefined || value === false || typeof value === 'function') return '';
  if (name === 'key' || name === 'ref') return '';
  const shown = name === 'className' ? 'class' : name === 'htmlFor' ? 'for' : name;
  if (!NAME.test(shown)) throw new TypeError(`h: ${JSON.stringify(name)} cannot be the name of an attribute`);
  if (value === true) return ` ${shown}`;
  const text =
    name === 'style' && typeof value === 'object'
      ? Object.entries(value as Props)
          .map(([property, setting]) => `${dashed(property)}:${String(setting)}`)
          .join(';')
      : String(value);
  return ` ${shown}="${escaped(text)}"`;
}

/**
 * An element, as JSX makes it.
 *
 * @param type the element's name, or a component: a function of its properties and `children`.
 * @param props attributes; `className` and `style` as an object as in React. Functions are left out.
 * @throws TypeError for a name that no element can have.
 */
export function h(type: string | Component, props: Props | null, ...children: Child[]): Child {
  if (typeof type === 'function') return type({ ...props, children });
  if (typeof type !== 'string' || !NAME.test(type))
    throw new TypeError(`h: expected the name of an element or a component, got ${String(type)}`);
  const attributes = Object.entries(props ?? {})
    .map(attribute)
    .join('');
  if (VOID.test(type)) return new HtmlElement(`<${type}${attributes}>`);
  return new HtmlElement(`<${type}${attributes}>${children.map(htmlOf).join('')}</${type}>`);
}

/** Children without an element around them: `<>…</>`. */
export const Fragment: Component = ({ children }) => new HtmlElement(children.map(htmlOf).join(''));
