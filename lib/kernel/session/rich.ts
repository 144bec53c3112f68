/**
 * What a value looks like, for values that do not say so themselves: tensors,
 * figures, pictures, tables and Maps get HTML or an image beside the text of
 * `util.inspect`. Everything is told by shape, not by class: the session
 * loads no library to recognise another's values.
 */
import { inspect } from 'node:util';
import type { MimeBundle } from './channel';
import { encodePng } from './png';
import { gridTable, recordTable } from './tables';

const INSPECT = {
  depth: 4,
  colors: false,
  maxArrayLength: 100,
  maxStringLength: 10_000,
  breakLength: 80,
} as const;
const MAX_SIDE = 20;

type Recogniser = (value: object, text: string) => MimeBundle | undefined;

/** The bundle of a value that has no display method; never throws. */
export function describe(value: unknown): MimeBundle {
  const text = plainText(value);
  if (typeof value !== 'object' || value === null) return { 'text/plain': text };
  for (const recognise of RECOGNISERS) {
    try {
      const bundle = recognise(value, text);
      if (bundle !== undefined) return bundle;
    } catch {
      // A getter or a proxy of the value's own threw: the text will do.
    }
  }
  return { 'text/plain': text };
}

function plainText(value: unknown): string {
  try {
    return inspect(value, INSPECT);
  } catch (thrown) {
    return `[its inspection threw: ${String(thrown)}]`;
  }
}

interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  dataSync(): ArrayLike<number | boolean | string>;
}

function isTensor(value: object): value is TensorLike {
  const { shape, dtype, dataSync } = value as Partial<TensorLike>;
  return Array.isArray(shape) && typeof dtype === 'string' && typeof dataSync === 'function';
}

const tensor: Recogniser = (value) => {
  if (!isTensor(value)) return undefined;
  const { shape, dtype } = value;
  const data = value.dataSync();
  const title = `Tensor ${dtype} [${shape.join(', ')}]`;
  const columns = shape.at(-1) ?? 1;
  const rows = shape.length < 2 ? 1 : (shape.at(-2) ?? 1);
  const text = `${title}\n${inspect(nested(data, shape), { ...INSPECT, depth: 8, maxArrayLength: MAX_SIDE })}`;
  if (shape.length > 2 || shape.length === 0) return { 'text/plain': text };
  const cell = (row: number, column: number): unknown => data[row * columns + column];
  return { 'text/plain': text, 'text/html': gridTable(title, rows, columns, cell) };
};

/** Flat data as nested arrays; a number where the shape is []. */
function nested(data: ArrayLike<unknown>, shape: readonly number[], offset = 0): unknown {
  const [size, ...rest] = shape;
  if (size === undefined) return data[offset];
  const step = rest.reduce((product, side) => product * side, 1);
  const shown = Math.min(size, MAX_SIDE + 1);
  const items: unknown[] = new Array(size);
  for (let i = 0; i < shown; i++) items[i] = nested(data, rest, offset + i * step);
  return items;
}

const figure: Recogniser = (value, text) => {
  const { data, layout, frames, config } = value as Record<string, unknown>;
  if (!Array.isArray(data) || typeof layout !== 'object' || layout === null || Array.isArray(layout))
    return undefined;
  const plotly = {
    data,
    layout,
    ...(frames === undefined ? {} : { frames }),
    ...(config === undefined ? {} : { config }),
  };
  return {
    'application/vnd.plotly.v1+json': JSON.parse(JSON.stringify(plotly, typedArraysAsLists)),
    'text/plain': text,
  };
};

function typedArraysAsLists(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Uint8Array) : value;
}

const IMAGE_TYPES: ReadonlyArray<readonly [string, readonly number[]]> = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
];

const encodedImage: Recogniser = (value, text) => {
  if (!(value instanceof Uint8Array)) return undefined;
  const type = IMAGE_TYPES.find(([, magic]) => magic.every((byte, i) => value[i] === byte))?.[0];
  if (type === undefined) return undefined;
  return { [type]: Buffer.from(value).toString('base64'), 'text/plain': text };
};

const imageData: Recogniser = (value, text) => {
  const { width, height, data } = value as { width?: unknown; height?: unknown; data?: unknown };
  if (typeof width !== 'number' || typeof height !== 'number') return undefined;
  if (!(data instanceof Uint8ClampedArray || data instanceof Uint8Array)) return undefined;
  const channels = data.length / (width * height);
  if (channels !== 1 && channels !== 3 && channels !== 4) return undefined;
  return { 'image/png': encodePng({ width, height, data, channels }).toString('base64'), 'text/plain': text };
};

const markup: Recogniser = (value, text) => {
  const { outerHTML } = value as { outerHTML?: unknown };
  if (typeof outerHTML !== 'string') return undefined;
  const type = outerHTML.trimStart().toLowerCase().startsWith('<svg') ? 'image/svg+xml' : 'text/html';
  return { [type]: outerHTML, 'text/plain': text };
};

const map: Recogniser = (value, text) => {
  if (!(value instanceof Map) || value.size === 0) return undefined;
  const records = Array.from(value, ([key, item]) => ({ key, value: item }));
  return { 'text/html': recordTable(`Map(${value.size})`, ['key', 'value'], records), 'text/plain': text };
};

const records: Recogniser = (value, text) => {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const first = value[0] as unknown;
  if (!isRecord(first)) return undefined;
  const columns = Object.keys(first);
  if (columns.length === 0 || columns.length > 50) return undefined;
  const same = (item: unknown): boolean =>
    isRecord(item) && Object.keys(item).join('\0') === columns.join('\0');
  if (!value.every(same)) return undefined;
  const caption = `${value.length} × ${columns.length}`;
  return {
    'text/html': recordTable(caption, columns, value as Array<Record<string, unknown>>),
    'text/plain': text,
  };
};

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const RECOGNISERS: readonly Recogniser[] = [tensor, figure, encodedImage, imageData, markup, map, records];
