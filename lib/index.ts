/**
 * What a notebook's cells import: `import { … } from 'inkwell'`.
 */
export { claim } from './core/claim';
export { byProfile, currentProfile, type Profile } from './core/profile';
export { createRandom, type Random } from './core/random';
