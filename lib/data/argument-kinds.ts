/** Kinds of argument that this folder's functions have in common; see `core/argument.ts`. */
import { anObject, either, having, type Kind, listOf, someStrings } from '../core/argument-kinds';

export const anImageSet: Kind = having(
  'a set of labelled images, such as (await loadDigits()).train',
  ...['images', 'labels', 'count', 'height', 'width'],
);

export const someDigits: Kind = having('digits, such as await loadDigits()', 'train', 'test', 'name');

export const aDataset: Kind = having(
  'a data set, such as datasetOf(items, answers)',
  ...['count', 'item', 'answer'],
);

/** `MaskClasses`. */
export const someClasses: Kind = either(
  { ...someStrings, wanted: "the names of classes, such as ['road', 'sky']" },
  listOf(anObject, 'classes with their values or colours'),
);

export const aPicture: Kind = having(
  'a picture, such as await readPicture(file)',
  'pixels',
  'height',
  'width',
);

export const someExamples: Kind = having('examples, such as examplesOf(set, net.inputShape)', 'xs', 'ys');
