/**
 * A convolution or matrix product whose results are scaled and shifted channel by
 * channel, as batch normalisation does with its averages: its weights and biases are
 * scaled instead, where they are fewer than the results.
 */
import { endsOf, withEnds } from './conv-rules';
import { dataTypes } from './native-backend';
import type { RecordedOp, Source } from './recording';
import type { RecordingView } from './rewrite';
import { attribute, floatType, inputsOf } from './rule-tools';

/** x · factor + offset, `[channels]` each. */
export interface Scaled {
  readonly x: Source;
  readonly factor: Source;
  readonly offset: Source;
}

/** The operation with scaled weights, where x is of one that nothing else needs. */
export function folded({ x, factor, offset }: Scaled, view: RecordingView): RecordedOp | undefined {
  const product = productOf(x, view);
  if (product === undefined || view.uses(x) !== 1) return undefined;
  const { maker, biases } = product;
  const [input, weights] = maker.inputs as [Source, Source];
  const outputs = [{ shape: view.shape(x), dtype: dataTypes.float32 }];
  if (sizeOf(view.shape(weights)) > sizeOf(view.shape(x))) return undefined;
  const both = (name: string, one: Source, other: Source, shape: readonly number[]): Source => {
    const facts = { shape, dtype: dataTypes.float32 };
    return view.add({ name, attributes: [floatType], inputs: [one, other], outputs: [facts] });
  };
  const shape = view.shape(offset);
  const scaled = both('Mul', weights, factor, view.shape(weights));
  const moved =
    biases === undefined ? offset : both('Add', both('Mul', biases, factor, shape), offset, shape);
  if (maker.name === 'InkwellConv') {
    const attributes = withEnds(maker.attributes, { biases: moved, relu: false });
    return { ...maker, attributes, inputs: [input, scaled, moved] };
  }
  const sums = view.add({ ...maker, inputs: [input, scaled] });
  return { name: 'BiasAdd', attributes: [floatType], inputs: [sums, moved], outputs };
}

/** The product of weights that a tensor is, and the biases that were added to it. */
function productOf(
  x: Source,
  view: RecordingView,
): { readonly maker: RecordedOp; readonly biases: Source | undefined } | undefined {
  const ends = endsOf(x, view, ['InkwellConv']);
  if (ends !== undefined) {
    const isPlain = !ends.relu && ends.more === undefined && ends.gate === undefined;
    return isPlain ? { maker: view.maker(x) as RecordedOp, biases: ends.biases } : undefined;
  }
  const [sums, biases] = inputsOf(view.maker(x), 'BiasAdd');
  const product = sums ?? x;
  const maker = view.maker(product);
  const isProduct =
    maker?.name === 'Conv2D' || (maker?.name === 'MatMul' && attribute(maker, 'transpose_b') !== true);
  return isProduct && view.uses(product) === 1 ? { maker, biases } : undefined;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
