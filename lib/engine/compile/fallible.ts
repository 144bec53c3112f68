/**
 * Which operations can fail because of the numbers that they get, as taking a row
 * that is not there does. The shapes fit, or the recording would have failed: but
 * indices and labels may differ from run to run.
 *
 * A run that overwrites weights must be past all of them by then, or the weights
 * would be lost with it.
 */
import type { RecordedOp, Recording } from './recording';

/** Operations of nets and their gradients that take any numbers; what is not here may fail. */
const infallible: ReadonlySet<string> = new Set(
  `
  Abs Add AddV2 AddN Cast Exp Greater GreaterEqual Identity Less LessEqual Log Log1p LogicalAnd
  LogicalNot LogicalOr Maximum Minimum Mul Neg OnesLike RealDiv Rsqrt Sign Sqrt Square
  SquaredDifference Sub ZerosLike
  Elu EluGrad Erf LeakyRelu LeakyReluGrad Relu ReluGrad Relu6 Relu6Grad Selu SeluGrad Sigmoid
  SigmoidGrad Softplus Step Tanh TanhGrad Select SelectV2
  BatchMatMul BatchMatMulV2 BiasAdd BiasAddGrad MatMul Conv2D Conv2DBackpropFilter
  Conv2DBackpropInput AvgPool AvgPoolGrad MaxPool MaxPoolGrad Max Mean Min Sum LogSoftmax Softmax
  SoftmaxCrossEntropyWithLogits OneHot
  ConcatV2 ExpandDims Fill Pack Pad PadV2 Reshape Slice Squeeze Tile Transpose InkwellBatchNormGrad InkwellConv InkwellConvGradFilter InkwellConvGradInput InkwellConvPool InkwellConvPoolGradFilter InkwellConvPoolGradInput InkwellCrossEntropy InkwellDenseBack
  InkwellDescent InkwellLstm InkwellLstmGrad InkwellLstmGradWeights
  InkwellMaxPool InkwellMaxPoolGrad InkwellMoments InkwellScale
`
    .trim()
    .split(/\s+/),
);

/** Whether the numbers that an operation gets can make it fail. */
export function canFail({ name }: RecordedOp): boolean {
  return !infallible.has(name);
}

/** The operations that cannot begin before the given one has run, itself included. */
export function dependentsOf({ operations }: Recording, index: number): ReadonlySet<number> {
  const dependents = new Set([index]);
  operations.forEach(({ inputs }, i) => {
    if (inputs.some((input) => input.kind === 'operation' && dependents.has(input.index))) dependents.add(i);
  });
  return dependents;
}
