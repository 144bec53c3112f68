/**
 * Which of an output's forms to print: the one that shows most.
 */
import type { Json, MimeBundle } from '../notebook/format';

/** Best first. */
export const RICHEST = [
  'application/vnd.plotly.v1+json',
  'text/html',
  'image/svg+xml',
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'text/markdown',
  'text/latex',
  'application/json',
  'text/plain',
] as const;

export type PrintableType = (typeof RICHEST)[number];

/** The richest form that a book can show; undefined where there is none. */
export function richestType(data: MimeBundle): PrintableType | undefined {
  return RICHEST.find((type) => data[type] !== undefined && data[type] !== '');
}

/** The same without the interactive form: what print and readers without scripts see. */
export function richestStaticType(data: MimeBundle): PrintableType | undefined {
  return RICHEST.slice(1).find((type) => data[type] !== undefined && data[type] !== '');
}

/** A text form; JSON values are written out. */
export function textIn(data: MimeBundle, type: PrintableType): string {
  const value = data[type];
  return typeof value === 'string' ? value : JSON.stringify(value ?? null, null, 2);
}

/** A value that is an object, as Plotly's figures and metadata are. */
export function asObject(value: Json | undefined): { readonly [key: string]: Json } | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as { readonly [key: string]: Json }) : undefined;
}
