/**
 * The C++ sources of the addon, in `addon/`, and how each is compiled.
 *
 * Two take the place of tfjs-node's own by including them. Loops over many
 * numbers are compiled once for each kind of processor: for vectors of 16 numbers
 * (AVX-512), of 8 (AVX2) and of 4 (whatever the machine's kind has).
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from '../../core/paths';
import type { Recipe } from './recipe';
import { napiVersion } from './sources';

/** One object to compile. */
export interface AddonSource {
  /** The file's path. */
  readonly file: string;
  /** Name of the object, without an ending. */
  readonly object: string;
  readonly flags: readonly string[];
}

const commonFlags: readonly string[] = ['-std=c++17', '-O2', '-fPIC', `-DNAPI_VERSION=${napiVersion}`];

/** What a loop with conditions needs to become one of vectors. */
const loopFlags: readonly string[] = ['-O3', '-ffp-contract=fast', '-fno-math-errno', '-fno-trapping-math'];

const plain: readonly string[] = [
  'graph_functions',
  'copied_tensors',
  'operation',
  'crew',
  'batch_norm',
  'conv',
  'conv_geometry',
  'conv_pool',
  'conv_shared',
  'cross_entropy',
  'descent',
  'lstm',
  'max_pool',
];
const loopsForEachWidth: readonly string[] = [
  'batch_norm_kernels',
  'conv_pool_forward',
  'conv_pool_picture',
  'conv_pool_filters',
  'cross_entropy_kernels',
  'descent_kernels',
  'input_gradient_kernels',
  'lstm_forward',
  'lstm_backward',
  'lstm_weights',
  'max_pool_kernels',
  'patch_picture',
  'winograd_forward',
  'winograd_filters',
];

interface Width {
  readonly numbers: number;
  readonly flags: readonly string[];
}

/** The vectors that there are on a kind of processor, the last on every one. */
const widths: Readonly<Record<Recipe['arch'], readonly Width[]>> = {
  x64: [
    { numbers: 16, flags: ['-mavx512f', '-mavx512vl', '-mavx512dq', '-mavx512bw', '-mfma'] },
    { numbers: 8, flags: ['-mavx2', '-mfma'] },
    { numbers: 4, flags: [] },
  ],
  arm64: [{ numbers: 4, flags: [] }],
};

/** The folder of the sources. */
export function addonFolder(): string {
  return path.join(packageFolder(), 'engine', 'native', 'addon');
}

/** What the addon is linked of. */
export function addonSources(arch: Recipe['arch']): readonly AddonSource[] {
  const source = (name: string, flags: readonly string[], object = name): AddonSource => ({
    file: path.join(addonFolder(), `${name}.cc`),
    object,
    flags: [...commonFlags, ...flags],
  });
  return [
    ...plain.map((name) => source(name, [])),
    ...loopsForEachWidth.flatMap((name) =>
      widths[arch].map(({ numbers, flags }) =>
        source(name, [...loopFlags, ...flags, `-DWIDTH=${numbers}`], `${name}_${numbers}`),
      ),
    ),
  ];
}

/** The small addon that silences TensorFlow while it is loaded. */
export function muteSource(): AddonSource {
  const name = 'mute_stderr';
  return { file: path.join(addonFolder(), `${name}.cc`), object: name, flags: commonFlags };
}

/** SHA-256 over all sources and how they are compiled, in hex. */
export function addonHash(arch: Recipe['arch']): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(addonFolder()).sort()) {
    hash.update(`${name}\0`).update(readFileSync(path.join(addonFolder(), name)));
  }
  for (const { object, flags } of [...addonSources(arch), muteSource()])
    hash.update(JSON.stringify([object, flags]));
  return hash.digest('hex');
}
