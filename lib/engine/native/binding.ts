/** What our own C++ adds to tfjs-node's addon; the stock addon has none of it. See the sources in `addon/`. */
export interface AddedBinding {
  /**
   * Makes a graph callable as an operation called `name`, which `executeOp` then
   * runs like any other, on the same tensors and resource variables: this is
   * what `tf.function` of TensorFlow's Python does.
   *
   * @param graph a serialized GraphDef whose placeholders are the inputs.
   * @param inputs names of the placeholders, in the order of the arguments.
   * @param outputs `node:index` of each result.
   * @param controls names of the nodes that must run although nothing reads them.
   */
  defineFunction(
    name: string,
    graph: Uint8Array,
    inputs: readonly string[],
    outputs: readonly string[],
    controls: readonly string[],
  ): void;
  /** Frees a function; calls to it fail from then on. */
  removeFunction(name: string): void;
  /** With how many threads the operations of our own work, from 1. */
  setThreads(count: number): void;
  /** Whether TensorFlow has taken the operations of our own, which run on the CPU. */
  readonly hasOperations: boolean;
}
