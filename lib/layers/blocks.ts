/**
 * Layers made of layers: a residual block adds what goes round to what goes
 * through (He et al., 2015); parallel branches are joined channel by channel,
 * as in the Inception module (Szegedy et al., 2014).
 */
import * as tf from '../engine/tf';
import type { Layer, ParameterSpec } from './layer';
import { type Shape, shapeText } from './shape';
import type { LayerSpec, ParallelSpec, ResidualSpec } from './spec';

/** Makes one layer of several; given to the blocks by `kinds.ts`. */
export type Chain = (specs: readonly LayerSpec[], where: string) => Layer;

/** The layer of a spec. @param where its place, for errors. */
export function residualLayer(spec: ResidualSpec, where: string, chain: Chain): Layer {
  const body = chain(spec.body, `${where}.body`);
  const shortcut = chain(spec.shortcut ?? [], `${where}.shortcut`);
  return {
    outputShape(input) {
      const [through, round] = [body.outputShape(input), shortcut.outputShape(input)];
      if (shapeText(through) === shapeText(round)) return through;
      const both = `${shapeText(through)} and ${shapeText(round)}`;
      throw new RangeError(`${where} (residual): body and shortcut must end in one shape, got ${both}`);
    },
    parameters: (input) => [
      ...below('body', body.parameters(input)),
      ...below('shortcut', shortcut.parameters(input)),
    ],
    multiplyAdds: (input) => body.multiplyAdds(input) + shortcut.multiplyAdds(input),
    forward: (xs, scope) =>
      tf.add(body.forward(xs, scope.inside('body')), shortcut.forward(xs, scope.inside('shortcut'))),
  };
}

/** The layer of a spec. @param where its place, for errors. */
export function parallelLayer(spec: ParallelSpec, where: string, chain: Chain): Layer {
  const branches = spec.branches.map((specs, i) => chain(specs, `${where}.branches.${i}`));
  return {
    outputShape(input) {
      if (branches.length === 0)
        throw new RangeError(`${where} (parallel): needs at least one branch, got none`);
      const shapes = branches.map((branch) => branch.outputShape(input));
      const sides = shapes.map((shape) => shapeText(shape.slice(0, -1)));
      if (new Set(sides).size > 1) {
        const list = shapes.map(shapeText).join(', ');
        throw new RangeError(`${where} (parallel): branches may differ in the last axis only, got ${list}`);
      }
      const channels = shapes.reduce((sum, shape) => sum + (shape.at(-1) as number), 0);
      return [...(shapes[0] as Shape).slice(0, -1), channels];
    },
    parameters: (input) => branches.flatMap((branch, i) => below(`branches.${i}`, branch.parameters(input))),
    multiplyAdds: (input) => branches.reduce((sum, branch) => sum + branch.multiplyAdds(input), 0),
    forward: (xs, scope) =>
      tf.concat(
        branches.map((branch, i) => branch.forward(xs, scope.inside(`branches.${i}`))),
        -1,
      ),
  };
}

/** The same parameters, named from one level up. */
export function below(path: string, parameters: readonly ParameterSpec[]): readonly ParameterSpec[] {
  return parameters.map((parameter) => ({ ...parameter, name: `${path}.${parameter.name}` }));
}
