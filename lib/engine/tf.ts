/**
 * The one instance of TensorFlow.js that the whole book shares.
 *
 * Importing it registers operations and gradients but picks no engine: until
 * `useEngine()` has run, the first tensor would land on the slow `cpu` back end.
 */
export * from '@tensorflow/tfjs';
