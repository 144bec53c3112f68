/**
 * The kernel's logo, drawn in code: an ink drop over a line of text. Jupyter
 * clients show the SVG, older ones the PNGs.
 */
import { PNG } from 'pngjs';

const SIDE = 64;
const INK = { red: 0x23, green: 0x4b, blue: 0x8f };

/** The SVG. */
export function logoSvg(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}" role="img" aria-label="Inkwell">
<title>Inkwell</title>
<path fill="#234b8f" d="M32 4C32 4 14 26 14 39a18 18 0 0 0 36 0C50 26 32 4 32 4Z"/>
<path fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" d="M23 40a9 9 0 0 0 8 8"/>
<rect fill="#234b8f" x="14" y="59" width="36" height="3" rx="1.5"/>
</svg>
`;
}

/** Whether a point, in the SVG's units, is inked. */
function inked(x: number, y: number): boolean {
  if (y >= 59 && y <= 62 && x >= 14 && x <= 50) return true;
  if (Math.hypot(x - 32, y - 39) <= 18 && y >= 39) return true;
  if (y < 4 || y >= 39) return false;
  // The drop narrows towards its tip, as the SVG's curve does.
  const along = (y - 4) / 35;
  return Math.abs(x - 32) <= 18 * along ** 0.75;
}

/** How much of a pixel is inked, from 4 × 4 samples. */
function coverage(column: number, row: number, scale: number): number {
  let hits = 0;
  for (let sample = 0; sample < 16; sample++) {
    const x = (column + ((sample % 4) + 0.5) / 4) * scale;
    const y = (row + (Math.floor(sample / 4) + 0.5) / 4) * scale;
    if (inked(x, y)) hits++;
  }
  return hits / 16;
}

/** The PNG, `side` pixels square (Jupyter asks for 32 and 64). */
export function logoPng(side: number): Buffer {
  const picture = new PNG({ width: side, height: side });
  for (let pixel = 0; pixel < side * side; pixel++) {
    const alpha = coverage(pixel % side, Math.floor(pixel / side), SIDE / side);
    picture.data.set([INK.red, INK.green, INK.blue, Math.round(255 * alpha)], pixel * 4);
  }
  return PNG.sync.write(picture);
}
