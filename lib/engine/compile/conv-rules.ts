/**
 * Convolutions and their gradients as operations of our own (`native/addon/conv.cc`),
 * and what comes after them: biases, another tensor that is added, ReLU, and the way
 * back through ReLU. Those of 3 × 3 and step 1 go Winograd's way; of others, where
 * filters step over pixels, only the gradient of pictures is ours.
 */
import { hasOwnOperations } from '../native/load';
import { geometryOf } from './conv-geometry';
import type { OpAttribute } from './native-backend';
import { type RecordedOp, type Source, sameShape } from './recording';
import type { RecordingView, Rule } from './rewrite';
import { attribute, attributeKinds, inputsOf, isFloat, pairs } from './rule-tools';

/** With fewer channels or filters, squares of Winograd's would mostly be transformed. */
const leastChannels = 16;
/** With more weights than these, what is made of them would not stay in the processor's caches. */
const mostWeights = { forward: 1 << 17, filters: 1 << 15, steps: 1 << 16 } as const;

/** Conv2D: InkwellConv. */
export const conv: Rule = (operation, view) => {
  const [x, filters] = inputsOf(operation, 'Conv2D');
  if (x === undefined || filters === undefined) return undefined;
  const attributes = attributesFor(operation, view.shape(x), view.shape(filters), mostWeights.forward);
  return attributes && { ...operation, name: 'InkwellConv', attributes: withEnds(attributes, noEnds) };
};

/** The gradient of its pictures. */
export const convGradInput: Rule = (operation, view) => {
  const [, filters, dy] = inputsOf(operation, 'Conv2DBackpropInput');
  if (filters === undefined || dy === undefined) return undefined;
  const pictures = operation.outputs[0]?.shape ?? [];
  const found = attributesFor(operation, pictures, view.shape(filters), mostWeights.forward);
  if (found === undefined) return undefined;
  const attributes = withEnds(found, noEnds);
  return { ...operation, name: 'InkwellConvGradInput', attributes, inputs: [filters, dy] };
};

/** The gradient of its filters. */
export const convGradFilter: Rule = (operation, view) => {
  const [x, , dy] = inputsOf(operation, 'Conv2DBackpropFilter');
  if (x === undefined || dy === undefined) return undefined;
  const filters = operation.outputs[0]?.shape ?? [];
  const attributes = attributesFor(operation, view.shape(x), filters, mostWeights.filters);
  return attributes && { ...operation, name: 'InkwellConvGradFilter', attributes, inputs: [x, dy] };
};

/** Whether our operation goes Winograd's way with such filters. */
export function isForWinograd(filters: readonly number[], steps: readonly number[]): boolean {
  const [rows, columns, channels = 0, count = 0] = filters;
  const isSmall = rows === 3 && columns === 3 && steps.every((step) => step === 1);
  return isSmall && Math.min(channels, count) >= leastChannels;
}

/** BiasAdd of a convolution that nothing else needs. */
export const convBiases: Rule = (operation, view) => {
  const [product, biases] = inputsOf(operation, 'BiasAdd');
  const ends = product && endsOf(product, view, ['InkwellConv']);
  if (biases === undefined || ends === undefined || isAny(ends)) return undefined;
  return ended(product as Source, { ...ends, biases }, view);
};

/** Another tensor of the same shape added to a convolution, or to what comes back through one. */
export const convMore: Rule = (operation, view) => {
  for (const [product, more] of pairs(operation, 'Add')) {
    const ends = endsOf(product, view, ['InkwellConv', 'InkwellConvGradInput']);
    if (ends === undefined || ends.more || ends.gate || ends.relu) continue;
    if (sameShape(view.shape(product), view.shape(more))) return ended(product, { ...ends, more }, view);
  }
  return undefined;
};

/** ReLU of a convolution that nothing else needs. */
export const convRelu: Rule = (operation, view) => {
  const [product] = inputsOf(operation, 'Relu');
  const ends = product && endsOf(product, view, ['InkwellConv']);
  if (ends === undefined || ends.relu) return undefined;
  return ended(product as Source, { ...ends, relu: true }, view);
};

/** What comes back through a convolution and the ReLU before it. */
export const convGradGate: Rule = (operation, view) => {
  const [product, gate] = inputsOf(operation, 'ReluGrad');
  const ends = product && endsOf(product, view, ['InkwellConvGradInput']);
  if (gate === undefined || ends === undefined || ends.gate) return undefined;
  return ended(product as Source, { ...ends, gate }, view);
};

/** What is done to the result of a convolution before it is written: the operation's inputs after the first two. */
export interface Ends {
  readonly biases?: Source | undefined;
  readonly more?: Source | undefined;
  readonly gate?: Source | undefined;
  readonly relu: boolean;
}

const noEnds: Ends = { relu: false };

const isAny = ({ biases, more, gate, relu }: Ends): boolean => relu || Boolean(biases ?? more ?? gate);

/** Those of an operation of one of these names whose result is needed once. */
export function endsOf(product: Source, view: RecordingView, names: readonly string[]): Ends | undefined {
  const maker = view.maker(product);
  if (maker === undefined || !names.includes(maker.name) || view.uses(product) !== 1) return undefined;
  const [hasBiases, hasMore, hasGate, relu] = attribute(maker, 'ends') as number[];
  const inputs = maker.inputs.slice(2);
  const next = (isThere: number | undefined): Source | undefined => (isThere ? inputs.shift() : undefined);
  return { biases: next(hasBiases), more: next(hasMore), gate: next(hasGate), relu: relu === 1 };
}

/** The operation that makes a tensor, with other ends. */
function ended(product: Source, ends: Ends, view: RecordingView): RecordedOp {
  const maker = view.maker(product) as RecordedOp;
  const given = [ends.biases, ends.more, ends.gate].flatMap((input) => input ?? []);
  return {
    ...maker,
    attributes: withEnds(maker.attributes, ends),
    inputs: [...maker.inputs.slice(0, 2), ...given],
  };
}

export function withEnds(
  attributes: readonly OpAttribute[],
  { biases, more, gate, relu }: Ends,
): OpAttribute[] {
  const flags = [biases, more, gate].map((input) => (input === undefined ? 0 : 1));
  const type = attributeKinds.int;
  return [
    ...attributes.filter(({ name }) => name === 'geometry' || name === 'steps'),
    { name: 'ends', type, value: [...flags, relu ? 1 : 0] },
    { name: 'count', type, value: flags.reduce<number>((sum, flag) => sum + flag, 0) },
  ];
}

/** The attributes of a convolution that ours is faster at. */
function attributesFor(
  operation: RecordedOp,
  pictures: readonly number[],
  filters: readonly number[],
  most: number,
): OpAttribute[] | undefined {
  if (!hasOwnOperations() || !isFloat(operation)) return undefined;
  const found = geometryOf(operation, pictures, filters);
  const [rows = 0, columns = 0, channels = 0, count = 0] = filters;
  if (found === undefined) return undefined;
  const isFaster = isForWinograd(filters, found.steps)
    ? channels * count <= most
    : operation.name === 'Conv2DBackpropInput' &&
      found.steps.some((step) => step > 1) &&
      rows * columns * channels * count <= mostWeights.steps;
  return isFaster
    ? [found.geometry, { name: 'steps', type: attributeKinds.int, value: found.steps }]
    : undefined;
}
