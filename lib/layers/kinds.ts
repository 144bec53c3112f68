/**
 * From spec to layer: the one switch over all kinds, and the chain that puts
 * layers one after another.
 */
import { activationLayer } from './activation';
import { batchNormLayer } from './batch-norm';
import { below, parallelLayer, residualLayer } from './blocks';
import { convLayer } from './conv';
import { denseLayer } from './dense';
import { dropoutLayer } from './dropout';
import { embeddingLayer } from './embedding';
import { flattenLayer, reshapeLayer } from './flatten';
import { gruLayer } from './gru';
import type { Layer } from './layer';
import { localResponseLayer } from './local-response';
import { lstmLayer } from './lstm';
import { poolLayer } from './pool';
import { recurrentLayer } from './recurrent';
import { selectLayer } from './select';
import type { Shape } from './shape';
import { sigmoidRangeLayer } from './sigmoid-range';
import type { LayerSpec } from './spec';
import { upsampleLayer } from './upsample';

/**
 * The layer of a spec.
 *
 * @param path its place in the net, such as `layers.2`, for errors.
 * @throws RangeError for a kind that there is not.
 */
export function layerOf(spec: LayerSpec, path: string): Layer {
  const where = `${path} (${spec.kind})`;
  switch (spec.kind) {
    case 'dense':
      return denseLayer(spec, where);
    case 'conv':
      return convLayer(spec, where);
    case 'pool':
      return poolLayer(spec, where);
    case 'upsample':
      return upsampleLayer(spec, where);
    case 'local-response':
      return localResponseLayer(spec, where);
    case 'batch-norm':
      return batchNormLayer(spec, where);
    case 'dropout':
      return dropoutLayer(spec, where);
    case 'flatten':
      return flattenLayer();
    case 'reshape':
      return reshapeLayer(spec, where);
    case 'activation':
      return activationLayer(spec, where);
    case 'sigmoid-range':
      return sigmoidRangeLayer(spec, where);
    case 'residual':
      return residualLayer(spec, path, chain);
    case 'parallel':
      return parallelLayer(spec, path, chain);
    case 'select':
      return selectLayer(spec, where);
    case 'embedding':
      return embeddingLayer(spec, where);
    case 'recurrent':
      return recurrentLayer(spec, where);
    case 'lstm':
      return lstmLayer(spec, where);
    case 'gru':
      return gruLayer(spec, where);
    default:
      throw new RangeError(
        `${path}: there is no layer of kind "${(spec satisfies never as LayerSpec).kind}"`,
      );
  }
}

/** Several layers as one, each fed with the one before. */
export function chain(specs: readonly LayerSpec[], path: string): Layer {
  const layers = specs.map((spec, i) => layerOf(spec, `${path}.${i}`));
  const walk = (input: Shape, visit: (layer: Layer, input: Shape, i: number) => void): Shape =>
    layers.reduce<Shape>((shape, layer, i) => {
      const output = layer.outputShape(shape);
      visit(layer, shape, i);
      return output;
    }, input);
  return {
    outputShape: (input) => walk(input, () => {}),
    parameters(input) {
      const list: ReturnType<Layer['parameters']>[] = [];
      walk(input, (layer, shape, i) => list.push(below(String(i), layer.parameters(shape))));
      return list.flat();
    },
    multiplyAdds(input) {
      let sum = 0;
      walk(input, (layer, shape) => {
        sum += layer.multiplyAdds(shape);
      });
      return sum;
    },
    forward: (xs, scope) =>
      layers.reduce((values, layer, i) => {
        const inside = scope.inside(String(i));
        const output = layer.forward(values, inside);
        inside.seen(output);
        return output;
      }, xs),
  };
}
