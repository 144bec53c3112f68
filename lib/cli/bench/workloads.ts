/** The nets that contenders train beside each other: what each must build, as data. */

/** A net of ten outputs over pictures of 28 × 28, hidden layers with ReLU. Weights start as N(0, 1 / fan-in), biases at 0. */
export type NetShape =
  | { readonly kind: 'dense'; readonly hidden: readonly number[] }
  /** Convolutions 20@5×5 and 40@5×5, each pooled 2 × 2; dropout before each dense layer. */
  | { readonly kind: 'conv'; readonly hidden: readonly number[]; readonly dropout: number }
  /** Over the 28 rows; the state after the last goes to the outputs. */
  | { readonly kind: 'lstm'; readonly units: number };

/** One net at one batch size, trained by plain SGD on softmax and cross-entropy. */
export interface Workload {
  /** Stands in tables and on the command line, such as `conv:64`. */
  readonly name: string;
  /** In words. */
  readonly title: string;
  readonly net: NetShape;
  readonly batchSize: number;
  readonly learningRate: number;
}

const nets: Readonly<Record<string, { title: string; net: NetShape; batchSizes: readonly number[] }>> = {
  mlp: { title: 'dense 30', net: { kind: 'dense', hidden: [30] }, batchSizes: [256] },
  conv: {
    title: 'two convolutions, dense 100',
    net: { kind: 'conv', hidden: [100], dropout: 0 },
    batchSizes: [10, 64, 256],
  },
  dropout: {
    title: 'two convolutions, two dense 1,000, dropout',
    net: { kind: 'conv', hidden: [1000, 1000], dropout: 0.5 },
    batchSizes: [10, 64],
  },
  deep: {
    title: 'dense 2500-2000-1500-1000-500',
    net: { kind: 'dense', hidden: [2500, 2000, 1500, 1000, 500] },
    batchSizes: [64],
  },
  lstm: { title: 'LSTM 128, 28 steps', net: { kind: 'lstm', units: 128 }, batchSizes: [64] },
};

/** All workloads, small nets first. */
export const WORKLOADS: readonly Workload[] = Object.entries(nets).flatMap(
  ([name, { title, net, batchSizes }]) =>
    batchSizes.map((batchSize) => ({
      name: `${name}:${batchSize}`,
      title: `${title}, batch ${batchSize}`,
      net,
      batchSize,
      learningRate: 0.01,
    })),
);

/**
 * The workloads of some names, all where there are none.
 *
 * @throws RangeError for a name there is not.
 */
export function workloadsOf(names: readonly string[]): readonly Workload[] {
  if (names.length === 0) return WORKLOADS;
  return names.map((name) => {
    const found = WORKLOADS.find((workload) => workload.name === name);
    if (found !== undefined) return found;
    const list = WORKLOADS.map((workload) => workload.name).join(', ');
    throw new RangeError(`bench training: there is no workload "${name}", only ${list}`);
  });
}
