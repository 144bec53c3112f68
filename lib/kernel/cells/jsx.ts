/**
 * JSX in cells: each element becomes the call that it stands for, in
 * TypeScript, so that what it holds is checked like everything else. A cell is
 * read as JSX only where it is nothing else: `<T>x` stays a type assertion.
 */
import { parse } from '@babel/parser';
import type {
  JSXAttribute,
  JSXElement,
  JSXFragment,
  JSXIdentifier,
  JSXMemberExpression,
  JSXNamespacedName,
  JSXSpreadAttribute,
  Node,
} from '@babel/types';
import MagicString from 'magic-string';
import { decodeEntities } from './entities';
import type { JsxSettings } from './jsx-settings';
import { parseLeniently } from './parse';
import { spanOf, walk } from './walk';

type Tag = JSXIdentifier | JSXMemberExpression | JSXNamespacedName;
type Jsx = JSXElement | JSXFragment;

const isJsx = (node: Node): node is Jsx => node.type === 'JSXElement' || node.type === 'JSXFragment';

/** A tree of the cell with its JSX; undefined where it has none, or does not parse. */
function parseJsx(code: string): Node | undefined {
  try {
    return parse(code, {
      sourceType: 'module',
      allowAwaitOutsideFunction: true,
      plugins: ['typescript', 'jsx', 'explicitResourceManagement', 'decorators-legacy'],
    }).program;
  } catch {
    return undefined;
  }
}

/** Whether a cell is TypeScript with JSX, and not without. */
export function usesJsx(code: string): boolean {
  if (!/<[\w>]/.test(code) || parseLeniently(code)?.isClean === true) return false;
  return parseJsx(code) !== undefined;
}

/**
 * The cell with calls in the place of its JSX; as it is where it has none.
 *
 * @param settings what is called, as tsconfig and the cell's pragmas say.
 */
export function withoutJsx(code: string, settings: JsxSettings): string {
  if (!usesJsx(code)) return code;
  const tree = parseJsx(code) as Node;
  const text = new MagicString(code);
  walk(tree, (node) => {
    if (!isJsx(node)) return true;
    const { start, end } = spanOf(node);
    const call = new Writer(code, settings).element(node);
    // As many lines as before, so that errors below keep their places.
    const lines = (piece: string): number => piece.split('\n').length - 1;
    text.overwrite(start, end, call + '\n'.repeat(Math.max(0, lines(code.slice(start, end)) - lines(call))));
    return false;
  });
  if (settings.kind === 'automatic') {
    text.prepend(
      `import { jsx as __jsx, Fragment as __Fragment } from ${JSON.stringify(`${settings.source}/jsx-runtime`)}; `,
    );
  }
  return text.toString();
}

class Writer {
  constructor(
    readonly code: string,
    readonly settings: JsxSettings,
  ) {}

  element(node: Jsx): string {
    const children = node.children.flatMap((child) => this.child(child));
    if (node.type === 'JSXFragment') return this.call(this.fragment, [], children);
    const { name, attributes } = node.openingElement;
    return this.call(this.tag(name), attributes, children);
  }

  private get fragment(): string {
    return this.settings.kind === 'automatic' ? '__Fragment' : this.settings.fragment;
  }

  private call(
    tag: string,
    attributes: readonly (JSXAttribute | JSXSpreadAttribute)[],
    children: string[],
  ): string {
    const pairs = attributes.map((attribute) => this.attribute(attribute));
    if (this.settings.kind === 'automatic') {
      const inner = children.length === 1 ? children[0] : `[${children.join(', ')}]`;
      const props = children.length === 0 ? pairs : [...pairs, `children: ${inner}`];
      return `__jsx(${tag}, { ${props.join(', ')} })`;
    }
    const props = pairs.length === 0 ? 'null' : `{ ${pairs.join(', ')} }`;
    return `${this.settings.factory}(${[tag, props, ...children].join(', ')})`;
  }

  /** Lower-case names and those with a dash or a colon are elements, others components. */
  private tag(name: Tag): string {
    const { start, end } = spanOf(name);
    const written = this.code.slice(start, end);
    return /^[a-z][^.]*$|[-:]/.test(written) ? JSON.stringify(written) : written;
  }

  private attribute(attribute: JSXAttribute | JSXSpreadAttribute): string {
    if (attribute.type === 'JSXSpreadAttribute') return `...${this.inner(attribute.argument)}`;
    const { start, end } = spanOf(attribute.name);
    const name = JSON.stringify(this.code.slice(start, end));
    const { value } = attribute;
    if (value == null) return `${name}: true`;
    if (value.type === 'StringLiteral') return `${name}: ${JSON.stringify(decodeEntities(value.value))}`;
    return `${name}: ${value.type === 'JSXExpressionContainer' ? this.inner(value.expression) : this.inner(value)}`;
  }

  private child(child: Jsx['children'][number]): string[] {
    switch (child.type) {
      case 'JSXText': {
        const text = decodeEntities(trimmed(child.value));
        return text === '' ? [] : [JSON.stringify(text)];
      }
      case 'JSXExpressionContainer':
        return child.expression.type === 'JSXEmptyExpression' ? [] : [this.inner(child.expression)];
      case 'JSXSpreadChild':
        return [`...${this.inner(child.expression)}`];
      default:
        return [this.element(child)];
    }
  }

  /** An expression as written, with the JSX in it turned too. */
  private inner(node: Node): string {
    if (isJsx(node)) return this.element(node);
    const { start, end } = spanOf(node);
    const text = new MagicString(this.code).remove(0, start).remove(end, this.code.length);
    walk(node, (within) => {
      if (!isJsx(within)) return true;
      const place = spanOf(within);
      text.overwrite(place.start, place.end, this.element(within));
      return false;
    });
    return `(${text.toString()})`;
  }
}

/** JSX text as React reads it: lines trimmed and joined by a space, blank ones dropped. */
function trimmed(text: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  const kept = lines.map((line, index) => {
    const begun = index === 0 ? line : line.replace(/^[ \t]+/, '');
    return index === lines.length - 1 ? begun : begun.replace(/[ \t]+$/, '');
  });
  return kept.filter((line) => line !== '').join(' ');
}
