/** The conformance suite: the same expectations on every engine. */
import type { EngineName } from 'inkwell/engine/engine';
import { onEngine } from '../../fixtures/engine';
import { edgeTests } from './edges';
import { forwardTests } from './forward/forward';
import { gradientTests } from './gradients';
import { randomnessTests } from './randomness';
import { trainingTests } from './training';

/** Declares the whole suite for one engine. */
export function conformance(engine: EngineName): void {
  describe(`the engine ${engine}`, () => {
    onEngine(engine);
    forwardTests();
    gradientTests();
    edgeTests();
    randomnessTests();
    trainingTests(engine);
  });
}
