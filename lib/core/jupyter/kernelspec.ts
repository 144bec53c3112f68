/**
 * Kernelspecs, how a kernel is started, as `kernel.json` holds them; and the
 * book's own (https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs).
 */
import path from 'node:path';
import { packageFolder } from '../paths';

/** The content of a `kernel.json`. */
export interface KernelJson {
  /** The command; `{connection_file}` stands for the file's path, `{resource_dir}` for the spec's folder. */
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  /** How a running cell is stopped; `signal` (SIGINT) where it is left out. */
  readonly interrupt_mode?: 'signal' | 'message';
  readonly env?: Readonly<Record<string, string>>;
  readonly metadata?: { readonly debugger?: boolean };
}

/** The name of the book's own kernel, as notebooks carry it. */
export const KERNEL_NAME = 'inkwell';

export interface InkwellKernelOptions {
  /** Default `TypeScript (Inkwell)`. */
  readonly displayName?: string;
  /** Whether cells are checked before they run; default true. */
  readonly check?: boolean;
}

/** The book's own kernel: this package's, on this Node. */
export function inkwellKernel({
  displayName = 'TypeScript (Inkwell)',
  check = true,
}: InkwellKernelOptions = {}): KernelJson {
  const argv = [
    process.execPath,
    kernelScript(),
    '-f',
    '{connection_file}',
    ...(check ? [] : ['--no-check']),
  ];
  return {
    argv,
    display_name: displayName,
    language: 'typescript',
    interrupt_mode: 'message',
    env: {},
    metadata: { debugger: true },
  };
}

/** The program that the book's own kernel starts with. */
export function kernelScript(): string {
  return path.join(packageFolder(), 'bin', 'kernel.js');
}
