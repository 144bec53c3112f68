import type { Machine } from 'inkwell/engine/native/recipe';
import { recipeFor, thisMachine } from 'inkwell/engine/native/recipe';

const linux: Machine = { platform: 'linux', arch: 'x64', libc: 'glibc' };

describe('recipeFor', () => {
  test.each<[string, 'cpu' | 'gpu', Machine, string[]]>([
    ['64-bit Intel Linux', 'cpu', linux, ['tensorflow-cpu']],
    ['Arm Linux', 'cpu', { platform: 'linux', arch: 'arm64', libc: 'glibc' }, ['tensorflow']],
    ['Apple silicon', 'cpu', { platform: 'darwin', arch: 'arm64', libc: undefined }, ['tensorflow']],
  ])('%s', (_name, flavour, machine, names) => {
    const choice = recipeFor(flavour, machine);
    if (choice.kind === 'none') throw new Error(choice.why);
    const { recipe } = choice;
    expect(recipe.wheels.map(({ name }) => name)).toEqual(names);
    expect(recipe.tensorflow).toBe('2.21.0');
    for (const { keep } of recipe.wheels) expect(keep).toEqual(expect.arrayContaining([...recipe.libraries]));
  });

  test('the GPU flavour brings the CUDA 12 libraries that TensorFlow asks for', () => {
    const choice = recipeFor('gpu', linux);
    if (choice.kind === 'none') throw new Error(choice.why);
    const names = choice.recipe.wheels.map(({ name }) => name);
    expect(names[0]).toBe('tensorflow');
    for (const library of ['cublas', 'cuda-runtime', 'cudnn', 'cufft', 'cusolver', 'cusparse', 'nccl']) {
      expect(names).toContain(`nvidia-${library}-cu12`);
    }
  });

  test('every wheel is pinned by a SHA-256 of its own', () => {
    const machines: Machine[] = [
      linux,
      { ...linux, arch: 'arm64' },
      { platform: 'darwin', arch: 'arm64', libc: undefined },
    ];
    const choices = [...machines.map((machine) => recipeFor('cpu', machine)), recipeFor('gpu', linux)];
    const sums = choices
      .flatMap((choice) => (choice.kind === 'recipe' ? choice.recipe.wheels : []))
      .map(({ sha256 }) => sha256);
    expect(sums).toHaveLength(16);
    expect(new Set(sums).size).toBe(16);
    for (const sum of sums) expect(sum).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<['cpu' | 'gpu', Machine, string]>([
    ['cpu', { platform: 'win32', arch: 'x64', libc: undefined }, 'python311.dll'],
    ['cpu', { platform: 'darwin', arch: 'x64', libc: undefined }, 'Intel Macs'],
    ['cpu', { platform: 'linux', arch: 'x64', libc: 'musl' }, 'musl'],
    ['cpu', { platform: 'freebsd', arch: 'x64', libc: undefined }, 'not published for freebsd x64'],
    ['gpu', { platform: 'darwin', arch: 'arm64', libc: undefined }, 'not darwin arm64'],
  ])('no %s recipe for %j, and why', (flavour, machine, why) => {
    expect(recipeFor(flavour, machine)).toEqual({ kind: 'none', why: expect.stringContaining(why) });
  });

  test('thisMachine tells the platform, and the C library on Linux', () => {
    const { platform, arch, libc } = thisMachine();
    expect([platform, arch]).toEqual([process.platform, process.arch]);
    expect(libc === undefined).toBe(process.platform !== 'linux');
  });
});
