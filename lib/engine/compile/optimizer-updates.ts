/**
 * Steps of optimizers that TensorFlow has as one operation on the resources of a
 * parameter and its state, where tfjs composes three to eleven: momentum,
 * Nesterov's, and Adam, the weights decaying or not.
 *
 * They are known by what they compute, as the library's optimizers write it, and
 * only where nothing else needs the new values. Adam's 1 − β is taken in float32
 * then: for β = 0.999 the mean of the squares changes by 13 millionths of itself.
 */
import { nativeDevice } from '../native/load';
import { threadCount } from '../threads';
import { type RecordedOp, type Recording, type Source, sameSource } from './recording';
import { inputsOf, pairs } from './rule-tools';
import { type Average, StepView } from './step-view';
import type { Update } from './update';

/** The updates that make the step of a parameter and its state, in order; undefined where it is none of these. */
export function findOptimizerStep(recording: Recording, parameter: number): Update[] | undefined {
  const matcher = new StepMatcher(recording, parameter);
  const step = matcher.momentum() ?? matcher.adam();
  return step && [...matcher.decay(), step];
}

/**
 * How many numbers a parameter has at least for Adam's operation where the engine
 * has several threads: TensorFlow divides even a hundred among them, and that
 * takes 0.04 ms.
 */
const LEAST_DIVIDED = 25_000;

/** Whether Adam's operation on that many numbers is faster than its parts. */
function isAdamWorthwhile(size: number): boolean {
  return size >= LEAST_DIVIDED || nativeDevice() !== 'cpu' || threadCount() === 1;
}

class StepMatcher {
  private readonly view: StepView;
  /** What the step is subtracted from: the parameter, or the parameter times a scalar. */
  private readonly start: Source | undefined;
  private readonly step: RecordedOp | undefined;

  constructor(
    recording: Recording,
    private readonly parameter: number,
  ) {
    this.view = new StepView(recording, parameter);
    const [start, step] = inputsOf(this.view.assigned(), 'Sub');
    if (start === undefined || step === undefined || !this.view.fits(step)) return;
    if (!this.view.isOld(start, parameter) && !this.isShrunk(start)) return;
    this.start = start;
    this.step = this.view.maker(step);
  }

  /** The assignment before the step where the parameter shrinks first. */
  decay(): Update[] {
    const { start, parameter } = this;
    if (start === undefined || this.view.isOld(start, parameter)) return [];
    return [{ op: 'AssignVariableOp', variables: [parameter], inputs: [start] }];
  }

  /** `v ← μ·v + g`, `p ← p − η·v`, or with Nesterov `p ← p − η·(g + μ·v)`. */
  momentum(): Update | undefined {
    for (const [rate, direction] of pairs(this.step, 'Mul')) {
      if (!this.view.isScalar(rate)) continue;
      const ahead = this.ahead(direction);
      const velocity = ahead ?? this.view.average(direction);
      if (velocity === undefined || !this.view.fits(velocity.addend)) continue;
      const { variable, share, addend } = velocity;
      const inputs = [rate, addend, share];
      const variables = [this.parameter, variable];
      return { op: 'ResourceApplyMomentum', variables, inputs, nesterov: ahead !== undefined };
    }
    return undefined;
  }

  /** `m ← β₁·m + (1 − β₁)·g`, `s ← β₂·s + (1 − β₂)·g²`, `p ← p − α·m / (√s + ε)`. */
  adam(): Update | undefined {
    if (!isAdamWorthwhile(this.view.size())) return undefined;
    const [scaled, divisor] = inputsOf(this.step, 'RealDiv');
    for (const [rate, first] of pairs(this.view.maker(scaled), 'Mul')) {
      for (const [root, epsilon] of pairs(this.view.maker(divisor), 'Add')) {
        const [second] = inputsOf(this.view.maker(root), 'Sqrt');
        const corrected = this.corrected(rate);
        const moment = this.view.mean(first);
        const square = this.view.mean(second);
        if (corrected === undefined || moment === undefined || square === undefined) continue;
        const [gradient] = inputsOf(this.view.maker(square.addend), 'Square');
        if (gradient === undefined || !sameSource(gradient, moment.addend) || !this.view.isScalar(epsilon))
          continue;
        const inputs = [...corrected, moment.share, square.share, epsilon, gradient];
        const variables = [this.parameter, moment.variable, square.variable];
        return { op: 'ResourceApplyAdam', variables, inputs };
      }
    }
    return undefined;
  }

  /** β₁ᵗ, β₂ᵗ and η, where a rate is `η·√(1 − β₂ᵗ) / (1 − β₁ᵗ)`. */
  private corrected(rate: Source): [Source, Source, Source] | undefined {
    const [top, bottom] = inputsOf(this.view.maker(rate), 'RealDiv');
    const power1 = this.lessThanOne(bottom);
    for (const [learningRate, root] of pairs(this.view.maker(top), 'Mul')) {
      const [radicand] = inputsOf(this.view.maker(root), 'Sqrt');
      const power2 = this.lessThanOne(radicand);
      if (power1 === undefined || power2 === undefined || !this.view.isScalar(learningRate)) continue;
      return [power1, power2, learningRate];
    }
    return undefined;
  }

  /** The scalar x, where a tensor is 1 − x. */
  private lessThanOne(source: Source | undefined): Source | undefined {
    const [one, x] = inputsOf(this.view.maker(source), 'Sub');
    return this.view.number(one) === 1 && x !== undefined && this.view.isScalar(x) ? x : undefined;
  }

  /** The velocity v that is looked ahead of, where a direction is `g + μ·v`. */
  private ahead(direction: Source): Average | undefined {
    for (const [gradient, scaled] of pairs(this.view.maker(direction), 'Add')) {
      for (const [share, moved] of pairs(this.view.maker(scaled), 'Mul')) {
        const velocity = this.view.average(moved);
        if (velocity === undefined || !sameSource(velocity.addend, gradient)) continue;
        const isSame =
          sameSource(share, velocity.share) || this.view.number(share) === this.view.number(velocity.share);
        if (isSame && this.view.number(share) !== undefined) return velocity;
      }
    }
    return undefined;
  }

  /** Whether a tensor is the parameter times a scalar. */
  private isShrunk(start: Source): boolean {
    const factors = pairs(this.view.maker(start), 'Mul');
    return factors.some(
      ([factor, old]) => this.view.isScalar(factor) && this.view.isOld(old, this.parameter),
    );
  }
}
