/**
 * The engines by name, best first, and how one is asked for.
 *
 * An engine is a TensorFlow.js back end together with the device it runs on:
 * `tensorflow-gpu` and `tensorflow` are libtensorflow, `wasm` is XNNPACK in
 * WebAssembly, `cpu` is plain JavaScript.
 */
import { InkwellError } from '../core/errors';

export type EngineName = 'tensorflow-gpu' | 'tensorflow' | 'wasm' | 'cpu';

/** Every engine, in the order in which `useEngine` tries them. */
export const engineNames: readonly EngineName[] = ['tensorflow-gpu', 'tensorflow', 'wasm', 'cpu'];

/**
 * Reads the name of an engine.
 *
 * @param text what was asked for.
 * @param source where it was asked for, for the message.
 * @throws InkwellError `ENGINE_UNKNOWN`, which lists the names there are.
 */
export function parseEngineName(text: string, source: string): EngineName {
  const name = engineNames.find((candidate) => candidate === text);
  if (name !== undefined) return name;
  throw new InkwellError(
    'ENGINE_UNKNOWN',
    `${source} asks for the engine "${text}"; there are ${engineNames.join(', ')}.`,
  );
}

/** The engine that was asked for: by the caller, else by `$INKWELL_ENGINE`, else none. */
export function requestedEngine(engine?: string): EngineName | undefined {
  if (engine !== undefined) return parseEngineName(engine, 'The caller');
  const fromEnvironment = process.env['INKWELL_ENGINE'];
  return fromEnvironment ? parseEngineName(fromEnvironment, 'INKWELL_ENGINE') : undefined;
}
