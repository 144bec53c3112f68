import { residentMb } from '../measure/process';
import { until } from '../measure/until';
import { PROGRAM_MB, serversOf } from './helpers/children';
import { startKernel } from './helpers/kernel';

test('once it has answered its client, a kernel builds the program that the first cell is checked with', async () => {
  const kernel = await startKernel();
  try {
    const pid = kernel.process.pid ?? 0;
    // What takes the answer its time comes after it.
    expect(serversOf(pid)).toEqual([]);
    await kernel.request('kernel_info_request', {});
    await until('the language server', () => serversOf(pid).length > 0);
    const [server = 0] = serversOf(pid);
    await until('the types of Node in its memory', () => residentMb(server) > PROGRAM_MB);
    expect((await kernel.run('1 + 1')).result).toBe('2');
    expect((await kernel.run('1 + one')).reply['ename']).toBe('TypeCheckError');
    expect(serversOf(pid)).toEqual([server]);
  } finally {
    await kernel.stop();
  }
});

test('a kernel that checks nothing starts no language server', async () => {
  const kernel = await startKernel({ args: ['--no-check'] });
  try {
    await kernel.request('kernel_info_request', {});
    expect((await kernel.run('1 + 1')).result).toBe('2');
    expect(serversOf(kernel.process.pid ?? 0)).toEqual([]);
  } finally {
    await kernel.stop();
  }
});
