import { frame } from 'inkwell/frames/create';
import { jupyterDisplay } from 'inkwell/frames/displayable';
import { frameView } from 'inkwell/views/frame-view';

const runs = frame({ net: ['a', 'b', 'c', 'd'], accuracy: [0.5, 0.75, 0.875, 1] });

test('the caption names the data set, in HTML and in text', () => {
  const bundle = frameView(runs, { caption: 'Runs & scores.', dataset: 'made digits' })[jupyterDisplay]();
  expect(bundle['text/html']).toContain('<caption');
  expect(bundle['text/html']).toContain('Runs &amp; scores. Data: made digits.');
  expect(bundle['text/plain']).toContain('Runs & scores. Data: made digits.');
});

test('without words it is the frame’s own table, and the table’s options hold', () => {
  expect(frameView(runs)[jupyterDisplay]()['text/html']).toBe(runs.toHtml());
  expect(frameView(runs, { maxRows: 2 })[jupyterDisplay]()['text/html']).toBe(runs.toHtml({ maxRows: 2 }));
});
