/** The ways in which weights may start, as specs name them; `initializers.ts` draws them. */

/** An initializer without numbers of its own. */
export type InitializerName =
  | 'zeros'
  | 'ones'
  | 'normal'
  | 'nielsen'
  | 'lecun-normal'
  | 'glorot-uniform'
  | 'glorot-normal'
  | 'he-uniform'
  | 'he-normal'
  | 'orthogonal';

/** A name, or a distribution with its numbers. */
export type Initializer =
  | InitializerName
  | { readonly kind: 'normal'; readonly deviation: number }
  | { readonly kind: 'uniform'; readonly limit: number }
  | { readonly kind: 'constant'; readonly values: number | readonly number[] };
