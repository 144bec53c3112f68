/**
 * The addon's own C++ sources, which `@tensorflow/tfjs-node-gpu` ships, and the
 * N-API headers they need.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const requireHere = createRequire(__filename);

/** The N-API version the addon is compiled for: the highest that the stock addon is published for. */
export const napiVersion = 8;

/** The folder of the package that holds the addon's sources and its JavaScript half. */
function addonPackage(): string {
  return path.dirname(requireHere.resolve('@tensorflow/tfjs-node-gpu/package.json'));
}

/** The version of that package, e.g. `4.22.0`. */
export function addonPackageVersion(): string {
  return (requireHere('@tensorflow/tfjs-node-gpu/package.json') as { version: string }).version;
}

/** The folder with `node_api.h`. */
export function nodeHeaders(): string {
  return (requireHere('node-api-headers') as { include_dir: string }).include_dir;
}

/** The folder of the C++ sources. */
export function bindingFolder(): string {
  return path.join(addonPackage(), 'binding');
}

/** SHA-256 over the names and contents of all sources and headers of the addon, in hex. */
export function sourcesHash(): string {
  const folder = bindingFolder();
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    hash.update(`${name}\0`).update(readFileSync(path.join(folder, name)));
  }
  return hash.digest('hex');
}
