import path from 'node:path';
import type { Output } from 'inkwell/notebook/format';
import { portableOutputs } from 'inkwell/runner/portable';

const root = path.resolve('somewhere', 'clone');

test('paths below the project become relative in texts and tracebacks, and nothing else changes', () => {
  const place = path.join(root, 'node_modules', 'x.js');
  const outputs: Output[] = [
    { output_type: 'stream', name: 'stderr', text: `at f (${place}:1:2)\nat g (file://${place})\n${root}` },
    { output_type: 'error', ename: 'E', evalue: place, traceback: [place, 'as it was'] },
    { output_type: 'display_data', data: { 'text/plain': place }, metadata: {} },
  ];
  const before = structuredClone(outputs);
  const short = path.join('node_modules', 'x.js');
  expect(portableOutputs(outputs, root)).toEqual([
    { output_type: 'stream', name: 'stderr', text: `at f (${short}:1:2)\nat g (${short})\n${root}` },
    { output_type: 'error', ename: 'E', evalue: short, traceback: [short, 'as it was'] },
    before[2],
  ]);
  expect(outputs).toEqual(before);
});
