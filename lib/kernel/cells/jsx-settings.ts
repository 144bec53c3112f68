/**
 * What JSX calls: the pragmas of the cell say it, else the notebook's
 * tsconfig (`jsx`, `jsxFactory`, `jsxFragmentFactory`, `jsxImportSource`), else
 * React where a cell has imported it, else the kernel's own `jupyter.h`, whose
 * elements show as HTML.
 */
import { userConfig } from './user-config';

/** `classic`: a function of type, properties and children; `automatic`: a package's `jsx-runtime`. */
export type JsxSettings =
  | { readonly kind: 'classic'; readonly factory: string; readonly fragment: string }
  | { readonly kind: 'automatic'; readonly source: string };

const REACT: JsxSettings = { kind: 'classic', factory: 'React.createElement', fragment: 'React.Fragment' };
const OWN: JsxSettings = { kind: 'classic', factory: 'jupyter.h', fragment: 'jupyter.Fragment' };

const pragma = (code: string, name: string): string | undefined =>
  new RegExp(`(?:/\\*|//|^\\s*\\*)[^\\n]*@${name}\\s+([\\w$./@-]+)`, 'm').exec(code)?.[1];

function fromPragmas(code: string): JsxSettings | undefined {
  const source = pragma(code, 'jsxImportSource');
  if (source !== undefined) return { kind: 'automatic', source };
  const factory = pragma(code, 'jsx');
  const fragment = pragma(code, 'jsxFrag') ?? 'Fragment';
  return factory === undefined ? undefined : { kind: 'classic', factory, fragment };
}

function fromTsconfig(directory: string): JsxSettings | undefined {
  try {
    const options = userConfig(directory)?.config.compilerOptions ?? {};
    const { jsx, jsxFactory, jsxFragmentFactory, jsxImportSource } = options;
    if (jsx === 'react-jsx' || jsx === 'react-jsxdev' || jsxImportSource !== undefined)
      return { kind: 'automatic', source: jsxImportSource ?? 'react' };
    if (jsx === undefined && jsxFactory === undefined) return undefined;
    return {
      kind: 'classic',
      factory: jsxFactory ?? 'React.createElement',
      fragment: jsxFragmentFactory ?? 'React.Fragment',
    };
  } catch {
    // A broken tsconfig is the type service's to report.
    return undefined;
  }
}

/** Whether a cell brings in `React`. */
export const importsReact = (code: string): boolean =>
  /\bimport\b[^;'"]*\bReact\b[^;'"]*\bfrom\b|\b(?:const|let|var)\s+React\b/.test(code);

/**
 * The settings for a cell.
 *
 * @param hasReact whether this cell or an earlier one has imported React.
 */
export function jsxSettings(code: string, directory: string, hasReact: boolean): JsxSettings {
  return fromPragmas(code) ?? fromTsconfig(directory) ?? (hasReact ? REACT : OWN);
}
