/** What `verify` prints: counterexamples nobody declared, the manifests' tables, the screen. Pure; made from the record. */
import type { Table } from '../domain/manifest.js';
import type { RunRecord } from '../domain/run-record.js';
import { tableLines } from './model-table.js';
import type { Paint } from './paint.js';
import { renderVerifyScreen } from './verify-screen.js';
import { violationLines } from './violation-lines.js';

/** @param tables with the module each belongs to */
export function verifyLines(
  record: RunRecord,
  tables: { module: string; table: Table }[],
  width: number,
  paint: Paint,
): string[] {
  const red = record.models.filter((r) => !r.verdict.asDeclared && !r.verdict.incomplete);
  return [
    ...red.flatMap((run) => {
      const lines = violationLines(run, width, paint);
      return lines.length > 0 ? ['', ...lines] : [];
    }),
    ...tables.flatMap(({ module, table }) => ['', ...tableLines(module, table, record.models, paint)]),
    ...renderVerifyScreen(record, width, paint),
  ];
}
