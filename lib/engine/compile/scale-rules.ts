/**
 * Numbers times a factor for each channel, plus an offset for each (`InkwellScale`,
 * `native/addon/batch_norm.cc`), as batch normalisation ends, and what comes before
 * and after, where nothing else needs what comes between.
 */
import { hasOwnOperations } from '../native/load';
import { folded } from './folding';
import { type RecordedOp, type Source, sameShape } from './recording';
import type { RecordingView, Rule } from './rewrite';
import { attribute, attributeKinds, inputsOf, isFloat, pairs } from './rule-tools';

/** x · factor + offset. */
export const scale: Rule = (operation, view) => {
  const [output] = operation.outputs;
  if (!hasOwnOperations() || !isFloat(operation) || output === undefined || output.shape.length < 2) {
    return undefined;
  }
  for (const [product, offset] of pairs(operation, 'Add')) {
    for (const [x, factor] of pairs(view.maker(product), 'Mul')) {
      if (view.uses(product) !== 1 || !sameShape(view.shape(x), output.shape)) continue;
      if (!isForChannels(factor, x, view) || !isForChannels(offset, x, view)) continue;
      const inputs = [x, factor, offset];
      const scaled = { name: 'InkwellScale', inputs, outputs: [output], attributes: withEnds(0, 0) };
      return folded({ x, factor, offset }, view) ?? scaled;
    }
  }
  return undefined;
};

/** Another tensor of the same shape added to it, as residual blocks have it. */
export const scaleMore: Rule = (operation, view) => {
  for (const [scaled, more] of pairs(operation, 'Add')) {
    const maker = joinable(scaled, view);
    if (maker === undefined || maker.inputs.length > 3) continue;
    if (!sameShape(view.shape(scaled), view.shape(more))) continue;
    return { ...maker, inputs: [...maker.inputs, more], attributes: withEnds(1, 0) };
  }
  return undefined;
};

/** ReLU of it. */
export const scaleRelu: Rule = (operation, view) => {
  const [scaled] = inputsOf(operation, 'Relu');
  const maker = scaled && joinable(scaled, view);
  return maker && { ...maker, attributes: withEnds(maker.inputs.length - 3, 1) };
};

/** The operation that makes a tensor, where that is a scaling without ReLU, needed once. */
function joinable(source: Source, view: RecordingView): RecordedOp | undefined {
  const maker = view.maker(source);
  if (maker?.name !== 'InkwellScale' || view.uses(source) !== 1) return undefined;
  const [, relu = 0] = (attribute(maker, 'ends') ?? []) as number[];
  return relu === 0 ? maker : undefined;
}

function isForChannels(source: Source, x: Source, view: RecordingView): boolean {
  return sameShape(view.shape(source), view.shape(x).slice(-1));
}

function withEnds(more: number, relu: number): RecordedOp['attributes'] {
  const type = attributeKinds.int;
  return [
    { name: 'ends', type, value: [more, relu] },
    { name: 'count', type, value: more },
  ];
}
