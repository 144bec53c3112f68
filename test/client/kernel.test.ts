/** The client's side of a kernel, with kernels made to misbehave. */
import { Kernel } from 'inkwell/client/kernel';
import type { KernelSpec } from 'inkwell/client/kernelspecs';
import { projectRoot } from 'inkwell/core/paths';

/** A kernel whose shell answers each request with `frames`, JavaScript for a list of frames. */
function answering(frames: string): KernelSpec {
  const program = `
    const { Router } = require('zeromq');
    const info = JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'));
    const shell = new Router();
    shell.bind('tcp://' + info.ip + ':' + info.shell_port).then(async () => {
      for await (const [client] of shell) await shell.send([client, ...${frames}]);
    });`;
  return {
    name: 'odd',
    displayName: 'Odd',
    language: 'none',
    argv: [process.execPath, '-e', program, '{connection_file}'],
    env: {},
    interruptMode: 'signal',
  };
}

test('a kernel whose messages cannot be read is ended, and the reason told', async () => {
  const start = Kernel.start(answering(`['<IDS|MSG>', 'no signature', '{}', '{}', '{}', '{}']`), {
    directory: projectRoot(),
  });
  await expect(start).rejects.toMatchObject({
    code: 'KERNEL_MESSAGE',
    message: expect.stringContaining('does not carry the signature of this connection'),
  });
});

test('a command that is not there is told, not taken for a death', async () => {
  const spec = { ...answering('[]'), argv: ['/nowhere/kernel', '{connection_file}'] };
  await expect(Kernel.start(spec, { directory: projectRoot() })).rejects.toThrow(
    /the kernel "odd" could not be started[\s\S]*ENOENT/,
  );
});
