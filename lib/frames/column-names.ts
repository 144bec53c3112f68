/** Names of columns, checked. */
import type { ColumnTable } from 'arquero';

/** @throws RangeError for a name that the table does not have, with those that it has. */
export function checkColumns(where: string, table: ColumnTable, names: readonly string[]): void {
  const known = table.columnNames();
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const list = known.map((name) => `"${name}"`).join(', ');
  throw new RangeError(`${where}: no column "${unknown}"; the columns are ${list}`);
}
