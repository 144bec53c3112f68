/**
 * What cells left behind, as trees: of each output the richest form that a
 * book can show, made safe, with words for its pictures.
 */
import type { Element } from 'hast';
import { toString as textOf } from 'hast-util-to-string';
import type { MimeBundle, Output } from '../notebook/format';
import { h } from './elements';
import { richestType } from './mime';
import { content } from './outputs/content';
import type { OutputContext, RichOutput } from './outputs/context';
import { INTERACT, interactive } from './outputs/interact';
import { plot, showsPicture } from './outputs/plot';
import { errorBlock, textBlock } from './outputs/text';
import { joinStreams, settledText } from './streams';

function rich(output: RichOutput, id: string, context: OutputContext): Element | undefined {
  const driven = output.data[INTERACT] === undefined ? undefined : interactive(output, id, context);
  if (driven) return h('div', { className: ['output', 'output-interact'] }, driven);
  const type = richestType(output.data as MimeBundle);
  if (type === undefined) return undefined;
  const kind = type.replace(/^.*\/(?:vnd\.)?(\w+).*$/, '$1');
  const children =
    type === 'application/vnd.plotly.v1+json'
      ? [plot(output, id, context)]
      : content(output, type, id, context);
  if (
    children.every((child) => textOf(child).trim() === '' && !showsPicture([child]) && type === 'text/html')
  ) {
    return undefined;
  }
  return h('div', { className: ['output', `output-${kind}`] }, ...children);
}

/** A cell's outputs as blocks, in order; neighbouring pieces of a stream are one. */
export function outputsToHast(outputs: readonly Output[], context: OutputContext): Element[] {
  return joinStreams(outputs).flatMap((output, index) => {
    if (output.output_type === 'stream') {
      if (settledText(output.text).trim() === '') return [];
      return [
        h(
          'div',
          { className: ['output', `output-${output.name}`] },
          textBlock(output.text, output.name, context.cell),
        ),
      ];
    }
    if (output.output_type === 'error') {
      return [h('div', { className: ['output', 'output-error'] }, errorBlock(output, context))];
    }
    return rich(output, `out-${context.cell.id}-${index + 1}`, context) ?? [];
  });
}
