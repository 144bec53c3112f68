/**
 * The state of optimizers as a recording has it: averages that move by a constant
 * share each run, as velocities and moments do.
 */
import { dataTypes } from './native-backend';
import {
  countUses,
  factsOf,
  makerOf,
  type RecordedOp,
  type Recording,
  type Source,
  sameShape,
  sameSource,
} from './recording';
import { pairs } from './rule-tools';

/** A variable that becomes `share · old + addend`. */
export interface Average {
  readonly variable: number;
  readonly share: Source;
  readonly addend: Source;
}

/** What may be asked about a recording in which a parameter takes a step. */
export class StepView {
  constructor(
    private readonly recording: Recording,
    private readonly parameter: number,
  ) {}

  /** The value that the parameter gets, where nothing else needs it. */
  assigned(): RecordedOp | undefined {
    const assigned = this.recording.variables[this.parameter]?.assigned;
    return assigned && countUses(this.recording, assigned) === 1 ? this.maker(assigned) : undefined;
  }

  /** How many numbers the parameter has. */
  size(): number {
    return this.recording.variables[this.parameter]?.variable.size ?? 0;
  }

  /** The average of which a moving mean is, the share of whose new values is what the old one's leaves. */
  mean(source: Source | undefined): Average | undefined {
    const average = source && this.average(source);
    for (const [rest, addend] of pairs(this.maker(average?.addend), 'Mul')) {
      const sum = (this.number(average?.share) ?? Number.NaN) + (this.number(rest) ?? Number.NaN);
      if (average !== undefined && Math.abs(1 - sum) < 1e-7 && this.fits(addend))
        return { ...average, addend };
    }
    return undefined;
  }

  /** The state whose new value a tensor is, used in the step and nowhere else. */
  average(source: Source): Average | undefined {
    const { recording } = this;
    const variable = recording.variables.findIndex(
      ({ assigned }) => assigned && sameSource(assigned, source),
    );
    if (variable < 0 || countUses(recording, source) !== 2 || !this.fits(source)) return undefined;
    for (const [kept, addend] of pairs(this.maker(source), 'Add')) {
      for (const [share, old] of pairs(this.maker(kept), 'Mul')) {
        if (this.isOld(old, variable) && this.isScalar(share)) return { variable, share, addend };
      }
    }
    return undefined;
  }

  maker(source: Source | undefined): RecordedOp | undefined {
    return source && makerOf(this.recording, source);
  }

  isOld(source: Source, variable: number): boolean {
    return source.kind === 'variable' && source.index === variable;
  }

  isScalar(source: Source): boolean {
    return factsOf(this.recording, source).shape.length === 0;
  }

  /** Whether a tensor is as large as the parameter. */
  fits(source: Source): boolean {
    const { recording, parameter } = this;
    const { shape, dtype } = factsOf(recording, { kind: 'variable', index: parameter });
    return dtype === dataTypes.float32 && sameShape(factsOf(recording, source).shape, shape);
  }

  /** The number that a constant scalar is. */
  number(source: Source | undefined): number | undefined {
    const constant = source?.kind === 'constant' ? this.recording.constants[source.index] : undefined;
    if (constant?.dtype !== dataTypes.float32 || constant.bytes.length !== 4) return undefined;
    return new DataView(constant.bytes.buffer, constant.bytes.byteOffset).getFloat32(0, true);
  }
}
