/** The errors with which compile() refuses what a graph cannot mean. */
import { InkwellError } from '../../core/errors';
import { readersFrame, readersOp, stackFrames } from './call-site';

const passIn = 'Pass it in as a tensor argument, e.g. `step(xs, ys, tf.scalar(value))`';

/** Reading values while the operations are recorded. */
export function refuseRead(): InkwellError {
  const frames = stackFrames();
  return new InkwellError(
    'COMPILE_READS_VALUE',
    `compile: the function reads the values of a tensor (dataSync, arraySync or data) at ${readersFrame(frames)}. ` +
      'What JavaScript decides or computes from them would be fixed in the graph.',
    { hint: 'Return the tensor and read it outside, or express the choice in tensors with tf.where.' },
  );
}

/** `Math.random` while the operations are recorded. */
export function refuseRandom(): InkwellError {
  const frames = stackFrames();
  const op = readersOp(frames) ?? 'Math.random';
  return new InkwellError(
    'COMPILE_RANDOM',
    `compile: ${op} draws random numbers in JavaScript, at ${readersFrame(frames)}. ` +
      'They would be the same in every run of the graph.',
    {
      hint:
        'Use randomStream(seed) of inkwell, whose uniform, normal and dropout draw inside the graph; ' +
        'or draw outside and pass the tensor in as an argument.',
    },
  );
}

/** An operation that draws from TensorFlow's own unseeded state. */
export function refuseRandomOp(op: string): InkwellError {
  return new InkwellError(
    'COMPILE_RANDOM',
    `compile: the operation ${op}, at ${readersFrame(stackFrames())}, draws random numbers that no seed repeats.`,
    { hint: 'Use randomStream(seed) of inkwell, whose uniform, normal and dropout are reproducible.' },
  );
}

/** A constant that differs from call to call. */
export function refuseConstant(origin: string): InkwellError {
  return new InkwellError(
    'COMPILE_FROZEN',
    `compile: ${origin} makes a tensor whose values differ from call to call; the graph would keep those of the first.`,
    { hint: `${passIn}, so that each call brings its own.` },
  );
}

/** Operations that differ from call to call. */
export function refuseChange(what: string): InkwellError {
  return new InkwellError(
    'COMPILE_FROZEN',
    `compile: the function does something else from call to call (${what}); the graph would keep the first.`,
    { hint: `What JavaScript decides must depend on the shapes alone. ${passIn}.` },
  );
}

/** An operation that a graph cannot hold. */
export function refuseOp(op: string, why: string, cause?: unknown): InkwellError {
  return new InkwellError('COMPILE_OP', `compile: the operation ${op} cannot be part of a graph: ${why}.`, {
    hint: 'Leave it out of the compiled function, or let the function run as it is with compile(fn, { fallback: true }).',
    cause,
  });
}

/** A variable that the graph was made for and that is no more. */
export function refuseDisposed(name: string): InkwellError {
  return new InkwellError(
    'COMPILE_DISPOSED',
    `compile: the variable "${name}" of the function was disposed.`,
    {
      hint: 'Compile a function for the new variables, or call dispose() on this one to have it recorded anew.',
    },
  );
}
