/**
 * TypeScript to JavaScript, one cell at a time, with esbuild: types dropped,
 * enums, namespaces, decorators and `using` turned into what Node's V8
 * knows. Imports stay even where the cell itself has no use for them, since
 * a later one may.
 */
import { type Message, type TransformFailure, type TransformOptions, transform } from 'esbuild';
import { getTsconfig } from 'get-tsconfig';
import type { CellDiagnostic } from './diagnostics';
import type { CellSource } from './source';

export interface Transpiled {
  readonly code: string;
  /** JSON. */
  readonly map: string;
}

/** A cell that does not parse: `diagnostics` says where and why. */
export class CellSyntaxError extends SyntaxError {
  override readonly name: string = 'CellSyntaxError';
  readonly diagnostics: readonly CellDiagnostic[];

  constructor(diagnostics: readonly CellDiagnostic[]) {
    super(diagnostics[0]?.message ?? 'the cell does not parse');
    this.diagnostics = diagnostics;
  }
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

interface ClassSemantics {
  experimentalDecorators?: boolean;
  useDefineForClassFields?: boolean;
}

const semanticsOfFolder = new Map<string, { readAtMs: number; semantics: ClassSemantics }>();
const FRESH_MS = 1000;

/** The two settings of the reader's tsconfig that change what a class does; looked up at most once a second. */
function classSemantics(directory: string): ClassSemantics {
  const known = semanticsOfFolder.get(directory);
  if (known !== undefined && Date.now() - known.readAtMs < FRESH_MS) return known.semantics;
  const semantics = readClassSemantics(directory);
  semanticsOfFolder.set(directory, { readAtMs: Date.now(), semantics });
  return semantics;
}

function readClassSemantics(directory: string): ClassSemantics {
  try {
    const { experimentalDecorators, useDefineForClassFields } =
      getTsconfig(directory)?.config.compilerOptions ?? {};
    return {
      ...(experimentalDecorators === undefined ? {} : { experimentalDecorators }),
      ...(useDefineForClassFields === undefined ? {} : { useDefineForClassFields }),
    };
  } catch {
    // A broken tsconfig is the type service's to report; the cell runs with the language's defaults.
    return {};
  }
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
