import { type DisplayRegistry, OutputCollector } from 'inkwell/client/outputs';
import { type JsonObject, messageBuilder } from 'inkwell/core/jupyter/message';

const build = messageBuilder('session');

const publish = (collector: OutputCollector, type: string, content: JsonObject): boolean =>
  collector.take(build(type, { content }));

const display = (text: string, id?: string): JsonObject => ({
  data: { 'text/plain': text },
  metadata: {},
  transient: id === undefined ? {} : { display_id: id },
});

const texts = (collector: OutputCollector): unknown[] =>
  collector.outputs.map((output) =>
    output.output_type === 'stream'
      ? `${output.name}: ${output.text}`
      : 'data' in output
        ? output.data['text/plain']
        : output.ename,
  );

test('neighbouring texts of one stream join, others do not', () => {
  const collector = new OutputCollector(new Map());
  for (const [name, text] of [
    ['stdout', 'a'],
    ['stdout', 'b\n'],
    ['stderr', 'c'],
    ['stdout', 'd'],
  ]) {
    publish(collector, 'stream', { name, text });
  }
  expect(texts(collector)).toEqual(['stdout: ab\n', 'stderr: c', 'stdout: d']);
});

test('clear_output empties at once, or with the next output', () => {
  const collector = new OutputCollector(new Map());
  publish(collector, 'stream', { name: 'stdout', text: 'a' });
  publish(collector, 'clear_output', { wait: true });
  expect(texts(collector)).toEqual(['stdout: a']);
  publish(collector, 'stream', { name: 'stdout', text: 'b' });
  expect(texts(collector)).toEqual(['stdout: b']);
  publish(collector, 'clear_output', { wait: false });
  expect(texts(collector)).toEqual([]);
});

test('an update changes every display of its id, in earlier cells too', () => {
  const displays: DisplayRegistry = new Map();
  const first = new OutputCollector(displays);
  publish(first, 'display_data', display('old', 'x'));
  publish(first, 'display_data', display('other', 'y'));
  const second = new OutputCollector(displays);
  publish(second, 'display_data', display('old again', 'x'));
  expect(publish(second, 'update_display_data', display('new', 'x'))).toBe(true);
  expect(texts(first)).toEqual(['new', 'other']);
  expect(texts(second)).toEqual(['new']);
  expect(publish(second, 'update_display_data', display('nowhere', 'z'))).toBe(false);
});

test('results and errors keep what the notebook format asks for', () => {
  const collector = new OutputCollector(new Map());
  publish(collector, 'execute_result', { ...display('3'), execution_count: 4 });
  publish(collector, 'error', { ename: 'E', evalue: 'v', traceback: ['t'] });
  publish(collector, 'status', { execution_state: 'idle' });
  expect(collector.outputs).toEqual([
    { output_type: 'execute_result', execution_count: 4, data: { 'text/plain': '3' }, metadata: {} },
    { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['t'] },
  ]);
});
