import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findGpu } from 'inkwell/engine/native/gpu';
import type { Command } from 'inkwell/engine/native/tools';
import { evaluateInNode } from '../nodeProcess';
import { temporaryFolders } from '../temporary';

const newFolder = temporaryFolders();

describe('the tools of the build', () => {
  test('no pip: a clear error with a way out', async () => {
    const script = "return require('inkwell/engine/native/tools').findPython()";
    await expect(evaluateInNode(script, { INKWELL_PYTHON: '/nowhere/python3' })).rejects.toMatchObject({
      code: 'ENGINE_NO_PIP',
      message: expect.stringContaining('INKWELL_PYTHON'),
    });
  });

  test('a Python without pip does not count', async () => {
    const script = "return require('inkwell/engine/native/tools').findPython()";
    // Node takes `-m` for an option it does not know, as a Python without pip fails at `-m pip`.
    await expect(evaluateInNode(script, { INKWELL_PYTHON: process.execPath })).rejects.toMatchObject({
      code: 'ENGINE_NO_PIP',
    });
  });

  test('no compiler: a clear error with a way out', async () => {
    const script = "return require('inkwell/engine/native/tools').findCompiler()";
    await expect(evaluateInNode(script, { CXX: '/nowhere/c++' })).rejects.toMatchObject({
      code: 'ENGINE_NO_COMPILER',
      message: expect.stringContaining('CXX'),
    });
  });
});

describe('findGpu', () => {
  /** A stand-in for nvidia-smi. */
  function smi(lines: string): Command {
    const file = path.join(newFolder(), 'smi.js');
    writeFileSync(file, lines);
    return [process.execPath, file];
  }

  // macOS has no NVIDIA driver whatever the program says.
  const here = process.platform === 'darwin' ? { kind: 'none' } : undefined;

  test('names the first GPU and its driver', async () => {
    const gpu = await findGpu(smi("console.log('NVIDIA H200, 570.86.15\\nNVIDIA H200, 570.86.15')"));
    expect(gpu).toMatchObject(here ?? { kind: 'found', name: 'NVIDIA H200', driver: '570.86.15' });
  });

  test('a driver that does not work is none, and says what it said', async () => {
    const gpu = await findGpu(smi("console.log('NVIDIA-SMI has failed'); process.exitCode = 9"));
    expect(gpu).toMatchObject(
      here ?? { kind: 'none', why: expect.stringContaining('NVIDIA-SMI has failed') },
    );
  });

  test('no driver', async () => {
    const gpu = await findGpu(['/nowhere/nvidia-smi']);
    expect(gpu).toMatchObject(here ?? { kind: 'none', why: expect.stringContaining('no NVIDIA driver') });
  });
});
