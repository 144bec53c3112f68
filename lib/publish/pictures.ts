/**
 * The pictures in a tree: where their bytes come from, and whether each has
 * words for readers who cannot see it.
 */
import type { Element, ElementContent, Nodes, Root } from 'hast';
import { toString as textOf } from 'hast-util-to-string';
import { visit } from 'unist-util-visit';
import { pngSize } from './media';
import type { Report } from './problems';
import { isDataImage } from './sanitize';

/** Stores a local picture and gives its new address; undefined where there is none. */
export type FindPicture = (
  address: string,
) => { readonly address: string; readonly bytes: Uint8Array } | undefined;

const isRemote = (address: string): boolean => /^(?:[a-z][a-z0-9+.-]*:|\/\/|\\\\)/i.test(address);

/** What stands in place of a picture that cannot be shown. */
function substitute(image: Element): ElementContent {
  const alt = String(image.properties['alt'] ?? '').trim();
  return { type: 'text', value: alt === '' ? '[picture]' : `[picture: ${alt}]` };
}

function placed(image: Element, find: FindPicture, report: Report): ElementContent {
  const address = String(image.properties['src'] ?? '');
  if (isDataImage(address)) return image;
  if (isRemote(address) && !address.startsWith('attachment:')) {
    report(
      'remote-resource',
      `the picture ${address.slice(0, 100)} would be fetched from elsewhere`,
      'store it beside the notebook and refer to that file: the book must work without a network',
    );
    return substitute(image);
  }
  const found = find(address);
  if (found === undefined) {
    report(
      'missing-file',
      `there is no picture ${address === '' ? '(the address is empty)' : address}`,
      'correct the path, which is relative to the notebook, or add the file',
    );
    return substitute(image);
  }
  const properties = { ...pngSize(found.bytes), ...image.properties, src: found.address };
  return { ...image, properties };
}

/** Gives every `img` of a tree its address in the book, in place; reports those that have none. */
export function placePictures(tree: Root, find: FindPicture, report: Report): void {
  visit(tree, 'element', (node, index, parent) => {
    if (node.tagName !== 'img' || index === undefined || parent === undefined) return;
    parent.children[index] = placed(node, find, report);
  });
}

function hasName(node: Element): boolean {
  const { ariaLabel, ariaLabelledBy, ariaHidden, role } = node.properties;
  if (ariaLabel || ariaLabelledBy || String(ariaHidden) === 'true') return true;
  if (role === 'presentation' || role === 'none') return true;
  return node.children.some(
    (child) => child.type === 'element' && child.tagName === 'title' && textOf(child).trim() !== '',
  );
}

/** True where the element's words stand for everything in it. */
const speaksForContent = ({ properties }: Element): boolean =>
  String(properties['ariaHidden']) === 'true' ||
  (properties['role'] === 'img' && Boolean(properties['ariaLabel']));

/** The pictures (`img`, `svg`) that say nothing to a reader who cannot see them. */
export function wordlessPictures(node: Nodes): Element[] {
  if (node.type === 'element') {
    if (speaksForContent(node)) return [];
    if (node.tagName === 'img') return node.properties['alt'] === undefined ? [node] : [];
    if (node.tagName === 'svg') return hasName(node) ? [] : [node];
  }
  return 'children' in node ? node.children.flatMap((child) => wordlessPictures(child as Nodes)) : [];
}

/** Gives the wordless pictures of a tree these words; reports them where there are none to give. */
export function describePictures(tree: Root, alt: string | undefined, report: Report): void {
  for (const picture of wordlessPictures(tree)) {
    if (alt === undefined) {
      report(
        'alt-text',
        `a picture (<${picture.tagName}>) has no alternative text`,
        picture.tagName === 'svg'
          ? 'give the <svg> a <title> or an aria-label that says what it shows'
          : 'give the <img> an alt that says what it shows, or alt="" if it only decorates',
      );
    } else if (picture.tagName === 'img') picture.properties['alt'] = alt;
    else Object.assign(picture.properties, { role: 'img', ariaLabel: alt });
  }
}
