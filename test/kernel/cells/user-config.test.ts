import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { userConfig } from 'inkwell/kernel/cells/user-config';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inkwell-config-'));
  mkdirSync(path.join(folder, 'chapter'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the nearest tsconfig.json at or above a folder, with what it extends', () => {
  const chapter = path.join(folder, 'chapter');
  writeFileSync(path.join(folder, 'base.json'), '{ "compilerOptions": { "strict": false } }');
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    '{ "extends": "./base.json", "compilerOptions": { "jsx": "preserve" } }',
  );
  expect(userConfig(chapter)?.config.compilerOptions).toMatchObject({ strict: false, jsx: 'preserve' });
  writeFileSync(path.join(chapter, 'tsconfig.json'), '{ "compilerOptions": { "jsx": "react" } }');
  expect(userConfig(chapter)?.config.compilerOptions).toEqual({ jsx: 'react' });
});

test('undefined where there is none, an error where it cannot be read', () => {
  expect(userConfig(path.join(folder, 'chapter'))).toBeUndefined();
  writeFileSync(path.join(folder, 'tsconfig.json'), '{ "extends": "./not-there.json" }');
  expect(() => userConfig(folder)).toThrow('not-there.json');
});
