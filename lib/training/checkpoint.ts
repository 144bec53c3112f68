/**
 * Nets and learners in files. A checkpoint holds everything that decides how
 * training goes on (weights, buffers, the optimizer's moments, the position to
 * the batch, the history), so a run that was killed ends as if it had not been.
 */
import { checkArguments } from '../core/argument';
import { aString } from '../core/argument-kinds';
import { InkwellError } from '../core/errors';
import * as tf from '../engine/tf';
import type { Tensors } from '../layers/layer';
import { parameterSpecs, type Weights } from '../layers/net';
import { shapeText } from '../layers/shape';
import type { NetSpec } from '../layers/spec';
import { aLearner, aSavedNet } from './argument-kinds';
import type { History } from './history';
import type { Learner } from './learner';
import type { Position } from './position';
import { readTensors, type StoredTensor, type TensorFile, writeTensors } from './safetensors';
import { disposeSnapshot, type Snapshot } from './state';
import type { FitPlan, WatchedLearner } from './watched-learner';

/** Of the files that are written here. */
const FORMAT = '1';

/** A net with its weights; who loads it disposes of them (`disposeWeights`). */
export interface SavedNet {
  readonly net: NetSpec;
  readonly weights: Weights;
}

/** Saves a net and its weights, whole or not at all. */
export async function saveNet(file: string, saved: SavedNet): Promise<void> {
  checkArguments('saveNet', { file, saved }, { file: aString, saved: aSavedNet });
  const { net, weights } = saved;
  const { parameters, buffers } = weights;
  await writeTensors(file, {
    tensors: await stored({ parameters, buffers }),
    metadata: { format: FORMAT, kind: 'net', net: JSON.stringify(net) },
  });
}

/**
 * Loads a net, from a file of `saveNet` or from a checkpoint.
 *
 * @throws InkwellError `TENSORS_MISSING`, `TENSORS_FORMAT`, or `CHECKPOINT_FORMAT` where the file
 *   holds tensors, but no net.
 */
export async function loadNet(file: string): Promise<SavedNet> {
  checkArguments('loadNet', { file }, { file: aString });
  const contents = await readTensors(file);
  const net = parse<NetSpec>(contents, 'net', file);
  checkTensors(net, contents, file);
  return { net, weights: { parameters: group(contents, 'parameters'), buffers: group(contents, 'buffers') } };
}

/** Saves all of a learner, whole or not at all. */
export async function saveCheckpoint(file: string, learner: WatchedLearner): Promise<void> {
  checkArguments('saveCheckpoint', { file, learner }, { file: aString, learner: aLearner });
  const { net, optimizer, seed, position, history, state } = learner;
  await writeTensors(file, {
    tensors: await stored({ ...state }),
    metadata: {
      format: FORMAT,
      kind: 'checkpoint',
      net: JSON.stringify(net),
      optimizer: optimizer.name,
      seed: String(seed),
      position: JSON.stringify(position),
      history: JSON.stringify(history, nanAsText),
      fit: JSON.stringify(learner.fitPlan ?? null),
    },
  });
}

/**
 * Puts a learner where a checkpoint was; the next `fit` finishes what was cut off, and refuses
 * (`CHECKPOINT_OTHER`) where its options or data are not those of the fit that wrote the checkpoint.
 *
 * @param learner of the same net, optimizer and seed.
 * @throws InkwellError `TENSORS_MISSING`, `TENSORS_FORMAT`, `CHECKPOINT_FORMAT`, or
 *   `CHECKPOINT_OTHER` where the learner is not of that kind.
 */
export async function resumeFrom(file: string, learner: Learner): Promise<void> {
  checkArguments('resumeFrom', { file, learner }, { file: aString, learner: aLearner });
  const contents = await readTensors(file);
  const position = parse<Position>(contents, 'position', file);
  const history = parse<History>(contents, 'history', file);
  const plan = parse<FitPlan | null>(contents, 'fit', file);
  refuseOther(contents, learner, file);
  checkTensors(learner.net, contents, file);
  const snapshot: Snapshot = {
    parameters: group(contents, 'parameters'),
    buffers: group(contents, 'buffers'),
    optimizer: group(contents, 'optimizer'),
  };
  try {
    learner.restore(snapshot, position, history, plan ?? undefined);
  } finally {
    disposeSnapshot(snapshot);
  }
}

function refuseOther({ metadata }: TensorFile, learner: WatchedLearner, file: string): void {
  const own = {
    net: JSON.stringify(learner.net),
    optimizer: learner.optimizer.name,
    seed: String(learner.seed),
  };
  for (const [what, expected] of Object.entries(own)) {
    if (metadata[what] === expected) continue;
    const both =
      what === 'net' ? 'another net' : `${what} ${metadata[what]}, and this learner has ${expected}`;
    throw new InkwellError('CHECKPOINT_OTHER', `${file} is a checkpoint of ${both}.`, {
      hint: 'Make the learner with the options of the run that wrote the checkpoint, or start without it.',
    });
  }
}

function parse<T>({ metadata }: TensorFile, name: string, file: string): T {
  try {
    return JSON.parse(metadata[name] ?? '', textAsNan) as T;
  } catch (error) {
    throw new InkwellError('CHECKPOINT_FORMAT', `${file} holds tensors, but no ${name}.`, { cause: error });
  }
}

/** JSON knows no NaN, which a loss may become. */
const nanAsText = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;

const textAsNan = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'number' in value && Object.keys(value).length === 1
    ? Number(value.number)
    : value;

async function stored(groups: { readonly [group: string]: Tensors }): Promise<TensorFile['tensors']> {
  const tensors: Record<string, StoredTensor> = {};
  for (const [prefix, members] of Object.entries(groups)) {
    for (const [name, tensor] of Object.entries(members)) {
      const values = (await tensor.data()) as Float32Array;
      tensors[`${prefix}/${name}`] = { type: 'float32', shape: tensor.shape, values };
    }
  }
  return tensors;
}

function group({ tensors }: TensorFile, prefix: string): Tensors {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(`${prefix}/`));
  return Object.fromEntries(
    own.map(([name, { values, shape }]) => [name.slice(prefix.length + 1), tf.tensor(values, [...shape])]),
  );
}

/** A file that was edited, or a net whose layers have changed since. */
function checkTensors(net: NetSpec, { tensors }: TensorFile, file: string): void {
  for (const { name, shape, role } of parameterSpecs(net)) {
    const found = tensors[`${role}s/${name}`]?.shape;
    if (found !== undefined && shapeText(found) === shapeText(shape)) continue;
    const came = found === undefined ? 'it is not there' : `it is ${shapeText(found)}`;
    throw new InkwellError('CHECKPOINT_FORMAT', `${file}: ${name} must be ${shapeText(shape)}, but ${came}.`);
  }
}
