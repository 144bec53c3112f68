/**
 * How weights start, by name. The variance decides whether signals survive the
 * way through many layers: too small and they fade, too large and they saturate.
 *
 * `nielsen` is N(0, 1/n_out) for weights and N(0, 1) for biases (network3.py,
 * M. Nielsen, Neural Networks and Deep Learning, 2015, chapter 6); Glorot and
 * Bengio, 2010; He et al., 2015; LeCun et al., Efficient BackProp, 1998; Saxe
 * et al., 2013, for `orthogonal`. LSUV, which needs data, is in `lsuv.ts`.
 */
import { createRandom, type Random } from '../core/random';
import type { Initializer } from './initializer';
import type { ParameterSpec } from './layer';
import { sizeOf } from './shape';

/**
 * The first values of a parameter, decided by the seed and its name alone.
 *
 * @throws RangeError for an initializer that there is not.
 */
export function initialValues(spec: ParameterSpec, seed: number): Float32Array {
  const random = createRandom(seed).fork(spec.name);
  const { initializer, fanIn, fanOut } = spec;
  if (typeof initializer !== 'string') return fromDistribution(spec, initializer, random);
  const normal = (deviation: number): Float32Array => fill(spec, () => random.normal(0, deviation));
  const uniform = (limit: number): Float32Array => fill(spec, () => random.between(-limit, limit));
  switch (initializer) {
    case 'zeros':
      return fill(spec, () => 0);
    case 'ones':
      return fill(spec, () => 1);
    case 'normal':
      return normal(1);
    case 'nielsen':
      return normal(spec.shape.length > 1 ? Math.sqrt(1 / fanOut) : 1);
    case 'lecun-normal':
      return normal(Math.sqrt(1 / fanIn));
    case 'glorot-uniform':
      return uniform(Math.sqrt(6 / (fanIn + fanOut)));
    case 'glorot-normal':
      return normal(Math.sqrt(2 / (fanIn + fanOut)));
    case 'he-uniform':
      return uniform(Math.sqrt(6 / fanIn));
    case 'he-normal':
      return normal(Math.sqrt(2 / fanIn));
    case 'orthogonal':
      return orthogonal(spec, random);
    default:
      throw new RangeError(`${spec.name}: there is no initializer "${initializer satisfies never}"`);
  }
}

function fromDistribution(
  spec: ParameterSpec,
  distribution: Exclude<Initializer, string>,
  random: Random,
): Float32Array {
  switch (distribution.kind) {
    case 'normal':
      return fill(spec, () => random.normal(0, distribution.deviation));
    case 'uniform':
      return fill(spec, () => random.between(-distribution.limit, distribution.limit));
    case 'constant': {
      const { values } = distribution;
      if (typeof values === 'number') return fill(spec, () => values);
      if (values.length === sizeOf(spec.shape)) return Float32Array.from(values);
      throw new RangeError(`${spec.name}: needs ${sizeOf(spec.shape)} constants, got ${values.length}`);
    }
  }
}

function fill(spec: ParameterSpec, draw: () => number): Float32Array {
  const values = new Float32Array(sizeOf(spec.shape));
  for (let i = 0; i < values.length; i++) values[i] = draw();
  return values;
}

/** Blocks of rows at right angles to each other (Gram and Schmidt), each block square or flatter. */
function orthogonal(spec: ParameterSpec, random: Random): Float32Array {
  const columns = spec.shape.at(-1) ?? 1;
  const rows = sizeOf(spec.shape) / columns;
  const [short, long] = rows < columns ? [rows, columns] : [columns, rows];
  const basis: Float64Array[] = [];
  while (basis.length < short) {
    const vector = Float64Array.from({ length: long }, () => random.normal());
    for (const other of basis) {
      const along = dot(vector, other);
      for (let i = 0; i < long; i++) vector[i] = (vector[i] as number) - along * (other[i] as number);
    }
    const length = Math.sqrt(dot(vector, vector));
    if (length > 1e-6) basis.push(vector.map((value) => value / length));
  }
  const at = (row: number, column: number): number =>
    (rows < columns ? basis[row]?.[column] : basis[column]?.[row]) as number;
  return Float32Array.from({ length: rows * columns }, (_, i) => at(Math.floor(i / columns), i % columns));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
