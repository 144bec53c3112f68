/** Gradients against central finite differences. */
import { expectClose } from './expectClose';
import { gradientsOf } from './finiteDifferences';
import { gradientCases } from './gradientCases';

export function gradientTests(): void {
  describe('gradients agree with finite differences', () => {
    test.each(gradientCases)('$name', (gradientCase) => {
      const { analytic, numeric } = gradientsOf(gradientCase);
      expect(analytic).toHaveLength(numeric.length);
      numeric.forEach((expected, i) => {
        expectClose(analytic[i] ?? [], expected, 3e-3);
      });
    });
  });
}
