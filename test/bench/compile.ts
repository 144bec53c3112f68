/**
 * What compile() is worth: milliseconds a training step (SGD) of the book's
 * nets, eager, compiled, and several compiled steps together, in one run.
 *
 *     node build/test/bench/compile.js                    all of them
 *     node build/test/bench/compile.js conv:10 lstm:64    some: net:batch size
 *
 * Prints the least and the median wall time of each, and the processor time of a
 * compiled step, which other programs on the machine disturb less. Threads are
 * those of INKWELL_THREADS; TF_NUM_INTRAOP_THREADS and TF_NUM_INTEROP_THREADS
 * set the two kinds apart.
 */
import { type Compiled, compile } from 'inkwell/engine/compile/compile';
import { randomStream } from 'inkwell/engine/compile/random-stream';
import { useEngine } from 'inkwell/engine/engine';
import * as tf from 'inkwell/engine/tf';

interface Net {
  readonly inputShape: readonly number[];
  readonly variables: readonly tf.Variable[];
  logits(xs: tf.Tensor): tf.Tensor;
}

function weights(shape: number[], fanIn: number): tf.Variable {
  return tf.tidy(() => tf.variable(tf.randomNormal(shape, 0, 1 / Math.sqrt(fanIn), 'float32', 1)));
}

type Apply = (x: tf.Tensor) => tf.Tensor;

function dense(
  sizes: readonly number[],
  before: Apply = (x) => x,
): { variables: tf.Variable[]; apply: Apply } {
  const layers = sizes.slice(1).map((units, i) => {
    const inputs = sizes[i] as number;
    return { w: weights([inputs, units], inputs), b: tf.variable(tf.zeros([units])) };
  });
  return {
    variables: layers.flatMap(({ w, b }) => [w, b]),
    apply: (x) =>
      layers.reduce((h, { w, b }, i) => {
        const z = before(h).matMul(w).add(b);
        return i < layers.length - 1 ? z.relu() : z;
      }, x),
  };
}

function denseNet(sizes: readonly number[]): Net {
  const { variables, apply } = dense(sizes);
  return { inputShape: [sizes[0] as number], variables, logits: apply };
}

function convNet(sizes: readonly number[], before?: Apply): Net {
  const convs = [weights([5, 5, 1, 20], 25), weights([5, 5, 20, 40], 500)];
  const biases = [20, 40].map((units) => tf.variable(tf.zeros([units])));
  const { variables, apply } = dense(sizes, before);
  const block = (x: tf.Tensor, kernel: tf.Variable, i: number): tf.Tensor => {
    const z = tf.conv2d(x as tf.Tensor4D, kernel as unknown as tf.Tensor4D, 1, 'valid');
    return tf.maxPool(z.add<tf.Tensor4D>(biases[i] as tf.Variable).relu<tf.Tensor4D>(), 2, 2, 'valid');
  };
  return {
    inputShape: [28, 28, 1],
    variables: [...convs, ...biases, ...variables],
    logits: (xs) => apply(convs.reduce<tf.Tensor>(block, xs).reshape([xs.shape[0] as number, 640])),
  };
}

function lstmNet(units: number): Net {
  const wx = weights([28, 4 * units], 28 + units);
  const wh = weights([units, 4 * units], 28 + units);
  const b = tf.variable(tf.zeros([4 * units]));
  const { variables, apply } = dense([units, 10]);
  return {
    inputShape: [28, 28],
    variables: [wx, wh, b, ...variables],
    logits(xs) {
      const size = xs.shape[0] as number;
      const rows = xs.transpose([1, 0, 2]).reshape([28 * size, 28]);
      let h: tf.Tensor = tf.zeros([size, units]);
      let c = h;
      for (const zx of tf.unstack(
        rows
          .matMul(wx)
          .add(b)
          .reshape([28, size, 4 * units]),
      )) {
        const [i, g, f, o] = tf.split(zx.add(h.matMul(wh)), 4, 1) as [
          tf.Tensor,
          tf.Tensor,
          tf.Tensor,
          tf.Tensor,
        ];
        c = c.mul(f.sigmoid()).add(i.sigmoid().mul(g.tanh()));
        h = c.tanh().mul(o.sigmoid());
      }
      return apply(h);
    },
  };
}

