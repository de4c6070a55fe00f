/** A table that a manifest declares, as terminal lines: which claims fail for which constants. Pure. */
import type { Paint } from './paint.js';
import type { TableView } from './view/report-view.js';
import { padTo } from './wrap.js';

/** Columns as wide as their widest cell. */
export function tableLines(module: string, table: TableView, paint: Paint): string[] {
  const first = Math.max(table.corner.length, ...table.rows.map((row) => row.name.length)) + 2;
  const widths = table.columns.map(
    (column, i) => Math.max(column.length, ...table.rows.map((row) => row.cells[i]?.length ?? 0)) + 2,
  );
  const line = (head: string, texts: readonly string[]): string =>
    (padTo(head, first) + texts.map((text, i) => padTo(text, widths[i] ?? 0)).join('')).trimEnd();
  return [
    paint.bold(`${module}: ${table.name}`),
    paint.dim(line(table.corner, table.columns)),
    ...table.rows.map((row) => line(row.name, row.cells)),
  ];
}
