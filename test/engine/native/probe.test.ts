import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { probeAddon } from 'inkwell/engine/native/probe';
import { temporaryFolders } from '../temporary';

const newFolder = temporaryFolders();

/** `require` takes any module, so an addon can be played by a script. */
function playedBy(name: string, text: string | Buffer): string {
  const file = path.join(newFolder(), name);
  writeFileSync(file, text);
  return file;
}

const sum = 'executeOp: () => [{ id: 3 }], tensorDataSync: () => [3]';

describe('probeAddon', () => {
  test('a file that is no library is broken, and says so', async () => {
    const probe = await probeAddon(playedBy('tfjs_binding.node', Buffer.from('not a library')));
    expect(probe).toMatchObject({ kind: 'broken', why: expect.stringMatching(/tfjs_binding\.node: .+/) });
  });

  test('an addon that ends the process is broken, and this process lives on', async () => {
    const probe = await probeAddon(playedBy('crash.js', 'process.abort()'));
    expect(probe).toEqual({ kind: 'broken', why: 'loading it ended the process (SIGABRT)' });
  });

  test('an addon for another processor is told apart', async () => {
    const probe = await probeAddon(
      playedBy('illegal.js', "process.kill(process.pid, 'SIGILL'); while (true);"),
    );
    expect(probe).toMatchObject({
      kind: 'broken',
      why: expect.stringContaining('this processor lacks instructions'),
    });
  });

  test('an addon that cannot add is broken', async () => {
    const wrong =
      'module.exports = { createTensor() {}, executeOp: () => [{ id: 3 }], tensorDataSync: () => [4] }';
    expect(await probeAddon(playedBy('wrong.js', wrong))).toEqual({ kind: 'broken', why: '1 + 2 is not 3' });
  });

  test('a missing addon is broken', async () => {
    const probe = await probeAddon(path.join(newFolder(), 'absent.node'));
    expect(probe).toMatchObject({ kind: 'broken', why: expect.stringContaining('Cannot find module') });
  });

  test('an addon that works tells its TensorFlow and whether it uses a GPU', async () => {
    const works = `module.exports = { createTensor() {}, ${sum}, TF_Version: '9.8.7', isUsingGpuDevice: () => true }`;
    expect(await probeAddon(playedBy('works.js', works))).toEqual({
      kind: 'works',
      version: '9.8.7',
      usesGpu: true,
    });
  });
});
