/**
 * The import directions of the library: which folder may import which. The
 * book half (what a cell imports) never imports the press half (what runs and
 * prints the book), nothing imports `index.ts`, and there are no cycles.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from 'inkwell/core/paths';

const LIBRARY = path.join(projectRoot(), 'lib');

/** Each folder with those that it may import besides itself. `index` and `cli` may import all. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  engine: ['core'],
  frames: ['core'],
  data: ['core', 'engine', 'frames'],
  layers: ['core', 'engine'],
  models: ['core', 'engine', 'layers'],
  training: ['core', 'engine', 'data', 'layers'],
  results: ['core', 'data', 'engine', 'frames', 'layers', 'models', 'training'],
  views: ['core', 'frames'],
  notebook: ['core'],
  kernel: ['core'],
  client: ['core', 'notebook'],
  runner: ['core', 'notebook', 'client'],
  publish: ['core', 'notebook', 'views'],
  teaching: ['core', 'notebook', 'kernel', 'client', 'runner'],
};

const FREE: readonly string[] = ['cli', 'index'];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly where: string;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return ['dist', 'node_modules', 'bin'].includes(entry.name) ? [] : sources(full);
    return entry.name.endsWith('.ts') ? [full] : [];
  });
}

/** The first folder below `lib/`; `index` for `lib/index.ts` itself. */
const roomOf = (file: string): string =>
  path.relative(LIBRARY, file).split(path.sep)[0]?.replace(/\.ts$/, '') ?? '';

/** What a file imports, types and values alike, comments aside. */
function importsOf(file: string): string[] {
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const pattern = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*['"]([^'"\n]+)['"]/g;
  return [...code.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** The circles of a graph, of any length: one at least for each knot of them. */
function circlesIn(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  return circles;
}

const files = sources(LIBRARY);
const imports: Import[] = files.flatMap((file) =>
  importsOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => {
      const target = path.resolve(path.dirname(file), specifier);
      return {
        from: roomOf(file),
        to: roomOf(target),
        where: `${path.relative(LIBRARY, file)} → ${specifier}`,
      };
    }),
);

test('the library is found', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(imports.length).toBeGreaterThan(20);
});

test('every folder is on the map', () => {
  const rooms = new Set(files.map(roomOf));
  expect([...rooms].filter((room) => !(room in ALLOWED) && !FREE.includes(room))).toEqual([]);
});

test('imports run along the arrows', () => {
  const wrong = imports.filter(
    ({ from, to }) => from !== to && !FREE.includes(from) && !(ALLOWED[from] ?? []).includes(to),
  );
  expect(wrong.map(({ where }) => where)).toEqual([]);
});

test('nobody imports the public list', () => {
  const bySelf = files.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => /^inkwell(\/|$)/.test(specifier))
      .map((specifier) => `${path.relative(LIBRARY, file)} → ${specifier}`),
  );
  expect([...imports.filter(({ to }) => to === 'index').map(({ where }) => where), ...bySelf]).toEqual([]);
});

test('no files import each other in a circle, within a folder or beyond, for their types alone or not', () => {
  const nameOf = (file: string): string => path.relative(LIBRARY, file).replace(/\.[jt]s$/, '');
  const edges = new Map(
    files.map((file) => [
      nameOf(file),
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => nameOf(path.resolve(path.dirname(file), specifier))),
    ]),
  );
  expect([...edges.values()].flat().filter((target) => !edges.has(target))).toEqual([]);
  expect(circlesIn(edges)).toEqual([]);
});

test('circles of any length are seen', () => {
  const graph = (...edges: string[]): Map<string, string[]> =>
    new Map(edges.map((edge) => [edge[0] ?? '', [...edge.slice(1)]]));
  expect(circlesIn(graph('abc', 'bc', 'c'))).toEqual([]);
  expect(circlesIn(graph('ab', 'ba'))).toEqual(['a → b → a']);
  expect(circlesIn(graph('ab', 'bc', 'cd', 'db', 'e'))).toEqual(['b → c → d → b']);
  expect(circlesIn(graph('aa'))).toEqual(['a → a']);
});
