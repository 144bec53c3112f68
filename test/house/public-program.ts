/** The public list as TypeScript 5.0.4 sees it, the compiler inside stock tslab. */
import path from 'node:path';
import ts from '@tslab/typescript-for-tslab';
import { projectRoot } from 'inkwell/core/paths';

/** The declarations of `lib/index.ts`. */
export const publicEntry: string = path.join(projectRoot(), 'lib', 'dist', 'index.d.ts');

/** A program of them. @param options.skipLibCheck whether declarations are taken at their word. */
export function publicProgram(options: { readonly skipLibCheck: boolean }): ts.Program {
  return ts.createProgram([publicEntry], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.NodeJs,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    esModuleInterop: true,
    strict: true,
    noEmit: true,
    types: [],
    ...options,
  });
}
