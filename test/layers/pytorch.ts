/**
 * Every kind of layer against PyTorch: what it puts out, the gradients of its
 * input and parameters, and what it keeps between steps.
 */
import { type EngineName, useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import { forward, forwardTraining, outputShape, parameterSpecs } from 'inkwell/layers/net';
import { randomKey } from 'inkwell/layers/random';
import { expectTensor } from '../fixtures/close';
import { onEngine } from '../fixtures/engine';
import { asTensor, asTensors, type LayerCase, readCases } from '../fixtures/read';

/** The suite on an engine; without a name on the best one here. */
export function layersAgainstPyTorch(engine?: EngineName): void {
  if (engine !== undefined) onEngine(engine);
  else {
    beforeAll(async () => {
      await useEngine();
    });
  }

  test.each(readCases<LayerCase>('layers'))('$name', async (layer) => {
    await withoutLeaks(() => tf.tidy(() => check(layer)));
  });
}

function check(layer: LayerCase): void {
  const { net } = layer;
  const xs = asTensor(layer.xs);
  const parameters = asTensors(layer.parameters);
  const buffers = asTensors(layer.buffers);
  const names = Object.keys(parameters);
  const run = (input: tf.Tensor, tensors: tf.Tensor[]): { outputs: tf.Tensor; buffers: object } => {
    const named = Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor]));
    return forwardTraining(net, { parameters: named, buffers }, input, { key: randomKey(1, 0) });
  };

  expect(outputShape(net)).toEqual(layer.outputs.shape.slice(1));
  const shapes = parameterSpecs(net).map(({ name, shape }) => [name, [...shape]]);
  const stored = Object.entries({ ...layer.parameters, ...layer.buffers });
  expect(shapes.sort()).toEqual(stored.map(([name, { shape }]) => [name, shape]).sort());

  const pass = run(xs, Object.values(parameters));
  expectTensor(pass.outputs, layer.outputs);
  for (const [name, moved] of Object.entries(layer.movedBuffers)) {
    expectTensor((pass.buffers as Record<string, tf.Tensor>)[name], moved);
  }
  if (Object.keys(buffers).length === 0) {
    expectTensor(forward(net, { parameters, buffers }, xs), layer.outputs);
  }

  const probe = asTensor(layer.probe);
  const gradients = tf.grads((input: tf.Tensor, ...tensors: tf.Tensor[]) =>
    tf.sum(tf.mul(run(input, tensors).outputs, probe)),
  );
  if (layer.inputGradient !== undefined) {
    const [ofInput, ...ofParameters] = gradients([xs, ...Object.values(parameters)]);
    expectTensor(ofInput, layer.inputGradient);
    for (const [i, name] of names.entries()) {
      expectTensor(ofParameters[i], layer.gradients[name] as never);
    }
  } else {
    const ofParameters = tf.grads((...tensors: tf.Tensor[]) =>
      tf.sum(tf.mul(run(xs, tensors).outputs, probe)),
    )(Object.values(parameters));
    for (const [i, name] of names.entries()) {
      expectTensor(ofParameters[i], layer.gradients[name] as never);
    }
  }
}
