/**
 * Compiles imported files for a session, which asks when it loads one:
 * TypeScript, and JavaScript that uses `import`, become CommonJS, so that one
 * loader holds all modules and can forget those that changed; only where
 * something awaits at top level they stay ES modules.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildFailure, type Loader, transform } from 'esbuild';
import { messageOf } from '../../core/errors';
import { userConfig } from '../cells/user-config';
import type { Answer } from '../session/channel';

const LOADERS: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.jsx': 'jsx',
};

/** The file with its source map; `refused` where it does not compile. */
export async function compileImported(file: string, format: 'cjs' | 'esm'): Promise<Answer> {
  try {
    const compilerOptions = userConfig(path.dirname(file))?.config.compilerOptions ?? {};
    const { code, map } = await transform(await readFile(file, 'utf8'), {
      loader: LOADERS[path.extname(file)] ?? 'js',
      format,
      platform: 'node',
      target: 'esnext',
      supported: { using: false, decorators: false },
      define: {
        'import.meta.url': JSON.stringify(pathToFileURL(file).href),
        'import.meta.filename': JSON.stringify(file),
        'import.meta.dirname': JSON.stringify(path.dirname(file)),
      },
      sourcefile: file,
      sourcemap: 'external',
      charset: 'utf8',
      logLevel: 'silent',
      tsconfigRaw: { compilerOptions: pickSemantics(compilerOptions) },
    });
    return { kind: 'compiled', javascript: code, sourceMap: map };
  } catch (thrown) {
    return refuse(file, thrown);
  }
}

/** The reader's settings that change what the code does, not how it is checked. */
function pickSemantics(options: object): object {
  const names = [
    'experimentalDecorators',
    'useDefineForClassFields',
    'jsx',
    'jsxFactory',
    'jsxFragmentFactory',
    'jsxImportSource',
  ];
  return Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)));
}

function refuse(file: string, thrown: unknown): Answer {
  const [first] = (thrown as Partial<BuildFailure>).errors ?? [];
  if (first === undefined) return { kind: 'refused', name: 'IMPORT_FAILED', message: messageOf(thrown) };
  const { text, location } = first;
  if (/top-level await/i.test(text)) {
    return { kind: 'refused', name: 'INKWELL_TOP_LEVEL_AWAIT', message: `${file} awaits at top level` };
  }
  const place = location === null ? file : `${file}:${location.line}:${location.column + 1}`;
  const excerpt =
    location === null ? '' : `\n\n    ${location.lineText}\n    ${' '.repeat(location.column)}^`;
  return { kind: 'refused', name: 'IMPORT_SYNTAX', message: `${place}: ${text}${excerpt}` };
}
