/** The two settings of the reader's tsconfig that change what a class does. */
import { userConfig } from './user-config';

export interface ClassSemantics {
  experimentalDecorators?: boolean;
  useDefineForClassFields?: boolean;
}

const semanticsOfFolder = new Map<string, { readAtMs: number; semantics: ClassSemantics }>();
const FRESH_MS = 1000;

/** The settings for the cells of a folder; looked up at most once a second. */
export function classSemantics(directory: string): ClassSemantics {
  const known = semanticsOfFolder.get(directory);
  if (known !== undefined && Date.now() - known.readAtMs < FRESH_MS) return known.semantics;
  const semantics = readClassSemantics(directory);
  semanticsOfFolder.set(directory, { readAtMs: Date.now(), semantics });
  return semantics;
}

function readClassSemantics(directory: string): ClassSemantics {
  try {
    const { experimentalDecorators, useDefineForClassFields } =
      userConfig(directory)?.config.compilerOptions ?? {};
    return {
      ...(experimentalDecorators === undefined ? {} : { experimentalDecorators }),
      ...(useDefineForClassFields === undefined ? {} : { useDefineForClassFields }),
    };
  } catch {
    // A broken tsconfig is the type service's to report; the cell runs with the language's defaults.
    return {};
  }
}
