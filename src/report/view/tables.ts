/** Tables that a manifest declares, read off the models: which claims fail for which constants. Pure. */
import type { Table } from '../../domain/manifest.js';
import type { ModelView } from './model-view.js';
import type { TableView } from './report-view.js';

/** Rows and columns in the order in which the models first name them. */
export function viewTable(table: Table, models: readonly ModelView[]): TableView {
  const cells = table.models.map((id) => {
    const model = models.find((m) => m.id === id);
    return {
      row: unquote(model?.constants[table.rows]),
      column: unquote(model?.constants[table.columns]),
      text: cellText(table, model),
    };
  });
  const columns = [...new Set(cells.map((c) => c.column))];
  return {
    name: table.claim === undefined ? table.name : `${table.name}, ${table.claim}`,
    corner: `${table.rows} \\ ${table.columns}`,
    columns,
    rows: [...new Set(cells.map((c) => c.row))].map((row) => ({
      name: row,
      cells: columns.map(
        (column) => cells.find((c) => c.row === row && c.column === column)?.text ?? 'no model',
      ),
    })),
  };
}

function cellText(table: Table, model: ModelView | undefined): string {
  const violated = model?.violates ?? null;
  if (violated === null) return 'not shown';
  if (table.claim !== undefined) return violated.includes(table.claim) ? 'fails' : 'holds';
  return violated.length === 0 ? 'holds' : violated.join(' ');
}

const unquote = (text: string | undefined): string => (text ?? '-').replace(/^"(.*)"$/, '$1');
