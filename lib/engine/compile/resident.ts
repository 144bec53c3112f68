/**
 * Variables whose values live in the engine as resource variables.
 *
 * A compiled step updates the resource in place. The `tf.Variable` keeps its
 * meaning all the while: its entry in the back end's tensor map fetches the
 * current value when somebody asks for it, be it `dataSync()`, an eager
 * operation or another compiled function, and drops it before the next step.
 * A value that somebody else holds on to (a clone) stays what it was.
 */
import * as tf from '../tf';
import {
  dataTypes,
  type GraphBinding,
  type GraphEngine,
  type NativeBackend,
  type OutputInfo,
  type TensorEntry,
} from './native-backend';

/** The name by which TensorFlow knows a resource that lives as long as its handle (resource_handle.h). */
const anonymous = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347';

/** A tensor map entry that reads its value from a resource variable when asked. */
class ResidentEntry implements TensorEntry, Resident {
  readonly values = null;
  private fetched: number | undefined;
  private references = 1;

  constructor(
    private readonly binding: GraphBinding,
    readonly handle: number,
    readonly shape: number[],
    readonly dtype: number,
  ) {}

  get id(): number {
    this.fetched ??= this.read();
    return this.fetched;
  }

  invalidate(): void {
    if (this.fetched === undefined) return;
    this.binding.deleteTensor(this.fetched);
    this.fetched = undefined;
  }

  get refCount(): number {
    return this.references;
  }

  set refCount(count: number) {
    this.references = count;
    if (count === 0) this.binding.deleteTensor(this.handle);
  }

  private read(): number {
    const attributes = [{ name: 'dtype', type: this.binding.TF_ATTR_TYPE, value: this.dtype }];
    const [info] = this.binding.executeOp('ReadVariableOp', attributes, [this.handle], 1);
    return (info as OutputInfo).id;
  }
}

/** A variable's place in the engine. */
export interface Resident {
  /** The id of the handle of the resource variable. */
  readonly handle: number;
  /** Forgets a value that was read before: the resource changes, or has changed. */
  invalidate(): void;
}

/**
 * The resource variable that holds a variable's value; moves the value there
 * where it is not yet.
 *
 * @param options.write whether the caller is going to change the resource. If so,
 *   it must call `invalidate` once it has: the change may have read the old value.
 */
export function resident(
  variable: tf.Variable,
  engine: GraphEngine,
  options: { readonly write: boolean },
): Resident {
  const entry = engine.backend.tensorMap.get(variable.dataId);
  // A resource that a clone reads too must not change: the variable moves to a new one.
  if (!(entry instanceof ResidentEntry) || (options.write && entry.refCount > 1)) {
    return moveIn(variable, engine);
  }
  if (options.write) entry.invalidate();
  return entry;
}

function moveIn(variable: tf.Variable, { backend, binding }: GraphEngine): ResidentEntry {
  const [value] = backend.getInputTensorIds([variable]) as [number];
  const dtype = dataTypes[variable.dtype];
  const type = { name: 'dtype', type: binding.TF_ATTR_TYPE, value: dtype };
  const handleAttributes = [
    type,
    { name: 'shape', type: binding.TF_ATTR_SHAPE, value: variable.shape },
    { name: 'shared_name', type: binding.TF_ATTR_STRING, value: anonymous },
  ];
  const [made] = binding.executeOp('VarHandleOp', handleAttributes, [], 1) as [OutputInfo];
  binding.executeOp('AssignVariableOp', [type], [made.id, value], 0);
  const entry = new ResidentEntry(binding, made.id, [...variable.shape], dtype);
  placeEntry(variable, backend, entry);
  entry.invalidate(); // tfjs looks at the id of what it disposes of, and so has fetched the value
  return entry;
}

/** Gives a variable an entry of its own under a new data id, by the ways of tfjs, so that its books stay right. */
export function placeEntry(variable: tf.Variable, backend: NativeBackend, entry: TensorEntry): void {
  const dataId = {};
  backend.tensorMap.set(dataId, entry);
  const { shape, dtype } = variable;
  const holder = tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype });
  variable.assign(holder);
  holder.dispose();
}
