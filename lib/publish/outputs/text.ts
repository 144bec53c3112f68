/** Text that cells printed, and the errors that ended them. */
import type { Element, ElementContent } from 'hast';
import type { ErrorOutput } from '../../notebook/format';
import { ansiToHast, stripAnsi } from '../ansi';
import { h } from '../elements';
import type { CellPlace } from '../problems';
import { settledText } from '../streams';
import { briefTrace } from '../trace';
import type { OutputContext } from './context';
import { cutText } from './cut';

/** From this many lines on, an output scrolls in a window of its own. */
const LONG_LINES = 32;

const CLAIM = /^✓ .*$/gm;

/** The text with its colours; on stdout, claims that hold (a line with a tick) are marked. */
function shownText(text: string, kind: string): ElementContent[] {
  if (kind !== 'stdout' || text.includes('\u001b')) return ansiToHast(text);
  const nodes: ElementContent[] = [];
  let end = 0;
  for (const { 0: line, index } of text.matchAll(CLAIM)) {
    nodes.push(
      ...ansiToHast(text.slice(end, index)),
      h('span', { className: ['claim'] }, ...ansiToHast(line)),
    );
    end = index + line.length;
  }
  return [...nodes, ...ansiToHast(text.slice(end))];
}

/** Whether its lines may wrap: none is indented, none set in columns or drawn. */
const isProse = (text: string): boolean => !/^[ \t]|\S(?: {2,}|\t)\S|[\u2500-\u259f]/m.test(text);

/** A text as a terminal would show it; a long one scrolls by itself. */
export function textBlock(text: string, kind: string, cell: CellPlace): Element {
  const content = settledText(cutText(text, cell)).replace(/\n+$/, '');
  const isLong = content.split('\n').length > LONG_LINES;
  const scroll = isLong ? { tabIndex: 0, role: 'region', ariaLabel: 'Long output' } : {};
  const className = [
    'text',
    `text-${kind}`,
    ...(isLong ? ['text-long'] : []),
    ...(isProse(content) ? ['text-prose'] : []),
  ];
  return h('pre', { className, ...scroll }, ...shownText(content, kind));
}

/** An error with its trace; reported where the cell was not meant to fail. */
export function errorBlock(output: ErrorOutput, context: OutputContext): Element {
  const { expectsError, report } = context;
  const name = stripAnsi(output.ename);
  if (!expectsError) {
    report(
      'failed-cell',
      `it ended with ${name}: ${stripAnsi(output.evalue).split('\n')[0]}`,
      'mend the cell, or tag it raises-exception if the error belongs to the lesson',
    );
  }
  const heading = expectsError ? `${name}, raised on purpose` : name;
  const trace =
    output.traceback.length > 0
      ? briefTrace(cutText(output.traceback.join('\n'), context.cell))
      : `${name}: ${output.evalue}`;
  return h(
    'div',
    { className: ['error', ...(expectsError ? ['error-expected'] : [])] },
    h('p', { className: ['error-name'] }, heading),
    textBlock(trace, 'trace', context.cell),
  );
}
