/** A table that a manifest declares, read off the runs of its models: which claims fail for which constants. Pure. */
import type { Table } from '../domain/manifest.js';
import type { ModelRun } from '../domain/run-record.js';
import type { Paint } from './paint.js';
import { padTo } from './wrap.js';

/** The claims that a model's runs showed to be violated; undefined where some run did not come to an end. */
function violatedIn(model: string, runs: ModelRun[]): string[] | undefined {
  const own = runs.filter((r) => r.model === model && r.purpose.kind !== 'probe');
  if (own.length === 0 || own.some((r) => r.verdict.incomplete && !r.verdict.asDeclared)) return undefined;
  const names = own.flatMap((r) => {
    if (r.outcome.kind === 'Deadlock') return ['Deadlock'];
    if (r.outcome.kind !== 'Violated') return [];
    return [r.outcome.property ?? r.enabled.properties[0] ?? 'a property'];
  });
  return [...new Set(names)].sort();
}

function cellText(table: Table, model: string, runs: ModelRun[]): string {
  const violated = violatedIn(model, runs);
  if (violated === undefined) return 'not shown';
  if (table.claim !== undefined) return violated.includes(table.claim) ? 'fails' : 'holds';
  return violated.length === 0 ? 'holds' : violated.join(' ');
}

const unquote = (text: string | undefined): string => (text ?? '-').replace(/^"(.*)"$/, '$1');

/** The table's lines; rows and columns in the order in which the models first name them. */
export function tableLines(module: string, table: Table, runs: ModelRun[], paint: Paint): string[] {
  const cells = table.models.map((model) => {
    const constants = runs.find((r) => r.model === model && r.purpose.kind === 'declared')?.constants ?? {};
    return {
      row: unquote(constants[table.rows]),
      column: unquote(constants[table.columns]),
      text: cellText(table, model, runs),
    };
  });
  const rows = [...new Set(cells.map((c) => c.row))];
  const columns = [...new Set(cells.map((c) => c.column))];
  const textAt = (row: string, column: string): string =>
    cells.find((c) => c.row === row && c.column === column)?.text ?? 'no model';
  const corner = `${table.rows} \\ ${table.columns}`;
  const first = Math.max(corner.length, ...rows.map((r) => r.length)) + 2;
  const widths = columns.map((c) => Math.max(c.length, ...rows.map((r) => textAt(r, c).length)) + 2);
  const line = (head: string, texts: string[]): string =>
    (padTo(head, first) + texts.map((t, i) => padTo(t, widths[i] ?? 0)).join('')).trimEnd();
  const title = `${module}: ${table.name}${table.claim === undefined ? '' : `, ${table.claim}`}`;
  return [
    paint.bold(title),
    paint.dim(line(corner, columns)),
    ...rows.map((row) =>
      line(
        row,
        columns.map((column) => textAt(row, column)),
      ),
    ),
  ];
}
