import { curvePoints, evenPoints } from 'inkwell/views/charts/sample-function';

const height = ({ y }: { y: readonly (number | null)[] }, index: number): number => y[index] ?? Number.NaN;

/** How far a curve's points let the eye see that they are joined by chords. */
function worstGap(f: (x: number) => number, { x, y }: ReturnType<typeof curvePoints>): number {
  let worst = 0;
  for (let i = 1; i < x.length; i++) {
    const [a, b] = [y[i - 1] ?? null, y[i] ?? null];
    if (a === null || b === null) continue;
    const middle = ((x[i - 1] ?? 0) + (x[i] ?? 0)) / 2;
    worst = Math.max(worst, Math.abs(f(middle) - (a + b) / 2));
  }
  return worst;
}

test('evenly spaced points', () => {
  expect(evenPoints((x) => x * x, [-1, 1], 3)).toEqual({ x: [-1, 0, 1], y: [1, 0, 1] });
});

test.each<[string, (x: number) => number, [number, number]]>([
  ['a wave', (x) => Math.sin(20 * x), [-3, 3]],
  ['a kink', (x) => Math.abs(x - 0.0123), [-1, 1]],
  ['a steep slope', (x) => Math.tanh(200 * x), [-1, 1]],
])('%s stays within a third of a pixel of its chords', (_, f, domain) => {
  const points = curvePoints(f, domain);
  expect(worstGap(f, points)).toBeLessThan(0.0025);
  expect(points.y).not.toContain(null);
  expect([...points.x].sort((a, b) => a - b)).toEqual(points.x);
});

test('a straight line needs no more than it starts with', () => {
  expect(curvePoints((x) => 3 * x, [0, 1]).x).toHaveLength(97);
});

test('a jump breaks the line where it is', () => {
  const points = curvePoints((x) => (x < 0.3 ? 0 : 1), [-1, 1]);
  const at = points.y.indexOf(null);
  expect(points.x[at]).toBeCloseTo(0.3, 4);
  expect([height(points, at - 1), height(points, at + 1)]).toEqual([0, 1]);
  expect(points.y.filter((y) => y === null)).toHaveLength(1);
});

test('a jump at one of the even places is found too', () => {
  const points = curvePoints((x) => (x < 0 ? 0 : 1), [-1, 1]);
  expect(points.y.filter((y) => y === null)).toHaveLength(1);
});

test('poles stay open, and what is undefined is not drawn', () => {
  expect(curvePoints((x) => 1 / x, [-1, 1]).y).toContain(Number.POSITIVE_INFINITY);
  const root = curvePoints(Math.sqrt, [-1, 1]);
  expect(root.y[0]).toBeNaN();
  // Close to its vertical beginning.
  expect(Math.min(...root.x.filter((_, i) => height(root, i) >= 0))).toBeCloseTo(0, 4);
});
