/**
 * The files that prose refers to: pictures attached to a cell or lying beside
 * the notebook, and files that it links to. They come along into the book.
 */
import path from 'node:path';
import type { Element, ElementContent, Root } from 'hast';
import { visit } from 'unist-util-visit';
import type { Cell } from '../notebook/format';
import { decodeAddress, readLocal } from './media';
import { describePictures, placePictures } from './pictures';
import type { Report } from './problems';
import { safeTree } from './sanitize';
import { reporter, type Workshop } from './workshop';

/** A picture that prose refers to: attached to its cell, or a file beside the notebook. */
function findPicture(address: string, cell: Cell | undefined, shop: Workshop): Uint8Array | undefined {
  const [, name] = /^attachment:(.*)$/s.exec(address) ?? [];
  if (name === undefined) return readLocal(address, shop.folder, shop.root);
  const attachments = cell !== undefined && 'attachments' in cell ? cell.attachments : undefined;
  const bundle = attachments?.[decodeAddress(name)] ?? {};
  const data = Object.values(bundle).find((value) => typeof value === 'string');
  return typeof data === 'string' ? Buffer.from(data, 'base64') : undefined;
}

/** Files that the prose links to come along; other notebooks are pages and wait for `links.ts`. */
function carryFiles(tree: Root, { media, folder, root }: Workshop, report: Report): void {
  visit(tree, 'element', ({ tagName, properties }) => {
    const { href } = properties;
    if (tagName !== 'a' || typeof href !== 'string') return;
    if (href.startsWith('#') || /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(href) || /\.ipynb(?:#.*)?$/i.test(href))
      return;
    const bytes = readLocal(href, folder, root);
    if (bytes !== undefined)
      properties['href'] = media.add(bytes, path.posix.basename(href.replace(/[?#].*$/s, '')));
    else {
      report(
        'dead-link',
        `the link ${href} leads to no file`,
        'correct the path, which is relative to the notebook',
      );
      delete properties['href'];
    }
  });
}

/** Makes the prose of a cell safe, in place, and brings its pictures and files along. */
export function cleanProse(section: Element, cell: Cell | undefined, shop: Workshop): void {
  const report = reporter(shop, section.data?.cell);
  const tree = safeTree({ type: 'root', children: section.children });
  placePictures(
    tree,
    (address) => {
      const bytes = findPicture(address, cell, shop);
      const name = path.posix.basename(address.replace(/^attachment:/, ''));
      return bytes === undefined ? undefined : { bytes, address: shop.media.add(bytes, name) };
    },
    report,
  );
  describePictures(tree, undefined, report);
  carryFiles(tree, shop, report);
  section.children = tree.children as ElementContent[];
}