const nets: Readonly<Record<string, () => Net>> = {
  'dense-30': () => denseNet([784, 30, 10]),
  'dense-2500': () => denseNet([784, 2500, 2000, 1500, 1000, 500, 10]),
  conv: () => convNet([640, 100, 10]),
  'conv-dropout': () => {
    const stream = randomStream(1);
    return convNet([640, 1000, 1000, 10], (x) => stream.dropout(x, 0.5));
  },
  lstm: () => lstmNet(128),
};

const workloads = [
  'dense-30:256',
  'conv:10',
  'conv:64',
  'conv-dropout:10',
  'conv-dropout:64',
  'dense-2500:64',
  'lstm:64',
];

type Step = (xs: tf.Tensor, ys: tf.Tensor, rate: tf.Scalar) => tf.Scalar;

function stepOf({ variables, logits }: Net): Step {
  return (xs, ys, rate) => {
    const loss = (): tf.Scalar => tf.losses.softmaxCrossEntropy(ys, logits(xs)) as tf.Scalar;
    const { value, grads } = tf.variableGrads(loss, [...variables]);
    for (const variable of variables) {
      variable.assign(variable.sub((grads[variable.name] as tf.Tensor).mul(rate)));
    }
    return value;
  };
}

interface Times {
  readonly wallMs: number[];
  cpuMs: number;
}

/** Times a call that makes `steps` steps, for about `ms`. */
function measure(times: Times, steps: number, ms: number, call: () => void): void {
  const until = performance.now() + ms;
  const before = process.cpuUsage();
  let count = 0;
  do {
    const start = performance.now();
    call();
    times.wallMs.push((performance.now() - start) / steps);
    count += steps;
  } while (performance.now() < until);
  const { user, system } = process.cpuUsage(before);
  times.cpuMs = Math.min(times.cpuMs, (user + system) / 1000 / count);
}

function show(name: string, { wallMs, cpuMs }: Times): string {
  const sorted = wallMs.sort((a, b) => a - b);
  const ms = [sorted[0], sorted[sorted.length >> 1], cpuMs].map((value) => (value as number).toFixed(2));
  return `${name} ${ms[0]} least ${ms[1]} median ${ms[2]} cpu`;
}

function benchmark(workload: string): string {
  const [name = '', batch = '10'] = workload.split(':');
  const makeNet = nets[name];
  if (makeNet === undefined)
    throw new RangeError(`There is no net "${name}", only ${Object.keys(nets).join(', ')}.`);
  const net = makeNet();
  const size = Number(batch);
  const xs = tf.randomUniform([size, ...net.inputShape], 0, 1, 'float32', 1);
  const ys = tf
    .oneHot(
      tf.tensor1d(
        Array.from({ length: size }, (_, i) => i % 10),
        'int32',
      ),
      10,
    )
    .toFloat();
  const args: [tf.Tensor, tf.Tensor, tf.Scalar] = [xs, ys, tf.scalar(0.01)];
  const step = stepOf(net);
  const compiled: Compiled<typeof args, tf.Scalar> = compile(step);
  const together = Array.from({ length: 8 }, () => args);
  const times = [0, 1, 2].map((): Times => ({ wallMs: [], cpuMs: Number.POSITIVE_INFINITY }));
  const calls: [number, () => void][] = [
    [1, () => tf.tidy(() => void step(...args))],
    [1, () => compiled(...args).dispose()],
    [8, () => tf.dispose(compiled.many(together))],
  ];
  for (let warmUp = 0; warmUp < 3; warmUp++) for (const [, call] of calls) call();
  // In turn, so that a change of the machine's load meets all three.
  for (let round = 0; round < 5; round++) {
    calls.forEach(([steps, call], i) => {
      measure(times[i] as Times, steps, 300, call);
    });
  }
  compiled.dispose();
  tf.dispose([...net.variables]);
  const labels = ['eager', '| compiled', '| together'];
  return `${workload.padEnd(16)} ${times.map((time, i) => show(labels[i] as string, time)).join(' ')}`;
}

async function main(): Promise<void> {
  console.log((await useEngine()).description);
  const chosen = process.argv.slice(2);
  for (const workload of chosen.length > 0 ? chosen : workloads) console.log(benchmark(workload));
}

void main();
