/** Holds what one process did against what it was expected to do. Pure. */
import { atLeastSchema, type SmokeExpectation } from '../domain/smoke.js';
import { canonicalJson } from '../host/files.js';
import { findSanitizerFaultAddress, findSanitizerReport, hyphenate } from './sanitizer-report.js';

/** What a process did, as far as an expectation can speak of it. */
export interface Observation {
  exit: number | null;
  signal: string | null;
  faultAddress: string | null;
  sanitizer: string | null;
  report: Record<string, unknown> | null;
  timedOut: boolean;
  /** Why the process says nothing about the code: it did not start, a library was not loaded. */
  obstacle: string | null;
}

/** Reads output and end of a process. */
export function observe(ran: {
  stdout: string;
  stderr: string;
  exit: number | null;
  signal: string | null;
  timedOut: boolean;
  startError?: string;
  truncated?: boolean;
}): Observation {
  const refused = /ld\.so: object '([^']+)' from LD_PRELOAD cannot be preloaded/.exec(ran.stderr)?.[1];
  const misused = ran.signal === 'SIGABRT' ? /^schedule: (.*)$/m.exec(ran.stderr)?.[1] : undefined;
  return {
    exit: ran.exit,
    signal: ran.signal,
    faultAddress: findFaultAddress(ran.stderr) ?? findSanitizerFaultAddress(ran.stderr),
    sanitizer: findSanitizerReport(ran.stderr),
    report: readReport(ran.stdout),
    timedOut: ran.timedOut,
    obstacle:
      ran.startError !== undefined
        ? `could not be started (${ran.startError})`
        : refused !== undefined
          ? `the loader refused ${refused}`
          : misused !== undefined
            ? `the schedule is wrong: ${misused}`
            : ran.truncated === true
              ? 'it printed more than can be kept, and what is lost may be a report'
              : null,
  };
}

/** The JSON line that the program's signal handler wrote before it died. */
function findFaultAddress(stderr: string): string | null {
  for (const line of stderr.split('\n').reverse()) {
    const value = readJsonObject(line);
    if (typeof value?.faultAddress === 'string') return value.faultAddress;
  }
  return null;
}

/** The last line of standard output, where it is a JSON object. */
function readReport(stdout: string): Record<string, unknown> | null {
  return readJsonObject(stdout.trimEnd().split('\n').at(-1) ?? '');
}

function readJsonObject(line: string): Record<string, unknown> | null {
  if (!line.trimStart().startsWith('{')) return null;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** One line that says what differs; empty when nothing does. A sanitizer report that is not expected differs. */
export function compare(expected: SmokeExpectation, seen: Observation): string {
  if (seen.obstacle !== null) return seen.obstacle;
  if (seen.timedOut) return 'did not end before its deadline';
  const infeasible = findInfeasibleSchedule(seen);
  if (infeasible !== undefined && expected.exit !== INFEASIBLE) return infeasible;
  const differences: string[] = [];
  const differ = (what: string, want: unknown, have: unknown): void => {
    differences.push(`${what} ${show(want)} expected, ${show(have)} seen`);
  };
  const wanted = [expected.sanitizer ?? []].flat().map(hyphenate);
  if (seen.sanitizer === null ? wanted.length > 0 : !wanted.includes(seen.sanitizer)) {
    differ('sanitizer report', wanted.length === 0 ? null : wanted.join(' or '), seen.sanitizer);
  }
  const end = seen.signal ?? `exit ${String(seen.exit)}`;
  if (expected.exit !== undefined && (seen.signal !== null || seen.exit !== expected.exit)) {
    differences.push(`exit ${String(expected.exit)} expected, ${end} seen`);
  }
  if (expected.signal !== undefined && seen.signal !== expected.signal) {
    differences.push(`${expected.signal} expected, ${end} seen`);
  }
  if (expected.faultAddress !== undefined && !sameAddress(expected.faultAddress, seen.faultAddress)) {
    differ('fault address', expected.faultAddress, seen.faultAddress);
  }
  for (const [key, want] of Object.entries(expected.report ?? {})) {
    const have = seen.report?.[key];
    if (have === undefined) differ(`report key ${key}:`, want, 'nothing');
    else if (!isAsWanted(want, have)) differ(`report key ${key}:`, want, have);
  }
  return differences.join('; ');
}

/** Exit code of a program whose schedule cannot happen; see native/schedule/schedule.h. */
const INFEASIBLE = 78;

/** Says so where the program reported it: nothing else that the process did means anything then. */
function findInfeasibleSchedule(seen: Observation): string | undefined {
  const { schedule, waiting, due, taken } = seen.report ?? {};
  if (seen.exit !== INFEASIBLE || (schedule !== 'infeasible' && schedule !== 'incomplete')) return undefined;
  const steps = readSteps(taken);
  const detail =
    typeof waiting === 'string' && typeof due === 'string'
      ? `${waiting} waits, and ${due} is due and does not come`
      : `only these steps were taken: ${steps === undefined || steps.length === 0 ? 'none' : steps.join(' ')}`;
  return `the schedule cannot happen: ${detail} (exit ${INFEASIBLE})`;
}

/** The steps of a schedule as a program reports them: an array, or one text. */
export function readSteps(taken: unknown): string[] | undefined {
  if (typeof taken === 'string') return taken.split(' ').filter((step) => step !== '');
  return Array.isArray(taken) ? taken.map(String) : undefined;
}

function isAsWanted(want: unknown, have: unknown): boolean {
  const bound = atLeastSchema.safeParse(want);
  if (bound.success) return typeof have === 'number' && have >= bound.data.atLeast;
  return canonicalJson(have) === canonicalJson(want);
}

function show(value: unknown): string {
  const bound = atLeastSchema.safeParse(value);
  if (bound.success) return `at least ${bound.data.atLeast}`;
  return value === null ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);
}

function sameAddress(a: string, b: string | null): boolean {
  if (b === null || !/^0x[0-9a-f]+$/i.test(a) || !/^0x[0-9a-f]+$/i.test(b)) return a === b;
  return BigInt(a) === BigInt(b);
}

/** What was seen, in a few words: `SIGSEGV at 0x5f4`, `heap-use-after-free`, `exit 0 with skips 1`. */
export function describe(seen: Observation, expected: SmokeExpectation): string {
  if (seen.sanitizer !== null) return seen.sanitizer;
  if (seen.signal !== null) {
    return seen.faultAddress === null ? seen.signal : `${seen.signal} at ${seen.faultAddress}`;
  }
  const told = Object.keys(expected.report ?? {})
    .filter((key) => ['number', 'string', 'boolean'].includes(typeof seen.report?.[key]))
    .map((key) => `${key} ${show(seen.report?.[key])}`);
  return `exit ${String(seen.exit)}${told.length === 0 ? '' : ` with ${told.join(', ')}`}`;
}
