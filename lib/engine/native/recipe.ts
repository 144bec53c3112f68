/**
 * What the native engine is made of on each platform: which wheels, with which
 * SHA-256, and which of their files are kept.
 *
 * TensorFlow's wheels for Python carry the C library that the Node addon binds
 * to, and its headers. The sums are those of the package index; a wheel that
 * differs is refused. Windows and Intel Macs have no recipe, and say why.
 */
export type Flavour = 'gpu' | 'cpu';

/** One wheel: `bytes` is the size of the download; `keep` are patterns on the paths inside. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly keep: readonly string[];
}

/** Everything that decides what the built addon is, besides its own sources. */
export interface Recipe {
  readonly flavour: Flavour;
  readonly platform: 'linux' | 'darwin';
  readonly arch: 'x64' | 'arm64';
  readonly tensorflow: string;
  /** The wheel tags that pip may pick, most specific first. */
  readonly tags: readonly string[];
  readonly wheels: readonly Wheel[];
  /** The libraries to link with, relative to the unpacked wheels. */
  readonly libraries: readonly string[];
  /** Size of what is kept, for the check of the disk. */
  readonly keptBytes: number;
}

export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** The C library on Linux; Alpine's musl cannot load these wheels. */
  readonly libc: 'glibc' | 'musl' | undefined;
}

export type RecipeChoice =
  | { readonly kind: 'recipe'; readonly recipe: Recipe }
  | { readonly kind: 'none'; readonly why: string };

const tensorflow = '2.21.0';

const headers: readonly string[] = [
  'tensorflow/include/tensorflow/c/c_api*.h',
  'tensorflow/include/tensorflow/c/tf_*.h',
  'tensorflow/include/tensorflow/c/eager/c_api.h',
  'tensorflow/include/tensorflow/core/platform/ctstring*.h',
  'tensorflow/include/tsl/platform/ctstring*.h',
  'tensorflow/include/xla/tsl/c/*.h',
];

const linuxLibraries: readonly string[] = [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_framework.so.2',
];

const macLibraries: readonly string[] = [
  'tensorflow/libtensorflow_cc.2.dylib',
  'tensorflow/libtensorflow_framework.2.dylib',
];

/** CUDA 12, as TensorFlow's own `and-cuda` extra resolves it. */
const cuda: readonly Wheel[] = (
  [
    ['cublas', '12.9.3.13', 'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72', 581e6],
    ['cuda-cupti', '12.8.90', 'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182', 10e6],
    ['cuda-nvcc', '12.9.86', '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0', 41e6],
    ['cuda-nvrtc', '12.9.86', '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4', 90e6],
    ['cuda-runtime', '12.9.79', '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3', 4e6],
    ['cudnn', '9.28.0.42', '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375', 717e6],
    ['cufft', '11.4.1.4', 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28', 201e6],
    ['curand', '10.3.10.19', '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e', 68e6],
    ['cusolver', '11.7.5.82', '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88', 338e6],
    ['cusparse', '12.5.10.65', '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78', 367e6],
    ['nccl', '2.32.3', 'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c', 352e6],
    ['nvjitlink', '12.9.86', 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9', 40e6],
  ] as const
).map(([name, version, sha256, bytes]) => ({
  name: `nvidia-${name}-cu12`,
  version,
  sha256,
  bytes,
  // The libraries, and what compiles a kernel for a card newer than TensorFlow.
  keep: ['nvidia/*/lib/*.so*', 'nvidia/cuda_nvcc/bin/ptxas', 'nvidia/cuda_nvcc/nvvm/libdevice/*'],
}));

function wheel(name: string, sha256: string, bytes: number, libraries: readonly string[]): Wheel {
  return { name, version: tensorflow, sha256, bytes, keep: [...libraries, ...headers] };
}

const recipes: readonly Recipe[] = [
  {
    flavour: 'cpu',
    platform: 'linux',
    arch: 'x64',
    tensorflow,
    tags: ['manylinux_2_27_x86_64'],
    wheels: [
      wheel(
        'tensorflow-cpu',
        '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
        273_829_956,
        linuxLibraries,
      ),
    ],
    libraries: linuxLibraries,
    keptBytes: 853_308_936,
  },
  {
    flavour: 'gpu',
    platform: 'linux',
    arch: 'x64',
    tensorflow,
    tags: ['manylinux_2_27_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64'],
    wheels: [
      wheel(
        'tensorflow',
        '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
        572_440_367,
        linuxLibraries,
      ),
      ...cuda,
    ],
    libraries: linuxLibraries,
    keptBytes: 6_500_000_000,
  },
  {
    // Not tested: no such machine was at hand. The wheel holds the same files.
    flavour: 'cpu',
    platform: 'linux',
    arch: 'arm64',
    tensorflow,
    tags: ['manylinux_2_27_aarch64'],
    wheels: [
      wheel(
        'tensorflow',
        '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
        281_828_020,
        linuxLibraries,
      ),
    ],
    libraries: linuxLibraries,
    keptBytes: 883_062_208,
  },
  {
    // Not tested: no such machine was at hand. The wheel holds the dylibs and the headers.
    flavour: 'cpu',
    platform: 'darwin',
    arch: 'arm64',
    tensorflow,
    tags: ['macosx_12_0_arm64'],
    wheels: [
      wheel(
        'tensorflow',
        '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
        223_405_849,
        macLibraries,
      ),
    ],
    libraries: macLibraries,
    keptBytes: 740_805_624,
  },
];

/** Every recipe of this version, for whatever machine: a cache may be shared. */
export function allRecipes(): readonly Recipe[] {
  return recipes;
}

/** The machine this process runs on. */
export function thisMachine(): Machine {
  const { platform, arch } = process;
  if (platform !== 'linux') return { platform, arch, libc: undefined };
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return { platform, arch, libc: report.header?.glibcVersionRuntime ? 'glibc' : 'musl' };
}

/** The recipe for a machine, or why there is none. */
export function recipeFor(flavour: Flavour, machine: Machine): RecipeChoice {
  if (machine.libc === 'musl') {
    return { kind: 'none', why: 'TensorFlow is published for glibc, and this Linux runs on musl' };
  }
  const recipe = recipes.find(
    (candidate) =>
      candidate.flavour === flavour &&
      candidate.platform === machine.platform &&
      candidate.arch === machine.arch,
  );
  return recipe === undefined
    ? { kind: 'none', why: noRecipe(flavour, machine) }
    : { kind: 'recipe', recipe };
}

function noRecipe(flavour: Flavour, { platform, arch }: Machine): string {
  if (flavour === 'gpu')
    return `TensorFlow has CUDA libraries for 64-bit Intel Linux only, not ${platform} ${arch}`;
  if (platform === 'win32') {
    return 'on Windows TensorFlow puts its C interface in a library that needs python311.dll, which Node cannot load';
  }
  if (platform === 'darwin') return 'TensorFlow is no longer published for Intel Macs';
  return `TensorFlow is not published for ${platform} ${arch}`;
}
