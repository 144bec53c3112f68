/**
 * An LSTM's time step after its matrix product as one operation of the native
 * engine on the CPU, with its gradient. Engines without it (`wasm`, `cpu`, a GPU,
 * the addon that tfjs-node ships) compute the same from tfjs's operations: see the layer.
 */

import { hasOwnOperations } from './native/load';
import * as tf from './tf';

/** The operations' names in TensorFlow. */
const lstmOperations = { forward: 'InkwellLstmCell', backward: 'InkwellLstmCellGrad' } as const;

/** The state after a step, `[batch, units]` both. */
export interface LstmState {
  readonly hidden: tf.Tensor2D;
  readonly cell: tf.Tensor2D;
}

/**
 * `i, f, o = σ(x + h)`, `g = tanh(x + h)`, `c ← f·c + i·g`, `hidden = o·tanh(c)`.
 *
 * @param x what the input adds to the gates, `[batch, 4 · units]`, columns in the order i, f, g, o.
 * @param h what the state before adds to them, of the same shape.
 * @param before the cell before, `[batch, units]`.
 * @throws Error where the engine does not have it (`hasOwnOperations`).
 */
export function lstmCell(x: tf.Tensor, h: tf.Tensor, before: tf.Tensor): LstmState {
  const inputs = { x, h, before } as unknown as tf.NamedTensorMap;
  const [hidden, cell] = tf.engine().runKernel<tf.Tensor[]>(lstmOperations.forward, inputs);
  return { hidden: hidden as tf.Tensor2D, cell: cell as tf.Tensor2D };
}

/** The one method of tfjs-node's back end that is needed here. */
interface NativeBackend {
  executeMultipleOutputs(
    name: string,
    attributes: object[],
    inputs: tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
}

function kernel(kernelName: string, names: readonly string[], outputs: number): tf.KernelConfig {
  return {
    kernelName,
    backendName: 'tensorflow',
    kernelFunc({ inputs, backend }) {
      const given = names.map((name) => inputs[name] as tf.Tensor);
      return (backend as unknown as NativeBackend).executeMultipleOutputs(kernelName, [], given, outputs);
    },
  };
}

const gradient: tf.GradConfig = {
  kernelName: lstmOperations.forward,
  inputsToSave: ['before'],
  outputsToSave: [false, true, true],
  gradFunc(dys, saved) {
    const [dhidden, dcell] = dys as tf.Tensor[];
    const [before, cell, gates] = saved;
    const inputs = { gates, before, cell, dhidden, dcell } as unknown as tf.NamedTensorMap;
    const [dz, dbefore] = tf.engine().runKernel<tf.Tensor[]>(lstmOperations.backward, inputs);
    return { x: () => dz as tf.Tensor, h: () => dz as tf.Tensor, before: () => dbefore as tf.Tensor };
  },
};

/** Tells tfjs of the operations, once, where the addon has them. */
export function registerLstmCell(): void {
  if (!hasOwnOperations() || tf.getGradient(lstmOperations.forward) !== undefined) return;
  tf.registerKernel(kernel(lstmOperations.forward, ['x', 'h', 'before'], 3));
  tf.registerKernel(kernel(lstmOperations.backward, ['gates', 'before', 'cell', 'dhidden', 'dcell'], 2));
  tf.registerGradient(gradient);
}
