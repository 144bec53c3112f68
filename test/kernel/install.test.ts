import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installKernel, listKernels, uninstallKernel } from 'inkwell/kernel/install/kernelspec';
import { logoPng, logoSvg } from 'inkwell/kernel/install/logo';
import { PNG } from 'pngjs';

let prefix: string;
beforeEach(() => {
  prefix = mkdtempSync(path.join(tmpdir(), 'inkwell-install-'));
});
afterEach(() => rmSync(prefix, { recursive: true, force: true }));

test('installs, lists and removes the kernelspec', () => {
  const place = { kind: 'prefix', prefix } as const;
  const folder = installKernel(place);
  expect(folder).toBe(path.join(prefix, 'share', 'jupyter', 'kernels', 'inkwell'));
  const spec = JSON.parse(readFileSync(path.join(folder, 'kernel.json'), 'utf8')) as { argv: string[] };
  expect(spec).toMatchObject({
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { debugger: true },
  });
  expect(spec.argv.at(-1)).toBe('{connection_file}');
  for (const word of spec.argv.slice(0, 2)) expect(existsSync(word)).toBe(true);
  expect(readdirSync(folder).sort()).toEqual([
    'kernel.json',
    'logo-32x32.png',
    'logo-64x64.png',
    'logo-svg.svg',
  ]);

  const kernels = path.dirname(folder);
  expect(listKernels([kernels])).toMatchObject([{ name: 'inkwell', ours: true, missing: [] }]);
  installKernel(place, { name: 'inkwell-loose', check: false });
  expect(listKernels([kernels]).map(({ name }) => name)).toEqual(['inkwell', 'inkwell-loose']);
  expect(readdirSync(kernels).sort()).toEqual(['inkwell', 'inkwell-loose']);

  expect(uninstallKernel(place)).toBe(true);
  expect(uninstallKernel(place)).toBe(false);
});

test('says what is wrong with a name or a place', () => {
  expect(() => installKernel({ kind: 'prefix', prefix }, { name: 'a/b' })).toThrow(/letters, digits/);
  const file = path.join(prefix, 'file');
  writeFileSync(file, '');
  expect(() => installKernel({ kind: 'prefix', prefix: file })).toThrow(
    /cannot be installed in .*ENOTDIR[\s\S]*--user/,
  );
});

test('the logo is a drop of ink in both forms', () => {
  expect(logoSvg()).toMatch(/^<svg .*<title>Inkwell<\/title>/s);
  const { width, height, data } = PNG.sync.read(logoPng(64));
  expect([width, height]).toEqual([64, 64]);
  const alpha = (x: number, y: number): number => data[(y * 64 + x) * 4 + 3] ?? 0;
  expect([alpha(32, 40), alpha(0, 0), alpha(32, 60)]).toEqual([255, 0, 255]);
});
