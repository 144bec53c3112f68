/** Rules for the gradients of activations, which tfjs composes and TensorFlow has as one operation each. */
import { type RecordedOp, type Source, sameShape, sameSource } from './recording';
import type { RecordingView, Rule } from './rewrite';
import { floatType, inputsOf, pairs } from './rule-tools';

/** The gradient of ReLU, dy · step(x): ReluGrad, of the ReLU's result where there is one, so that x is not kept. */
export const reluGrad: Rule = (operation, view) => {
  for (const [dy, step] of pairs(operation, 'Mul')) {
    const x = steppedInput(step, view);
    if (x === undefined || !sameShape(view.shape(dy), view.shape(x))) continue;
    const features = view.existing('Relu', x) ?? x;
    return { ...operation, name: 'ReluGrad', attributes: [floatType], inputs: [dy, features] };
  }
  return undefined;
};

/** x, where a tensor is tf.step(x): isNaN(x) ? x : x > 0 ? 1 : 0. */
function steppedInput(step: Source, view: RecordingView): Source | undefined {
  const outer = view.maker(step);
  if (outer?.name !== 'Select') return undefined;
  const [isNan, x, inner] = outer.inputs.map((input) => view.maker(input));
  const nan = outer.inputs[1] as Source;
  if (isNan?.name !== 'IsNan' || !sameSource(isNan.inputs[0] as Source, nan)) return undefined;
  if (inner?.name !== 'Select' || x === inner) return undefined;
  const [condition, one, zero] = inner.inputs as [Source, Source, Source];
  const greater = view.maker(condition);
  if (greater?.name !== 'Greater' || !sameSource(greater.inputs[0] as Source, nan)) return undefined;
  const isStep =
    view.uniformValue(greater.inputs[1] as Source) === 0 &&
    view.uniformValue(one) === 1 &&
    view.uniformValue(zero) === 0;
  return isStep ? nan : undefined;
}

/** The gradient of the sigmoid, dy · (y · (1 − y)): SigmoidGrad. */
export const sigmoidGrad: Rule = (operation, view) => {
  for (const [dy, slope] of pairs(operation, 'Mul')) {
    for (const [y, rest] of pairs(view.maker(slope), 'Mul')) {
      const [one, again] = inputsOf(view.maker(rest), 'Sub');
      if (one === undefined || again === undefined || !sameSource(y, again)) continue;
      if (view.uniformValue(one) !== 1 || view.maker(y)?.name !== 'Sigmoid') continue;
      return gradientOf(operation, 'SigmoidGrad', y, dy, view);
    }
  }
  return undefined;
};

/** The gradient of the hyperbolic tangent, dy · (1 − y²): TanhGrad. */
export const tanhGrad: Rule = (operation, view) => {
  for (const [dy, slope] of pairs(operation, 'Mul')) {
    const [one, squared] = inputsOf(view.maker(slope), 'Sub');
    if (one === undefined || squared === undefined || view.uniformValue(one) !== 1) continue;
    const [y] = inputsOf(view.maker(squared), 'Square');
    if (y === undefined || view.maker(y)?.name !== 'Tanh') continue;
    return gradientOf(operation, 'TanhGrad', y, dy, view);
  }
  return undefined;
};

function gradientOf(
  operation: RecordedOp,
  name: string,
  y: Source,
  dy: Source,
  view: RecordingView,
): RecordedOp | undefined {
  if (!sameShape(view.shape(y), view.shape(dy))) return undefined;
  return { ...operation, name, attributes: [floatType], inputs: [y, dy] };
}
