/**
 * A net as a table: what each layer puts out, how many numbers it learns and
 * how many multiplications (each with its addition) one example costs.
 */
import { checkArguments } from '../core/argument';
import { aNet } from './argument-kinds';
import { chain, layerOf } from './kinds';
import { outputShape } from './net';
import { type Shape, shapeText, sizeOf } from './shape';
import type { LayerSpec, NetSpec } from './spec';

/** One row of a summary. */
export interface SummaryRow {
  /** Such as `layers.0`. */
  readonly path: string;
  /** Such as `conv 20 @ 5×5`. */
  readonly layer: string;
  readonly outputShape: Shape;
  /** Numbers that are learned. */
  readonly parameters: number;
  readonly multiplyAdds: number;
}

/** The rows, the sums, and all of it as text. */
export interface Summary {
  readonly rows: readonly SummaryRow[];
  readonly parameters: number;
  readonly multiplyAdds: number;
  toString(): string;
}

/** Summarises a net. Throws as `outputShape` does. */
export function summary(net: NetSpec): Summary {
  checkArguments('summary', { net }, { net: aNet });
  outputShape(net);
  let input = net.inputShape;
  const rows = net.layers.map((spec, i) => {
    const path = `layers.${i}`;
    const row = rowOf(spec, path, input);
    input = row.outputShape;
    return row;
  });
  const total = (count: (row: SummaryRow) => number): number =>
    rows.reduce((sum, row) => sum + count(row), 0);
  const result = {
    rows,
    parameters: total((row) => row.parameters),
    multiplyAdds: total((row) => row.multiplyAdds),
  };
  return { ...result, toString: () => summaryText(net, result) };
}

/** How many numbers a net learns. */
export function parameterCount(net: NetSpec): number {
  checkArguments('parameterCount', { net }, { net: aNet });
  return summary(net).parameters;
}

function rowOf(spec: LayerSpec, path: string, input: Shape): SummaryRow {
  const layer = layerOf(spec, path);
  const learned = layer.parameters(input).filter(({ role }) => role === 'parameter');
  return {
    path,
    layer: describe(spec),
    outputShape: chain([spec], path).outputShape(input),
    parameters: learned.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    multiplyAdds: layer.multiplyAdds(input),
  };
}

const JOINED = { concatenate: '', add: ', added', dot: ', dot product' } as const;

/** A layer in a few words. */
function describe(spec: LayerSpec): string {
  switch (spec.kind) {
    case 'dense':
    case 'recurrent':
    case 'lstm':
    case 'gru':
      return `${spec.kind} ${spec.units}`;
    case 'conv': {
      const [rows, columns] = typeof spec.size === 'number' ? [spec.size, spec.size] : spec.size;
      return `conv ${spec.filters} @ ${rows}×${columns}`;
    }
    case 'pool':
      return spec.size === 'global'
        ? `${spec.method} pool, global`
        : `${spec.method} pool ${spec.size}×${spec.size}`;
    case 'upsample':
      return `upsample ×${spec.factor ?? 2}`;
    case 'dropout':
      return `dropout ${spec.rate}`;
    case 'activation':
      return spec.name;
    case 'parallel':
      return `parallel, ${spec.branches.length} branches${JOINED[spec.join ?? 'concatenate']}`;
    case 'select':
      return `select ${typeof spec.at === 'number' ? spec.at : spec.at.join(', ')}`;
    case 'sigmoid-range':
      return `sigmoid in ${spec.low} … ${spec.high}`;
    case 'embedding':
      return `embedding ${spec.vocabulary} → ${spec.dimensions}`;
    default:
      return spec.kind;
  }
}

function summaryText(net: NetSpec, { rows, parameters, multiplyAdds }: Omit<Summary, 'toString'>): string {
  const count = (value: number): string => value.toLocaleString('en-US');
  const table = [
    ['layer', '', 'output', 'parameters', 'multiply-adds'],
    ['input', '', shapeText(net.inputShape), '', ''],
    ...rows.map((row) => [
      row.path,
      row.layer,
      shapeText(row.outputShape),
      count(row.parameters),
      count(row.multiplyAdds),
    ]),
    ['total', '', '', count(parameters), count(multiplyAdds)],
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i < 3 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return table.map(line).join('\n');
}
