/**
 * How things were before a recorded run, so that it can be taken back: the values
 * of the variables, and the steps that tfjs's optimizers have counted.
 */
import * as tf from '../tf';
import { identity } from './identity';
import { dataTypes, type GraphEngine } from './native-backend';
import { placeEntry } from './resident';

/** The count of an optimizer; the typings hide it. */
type Counted = { iterations_: number | undefined };

export class Before {
  /** Each variable with the id that it had in the addon. */
  readonly ids: Map<tf.Variable, number> = new Map();
  private readonly variables = new Map<number, tf.Variable>();
  /** The values of the variables, and the first values of those that the run makes. */
  private readonly values = new Map<tf.Variable, tf.Tensor>();
  private readonly counts = new Map<tf.Optimizer, number | undefined>();

  /** Looks at all variables that there are. */
  constructor(private readonly engine: GraphEngine) {
    for (const variable of liveVariables()) this.note(variable);
  }

  /** The variable that had its value under this id. */
  variableAt(id: number): tf.Variable | undefined {
    return this.variables.get(id);
  }

  /** Keeps the value that a variable has now. */
  remember(variable: tf.Variable): void {
    this.values.set(variable, tf.keep(tf.clone(variable)));
  }

  /** Keeps what an optimizer has counted so far. */
  rememberCount(optimizer: tf.Optimizer): void {
    if (!this.counts.has(optimizer))
      this.counts.set(optimizer, (optimizer as unknown as Counted).iterations_);
  }

  rollBack(): void {
    for (const [variable, value] of this.values) {
      if (!variable.isDisposed && variable.dataId !== value.dataId) variable.assign(value);
    }
    for (const [optimizer, count] of this.counts) {
      (optimizer as unknown as Counted).iterations_ = count;
    }
  }

  /** Lets go of the values. */
  settle(): void {
    tf.dispose([...this.values.values()]);
    this.values.clear();
  }

  private note(variable: tf.Variable): void {
    const { backend } = this.engine;
    // A variable may share its data with a tensor outside (tf.variable(x) does): tell the two apart.
    if (backend.tensorMap.get(variable.dataId).refCount > 1) this.separate(variable);
    const [id] = backend.getInputTensorIds([variable]) as [number];
    this.variables.set(id, variable);
    this.ids.set(variable, id);
    this.remember(variable);
  }

  private separate(variable: tf.Variable): void {
    const { backend, binding } = this.engine;
    const [shared] = backend.getInputTensorIds([variable]) as [number];
    const { id, shape, dtype } = identity(binding, shared, dataTypes[variable.dtype]);
    placeEntry(variable, backend, { id, shape, dtype, values: null, refCount: 1 });
  }
}

/** The variables of numbers that tfjs knows of now. */
export function liveVariables(): tf.Variable[] {
  const all = Object.values(tf.engine().registeredVariables);
  return all.filter(({ dtype }) => dtype !== 'string' && dtype !== 'complex64');
}
