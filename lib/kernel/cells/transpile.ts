/**
 * TypeScript to JavaScript, one cell at a time, with esbuild: types dropped,
 * enums, namespaces, decorators and `using` turned into what Node's V8
 * knows. Imports stay even where the cell itself has no use for them, since
 * a later one may.
 */
import { type Message, type TransformFailure, type TransformOptions, transform } from 'esbuild';
import { classSemantics } from './class-semantics';
import type { CellDiagnostic } from './diagnostics';
import type { CellSource } from './source';
import { CellSyntaxError } from './syntax-error';

export interface Transpiled {
  readonly code: string;
  /** JSON. */
  readonly map: string;
}

/** The cell as a JavaScript module. Errors: CellSyntaxError. */
export async function transpile(source: CellSource): Promise<Transpiled> {
  try {
    const { code, map } = await transform(source.code, optionsFor(source));
    return { code, map };
  } catch (thrown) {
    if (!isTransformFailure(thrown)) throw thrown;
    throw new CellSyntaxError(thrown.errors.map((message) => toDiagnostic(message, source.code)));
  }
}

function optionsFor({ name, directory }: CellSource): TransformOptions {
  return {
    loader: 'ts',
    target: 'esnext',
    // Node 20's V8 knows all of ES2024 but these two.
    supported: { using: false, decorators: false },
    sourcefile: name,
    sourcemap: 'external',
    sourcesContent: true,
    charset: 'utf8',
    logLevel: 'silent',
    tsconfigRaw: {
      compilerOptions: { ...classSemantics(directory), alwaysStrict: true, verbatimModuleSyntax: true },
    },
  };
}

function isTransformFailure(thrown: unknown): thrown is TransformFailure {
  return thrown instanceof Error && 'errors' in thrown && Array.isArray(thrown.errors);
}

function toDiagnostic({ text, location }: Message, code: string): CellDiagnostic {
  if (location === null) {
    return { code: 0, category: 'error', message: text, line: 0, column: 0, endLine: 0, endColumn: 0 };
  }
  const line = location.line - 1;
  const lineText = code.split(/\r\n|[\n\r]/)[line] ?? '';
  const column = utf16Column(lineText, location.column);
  const endColumn = utf16Column(lineText, location.column + Math.max(1, location.length));
  return { code: 0, category: 'error', message: text, line, column, endLine: line, endColumn };
}

/** esbuild counts columns in UTF-8 bytes. */
function utf16Column(line: string, bytes: number): number {
  return Buffer.from(line, 'utf8').subarray(0, bytes).toString('utf8').length;
}
