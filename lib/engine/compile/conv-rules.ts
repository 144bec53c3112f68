/**
 * Convolutions of step 1 with filters of 3 × 3 and their gradients as operations of
 * our own, after Winograd (`native/addon/winograd.cc`), and what comes after them:
 * biases, another tensor that is added, ReLU, and the way back through ReLU.
 *
 * With few channels or filters most of a vector would be empty; with very many the
 * transformed filters would not stay in the processor's caches.
 */
import { hasOwnOperations } from '../native/load';
import { geometryOf } from './conv-geometry';
import type { OpAttribute } from './native-backend';
import { type RecordedOp, type Source, sameShape } from './recording';
import type { RecordingView, Rule } from './rewrite';
import { attribute, attributeKinds, inputsOf, isFloat, pairs } from './rule-tools';

const leastChannels = 16;
const mostWeights = { forward: 1 << 17, filters: 1 << 15 } as const;

/** Conv2D: InkwellConv. */
export const conv: Rule = (operation, view) => {
  const [x, filters] = inputsOf(operation, 'Conv2D');
  if (x === undefined || filters === undefined) return undefined;
  const geometry = geometryFor(operation, view.shape(x), view.shape(filters), mostWeights.forward);
  return geometry && { ...operation, name: 'InkwellConv', attributes: withEnds([geometry], noEnds) };
};

/** The gradient of its pictures. */
export const convGradInput: Rule = (operation, view) => {
  const [, filters, dy] = inputsOf(operation, 'Conv2DBackpropInput');
  if (filters === undefined || dy === undefined) return undefined;
  const pictures = operation.outputs[0]?.shape ?? [];
  const geometry = geometryFor(operation, pictures, view.shape(filters), mostWeights.forward);
  if (geometry === undefined) return undefined;
  const attributes = withEnds([geometry], noEnds);
  return { ...operation, name: 'InkwellConvGradInput', attributes, inputs: [filters, dy] };
};

/** The gradient of its filters. */
export const convGradFilter: Rule = (operation, view) => {
  const [x, , dy] = inputsOf(operation, 'Conv2DBackpropFilter');
  if (x === undefined || dy === undefined) return undefined;
  const filters = operation.outputs[0]?.shape ?? [];
  const geometry = geometryFor(operation, view.shape(x), filters, mostWeights.filters);
  return geometry && { ...operation, name: 'InkwellConvGradFilter', attributes: [geometry], inputs: [x, dy] };
};

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
    ...attributes.filter(({ name }) => name === 'geometry'),
    { name: 'ends', type, value: [...flags, relu ? 1 : 0] },
    { name: 'count', type, value: flags.reduce<number>((sum, flag) => sum + flag, 0) },
  ];
}

/** The geometry of a convolution that ours is faster at. */
function geometryFor(
  operation: RecordedOp,
  pictures: readonly number[],
  filters: readonly number[],
  most: number,
): OpAttribute | undefined {
  const [rows, columns, channels = 0, count = 0] = filters;
  if (!hasOwnOperations() || !isFloat(operation) || rows !== 3 || columns !== 3) return undefined;
  if (Math.min(channels, count) < leastChannels || channels * count > most) return undefined;
  return geometryOf(operation, pictures, filters);
}
