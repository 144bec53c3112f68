/** A value in a few words, for the errors about it. */

const MAX_TEXT = 40;
const MAX_ITEMS = 5;

/** `6400`, `"left"`, `[1, 2, 3]`, `an array of 500 items`, `a promise (await it)`, `a tensor of shape [2, 3]`. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  if (typeof value === 'function') return value.name === '' ? 'a function' : `the function ${value.name}`;
  if (typeof value === 'bigint') return `${value}n (a bigint)`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (typeof (value as PromiseLike<unknown>).then === 'function') return 'a promise (await it)';
  if (Array.isArray(value)) return listText(value);
  if (ArrayBuffer.isView(value) && 'length' in value) return `${kindOf(value)} of ${value.length} values`;
  const { shape, dataSync } = value as { readonly shape?: unknown; readonly dataSync?: unknown };
  if (Array.isArray(shape) && typeof dataSync === 'function')
    return `a tensor of shape [${shape.join(', ')}]`;
  return objectText(value);
}

function shortened(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function listText(list: readonly unknown[]): string {
  if (list.length === 0) return 'an empty array';
  if (list.length > MAX_ITEMS || list.some((item) => typeof item === 'object' || typeof item === 'function'))
    return `an array of ${list.length} ${list.length === 1 ? 'item' : 'items'}`;
  return `[${list.map((item) => describeValue(item)).join(', ')}]`;
}

function objectText(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return kindOf(value);
  const names = Object.keys(value);
  if (names.length === 0) return 'an empty object';
  return `an object with ${names.slice(0, MAX_ITEMS).join(', ')}${names.length > MAX_ITEMS ? ', …' : ''}`;
}

/** `a Map`, `an Int32Array`. */
function kindOf(value: object): string {
  const name = value.constructor?.name || 'object';
  return `${/^[AEIOU]/i.test(name) && !/^U[a-z]/.test(name) ? 'an' : 'a'} ${name}`;
}
