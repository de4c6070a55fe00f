/**
 * Reads what processes with the fix wrote into the file of AGX_FIX_REPORT (docs/deploy.md). Contract: a line that cannot
 * be read is counted and never taken for a proof; of each process its last word counts.
 */
import { z } from 'zod';

const flag = z.union([z.boolean(), z.literal(0), z.literal(1)]).transform(Boolean);
const lineSchema = z.looseObject({
  event: z.enum(['load', 'hooks', 'exit']).default('exit'),
  pid: z.int().positive(),
  active: flag,
  partial: flag.default(false),
  disabled: flag.default(false),
  hooks: z.int().nonnegative().default(0),
  statistics: z.record(z.string(), z.unknown()).optional(),
});

/** What one process said last. */
export interface ProcessReport {
  pid: number;
  active: boolean;
  /** Some class or method that the fix looks for was not found. */
  partial: boolean;
  /** AGX_FIX_DISABLE turned the fix off. */
  disabled: boolean;
  hooks: number;
  /** It wrote its last report, at its exit; only then there are statistics. */
  final: boolean;
  statistics: Record<string, number>;
}

/** Reports in the order in which their processes appeared, and the number of lines that could not be read. */
export function readReportLines(text: string): { processes: ProcessReport[]; unreadable: number } {
  const processes = new Map<number, ProcessReport>();
  let unreadable = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const report = readLine(line);
    if (report === undefined) unreadable += 1;
    // A program that another one replaced in its process (exec) begins anew with its `load` line.
    else processes.set(report.pid, report);
  }
  return { processes: [...processes.values()], unreadable };
}

function readLine(line: string): ProcessReport | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { pid, active, partial, disabled, hooks, event, statistics } = parsed.data;
  const counts = Object.entries(statistics ?? {}).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  // "Active" means hooks in place: a report of none contradicts itself.
  const real = active && hooks > 0;
  return {
    pid,
    active: real,
    partial,
    disabled,
    hooks,
    final: event === 'exit',
    statistics: Object.fromEntries(counts),
  };
}
