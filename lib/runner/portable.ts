/**
 * Takes the machine out of a cell's outputs: paths below the project (stack
 * traces are full of them) become relative, so that the same chapter gives the
 * same outputs on every machine and tells nobody where its runner lives.
 */
import path from 'node:path';
import type { Output } from '../notebook/format';

/** The outputs with paths below `root` made relative; texts and tracebacks only, in place of the old ones. */
export function portableOutputs(outputs: readonly Output[], root: string): Output[] {
  const prefix = root.endsWith(path.sep) ? root : root + path.sep;
  const shorten = (text: string): string => text.replaceAll(`file://${prefix}`, '').replaceAll(prefix, '');
  return outputs.map((output): Output => {
    if (output.output_type === 'stream') return { ...output, text: shorten(output.text) };
    if (output.output_type !== 'error') return output;
    return { ...output, evalue: shorten(output.evalue), traceback: output.traceback.map(shorten) };
  });
}
