/** Tensors in nested arrays and objects: taking them apart and putting them together. */
import * as tf from '../tf';

/** A tensor, or arrays and plain objects of such. */
export type TensorTree = tf.Tensor | readonly TensorTree[] | { readonly [key: string]: TensorTree };

/** The form of a tree, with its leaves replaced by their places in the list. */
export type TreeForm =
  | { readonly kind: 'leaf'; readonly index: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'list'; readonly items: readonly TreeForm[] }
  | { readonly kind: 'record'; readonly entries: readonly (readonly [string, TreeForm])[] };

/**
 * Takes a tree apart.
 *
 * @param what how to call it in an error, e.g. `argument 1`.
 * @throws TypeError on anything that is not a tensor, an array or a plain object.
 */
export function flatten(tree: unknown, what: string): { leaves: tf.Tensor[]; form: TreeForm } {
  const leaves: tf.Tensor[] = [];
  const visit = (node: unknown, path: string): TreeForm => {
    if (node instanceof tf.Tensor) return { kind: 'leaf', index: leaves.push(node) - 1 };
    if (Array.isArray(node)) {
      return { kind: 'list', items: node.map((item, i) => visit(item, `${path}[${i}]`)) };
    }
    if (isPlain(node)) {
      const entries = Object.entries(node).map(
        ([key, value]) => [key, visit(value, `${path}.${key}`)] as const,
      );
      return { kind: 'record', entries };
    }
    throw new TypeError(
      `compile: ${path} must be a tensor, or arrays and objects of tensors, got ${describe(node)}`,
    );
  };
  return { form: tree === undefined ? { kind: 'nothing' } : visit(tree, what), leaves };
}

/** Puts a tree together again. */
export function unflatten(form: TreeForm, leaves: readonly tf.Tensor[]): unknown {
  switch (form.kind) {
    case 'leaf':
      return leaves[form.index];
    case 'nothing':
      return undefined;
    case 'list':
      return form.items.map((item) => unflatten(item, leaves));
    case 'record':
      return Object.fromEntries(form.entries.map(([key, value]) => [key, unflatten(value, leaves)]));
  }
}

function isPlain(node: unknown): node is Readonly<Record<string, unknown>> {
  if (typeof node !== 'object' || node === null) return false;
  const prototype: unknown = Object.getPrototypeOf(node);
  return prototype === Object.prototype || prototype === null;
}

function describe(node: unknown): string {
  if (node instanceof Promise) return 'a promise (a compiled function must not be async)';
  if (typeof node === 'number') return `the number ${node} (pass tf.scalar(${node}))`;
  return node === null
    ? 'null'
    : typeof node === 'object'
      ? `a ${node.constructor.name}`
      : `a ${typeof node}`;
}
