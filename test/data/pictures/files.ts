/** Picture files that the tests make themselves. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

/** What a pixel is: one number for grey, three for a colour, four with transparency. */
export type Pixel = number | readonly number[];

/** Writes rows of pixels as a picture; the extension says which kind. */
export async function writePicture(
  file: string,
  rows: readonly (readonly Pixel[])[],
  options: { readonly orientation?: number; readonly palette?: boolean } = {},
): Promise<string> {
  const { orientation, palette = false } = options;
  const values = rows.flat().flat() as number[];
  const [height, width] = [rows.length, rows[0]?.length ?? 0];
  const channels = (values.length / height / width) as 1 | 3 | 4;
  let image = sharp(Buffer.from(values), { raw: { height, width, channels } });
  if (channels === 1) image = image.toColourspace('b-w');
  if (orientation !== undefined) image = image.withMetadata({ orientation });
  const extension = path.extname(file).slice(1);
  if (extension === 'jpg') image = image.jpeg({ quality: 100, chromaSubsampling: '4:4:4' });
  else if (extension === 'webp') image = image.webp({ lossless: true });
  else image = image.png({ palette });
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, await image.toBuffer());
  return file;
}

/** A picture of one colour. */
export const plain = (height: number, width: number, pixel: Pixel): Pixel[][] =>
  Array.from({ length: height }, () => Array<Pixel>(width).fill(pixel));
