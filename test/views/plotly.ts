/**
 * Plotly's own check of a figure (`Plotly.validate`), without a browser: the
 * bundle is loaded beside a document that answers everything and does nothing.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createContext, runInContext } from 'node:vm';

/** Answers every question with itself. */
const anything: unknown = new Proxy(class {}, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => '' : key === 'length' ? 0 : anything),
  apply: () => anything,
  construct: () => anything as object,
  set: () => true,
});

const GLOBALS = [
  'console',
  'setTimeout',
  'clearTimeout',
  'URL',
  'TextDecoder',
  'TextEncoder',
  'performance',
  'atob',
  'btoa',
];
const STUBS = ['document', 'DOMParser', 'XMLSerializer', 'Image', 'matchMedia', 'getComputedStyle'];
const CLASSES = ['HTMLElement', 'Element', 'SVGElement', 'Node', 'Event', 'Blob', 'Worker'];

let context: object | undefined;

function load(): object {
  const folder = path.dirname(require.resolve('plotly.js-dist-min/package.json'));
  const scope: Record<string, unknown> = {
    ...Object.fromEntries(GLOBALS.map((name) => [name, (globalThis as Record<string, unknown>)[name]])),
    ...Object.fromEntries(STUBS.map((name) => [name, anything])),
    ...Object.fromEntries(CLASSES.map((name) => [name, class {}])),
    navigator: { userAgent: '', language: 'en' },
    location: { href: '', protocol: 'file:' },
    addEventListener: () => undefined,
    requestAnimationFrame: () => 0,
  };
  scope['window'] = scope;
  scope['self'] = scope;
  createContext(scope);
  runInContext(readFileSync(path.join(folder, 'plotly.min.js'), 'utf8'), scope);
  return scope;
}

/** What Plotly finds wrong with a figure, one message each. */
export function plotlyComplaints(figure: unknown): string[] {
  context ??= load();
  const check =
    'text => { const f = JSON.parse(text); return JSON.stringify(Plotly.validate(f.data, f.layout) ?? []) }';
  const found = JSON.parse(runInContext(check, context)(JSON.stringify(figure))) as { msg: string }[];
  return found.map(({ msg }) => msg);
}
