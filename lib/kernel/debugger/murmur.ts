/**
 * MurmurHash2, 32 bits (Austin Appleby, 2008, public domain): how JupyterLab
 * names a cell's source, so that client and kernel agree without a file.
 */
const MULTIPLIER = 0x5bd1e995;

/** The hash of a text's UTF-8 bytes, an unsigned 32-bit number. */
export function murmur2(text: string, seed: number): number {
  const bytes = Buffer.from(text, 'utf8');
  const whole = bytes.length - (bytes.length % 4);
  let hash = seed ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(bytes.readInt32LE(at), MULTIPLIER);
    word = Math.imul(word ^ (word >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ word;
  }
  if (whole < bytes.length) {
    for (let at = whole; at < bytes.length; at++) hash ^= (bytes[at] ?? 0) << (8 * (at - whole));
    hash = Math.imul(hash, MULTIPLIER);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return (hash ^ (hash >>> 15)) >>> 0;
}
