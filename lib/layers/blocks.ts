/**
 * Layers made of layers: a residual block adds what goes round to what goes
 * through (He et al., 2015); parallel branches see the same input, as in the
 * Inception module (Szegedy et al., 2014), and `join.ts` makes one of them.
 */
import * as tf from '../engine/tf';
import { joinOf } from './join';
import type { Layer, ParameterSpec } from './layer';
import { shapeText } from './shape';
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
  const join = joinOf(spec, `${where} (parallel)`);
  return {
    outputShape: (input) => join.outputShape(branches.map((branch) => branch.outputShape(input))),
    parameters: (input) => branches.flatMap((branch, i) => below(`branches.${i}`, branch.parameters(input))),
    multiplyAdds: (input) =>
      branches.reduce(
        (sum, branch) => sum + branch.multiplyAdds(input),
        join.multiplyAdds(branches.map((branch) => branch.outputShape(input))),
      ),
    forward: (xs, scope) =>
      join.forward(branches.map((branch, i) => branch.forward(xs, scope.inside(`branches.${i}`)))),
  };
}

/** The same parameters, named from one level up. */
export function below(path: string, parameters: readonly ParameterSpec[]): readonly ParameterSpec[] {
  return parameters.map((parameter) => ({ ...parameter, name: `${path}.${parameter.name}` }));
}
