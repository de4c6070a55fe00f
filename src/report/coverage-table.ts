/** The terminal table of `workbench coverage`: claim × native function, with file, line and rung. Pure. */
import type { Paint } from './paint.js';
import { padTo } from './wrap.js';

/** One claim with the functions it covers. */
export interface CoverageRow {
  id: string;
  auxiliary: boolean;
  functions: { name: string; path: string; line: number }[];
  /** From the latest run record; undefined where there is none. */
  rung?: number;
}

export interface CoverageView {
  rows: CoverageRow[];
  unmodelled: { name: string; path: string; line: number; reason: string }[];
  faults: { path: string; line: number; message: string }[];
  /** Run that the rungs come from. */
  run?: string;
}

/** Lines of the table, the functions without spec, then one line a fault. */
export function renderCoverage(view: CoverageView, paint: Paint): string[] {
  const lines: string[] = [];
  const nameWidth = widest(view.rows.flatMap((row) => row.functions.map((f) => f.name)));
  const idWidth = widest(view.rows.map((row) => row.id));
  for (const row of view.rows) {
    const rung = view.run === undefined ? '' : `rung ${row.rung ?? '–'}  `;
    const head = `${paint.bold(padTo(row.id, idWidth))}  ${rung}`;
    const indent = ' '.repeat(idWidth + 2 + rung.length);
    if (row.functions.length === 0) {
      const why = row.auxiliary
        ? paint.dim('auxiliary: says nothing about the code')
        : paint.red('no native function');
      lines.push(head + why);
    }
    for (const [i, found] of row.functions.entries()) {
      lines.push(`${i === 0 ? head : indent}${padTo(found.name, nameWidth)}  ${place(found)}`);
    }
  }
  if (view.unmodelled.length > 0) {
    lines.push('', paint.bold('covered by no spec, with the reason'));
    const width = widest(view.unmodelled.map(place));
    for (const found of view.unmodelled) {
      lines.push(`${padTo(place(found), width)}  ${found.name}: ${found.reason}`);
    }
  }
  const functions = new Set(view.rows.flatMap((row) => row.functions.map(place)));
  const covered = view.rows.filter((row) => row.functions.length > 0).length;
  lines.push(
    '',
    `${covered} of ${view.rows.filter((row) => !row.auxiliary).length} claims have native functions; ` +
      `${functions.size} functions are anchored, ${view.unmodelled.length} carry a reason`,
  );
  if (view.run !== undefined) lines.push(`rungs from run ${view.run}`);
  return lines;
}

/** One line a fault, clickable in a terminal. */
export function renderFaults(faults: CoverageView['faults'], paint: Paint): string[] {
  return faults.map((fault) => paint.red(`${fault.path}:${fault.line}: ${fault.message}`));
}

function place(found: { path: string; line: number }): string {
  return `${found.path}:${found.line}`;
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}
