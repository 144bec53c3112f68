/**
 * The addon that the tfjs-node packages install by themselves, where their
 * install script was let run and could reach its host.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const requireHere = createRequire(__filename);

/**
 * Paths of the stock addons on this machine, GPU package first.
 *
 * As `@mapbox/node-pre-gyp` does: of the N-API versions that the package is
 * published for, the highest that this Node has.
 */
export function stockAddons(
  packages: readonly string[] = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'],
): string[] {
  return packages.flatMap((name) => {
    try {
      return stockAddon(path.dirname(requireHere.resolve(`${name}/package.json`)));
    } catch {
      return []; // not installed
    }
  });
}

/** The stock addon of one package folder: none or one. */
function stockAddon(packageFolder: string): string[] {
  const { binary } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as {
    binary: { napi_versions: number[]; module_name: string };
  };
  const supported = binary.napi_versions.filter((version) => version <= Number(process.versions['napi']));
  const file = path.join(
    packageFolder,
    'lib',
    `napi-v${Math.max(...supported)}`,
    `${binary.module_name}.node`,
  );
  return existsSync(file) ? [file] : [];
}
