/**
 * Arquero tables from what JavaScript has: rows as objects, or columns as arrays.
 */
import { type ColumnTable, from, table } from 'arquero';

/** Columns by name, all of the same length. */
export type Columns = Readonly<Record<string, ArrayLike<unknown>>>;

/**
 * A table from rows (every row's keys become columns, null where a row has no
 * such key) or from columns. Throws RangeError where columns differ in length.
 */
export function tableFrom(data: readonly object[] | Columns): ColumnTable {
  if (Array.isArray(data)) return tableFromRows(data);
  const columns = Object.entries(data as Columns);
  const [first] = columns;
  for (const [name, values] of columns) {
    if (first && values.length !== first[1].length) {
      throw new RangeError(
        `frame: columns must have one length, but "${first[0]}" has ${first[1].length} values and "${name}" ${values.length}`,
      );
    }
  }
  return table(columns);
}

function tableFromRows(rows: readonly object[]): ColumnTable {
  // Arquero looks at the first row only; later rows may know more columns.
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (names.length === 0) return from([]);
  const value = (row: object, name: string): unknown =>
    (row as Readonly<Record<string, unknown>>)[name] ?? null;
  return table(names.map((name) => [name, rows.map((row) => value(row, name))]));
}
