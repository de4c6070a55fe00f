/** The one screen that `verify` ends with: every claim with what it rests on, then what is wrong, then one line. Pure. */
import { RUNGS, type RungState } from '../domain/claim.js';
import { unreachable } from '../domain/problem.js';
import { describeReuse, oldestReuse } from './age.js';
import { mapTexts, oneLine } from './formats/control-characters.js';
import { handlerFaultLines, handlerLines } from './handler-lines.js';
import type { Paint } from './paint.js';
import type { ClaimView, Reason, ReportView } from './view/report-view.js';
import { padTo, wrapText } from './wrap.js';

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

function rungMark(state: RungState, paint: Paint): string {
  switch (state.state) {
    case 'passed':
      return paint.green('+');
    case 'failed':
      return paint.red('x');
    case 'partly measured':
      return paint.yellow('~');
    case 'not measured':
      return paint.dim('.');
    default:
      return unreachable(state);
  }
}

/** ` ok `, `FAIL` or `open`: whether everything that was measured for a claim is as declared. */
function claimMark({ standing }: ClaimView, paint: Paint): string {
  switch (standing) {
    case 'as declared':
      return paint.green(' ok ');
    case 'not as declared':
      return paint.red('FAIL');
    case 'open':
      return paint.yellow('open');
    case 'not measured':
      return paint.dim('  . ');
    default:
      return unreachable(standing);
  }
}

/** No native source was looked at: it has no function that is known, which is not the same as none. */
const isCodeUnread = (claim: ClaimView): boolean => claim.rungs.anchored.state === 'not measured';

function smokeText(claim: ClaimView): string {
  if (claim.auxiliary) return 'auxiliary';
  if (claim.smoke.length === 0) return isCodeUnread(claim) ? 'smoke not run' : 'no smoke test';
  const passed = claim.smoke.filter((s) => s.passed === true).length;
  const open = claim.smoke.filter((s) => s.passed === null).length;
  return `smoke ${passed}/${claim.smoke.length}${open > 0 ? ` (${open} not run)` : ''}`;
}

/** `holds, 27,770 states`. */
function outcomeCell(claim: ClaimView): string {
  return claim.states === 0
    ? claim.outcome
    : `${claim.outcome}, ${claim.states.toLocaleString('en-US')} states`;
}

function nativeCell(claim: ClaimView): string {
  if (claim.auxiliary) return 'no code';
  return isCodeUnread(claim) ? 'code not read' : count(claim.functions.length, 'function');
}

/** A row per claim, columns as wide as their widest cell. */
function claimRows(claims: ClaimView[], nameWidth: number, width: number, paint: Paint): string[] {
  const cells = claims.map((claim) => [
    outcomeCell(claim),
    count(claim.models.length, 'model'),
    count(claim.controls.length, 'control'),
    nativeCell(claim),
    smokeText(claim),
  ]);
  const widths = (cells[0] ?? []).map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length)) + 2);
  // What made a rung fail stands below, once, in the list of what is not as declared.
  return claims.flatMap((claim, i) => {
    const marks = RUNGS.map((rung) => rungMark(claim.rungs[rung], paint)).join('');
    const row = (cells[i] ?? []).map((cell, k) => padTo(cell, widths[k] ?? 0)).join('');
    const head = `${claimMark(claim, paint)} ${paint.bold(padTo(claim.name, nameWidth))} ${claim.rung} ${marks}`;
    const onOneLine = nameWidth + 14 + widths.reduce((sum, w) => sum + w, 0) <= width;
    return onOneLine ? [`${head}  ${row}`.trimEnd()] : [head, ...wrapText(row, width, 5)];
  });
}

/** Claims that rest on the same model share one sentence; it is printed once, below them. */
function sentenceLines(claims: ClaimView[], width: number, paint: Paint): string[] {
  const groups = new Map<string, string[]>();
  for (const claim of claims) groups.set(claim.sentence, [...(groups.get(claim.sentence) ?? []), claim.name]);
  return [...groups].flatMap(([sentence, names]) => {
    const who = groups.size === 1 && names.length > 1 ? 'Each' : names.join(', ');
    return wrapText(`${who}: ${sentence}.`, width, 5).map(paint.dim);
  });
}

/** More than so many open parts with one reason become one line. */
const MOST_ALIKE = 3;

function section(title: string, lines: string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ['', paint.bold(title), ...lines];
}

/** What stands before a reason's message. */
function subjectOf(reason: Reason): string {
  const { kind, name, place } = reason;
  switch (kind) {
    case 'problem':
    case 'model':
    case 'conflict':
    case 'claim':
    case 'change':
      return name;
    case 'record':
      return `run ${name}`;
    case 'build':
      return `build ${name}`;
    case 'smoke test':
      return `smoke test ${name}${reason.standing === 'open' ? '' : ` (${reason.claims.join(', ')})`}`;
    case 'anchor':
    case 'finding':
    case 'handler':
      return place ? `${place.path}:${place.line}` : name;
    default:
      return unreachable(kind);
  }
}

function redLines(view: ReportView, paint: Paint): string[] {
  const red = view.verdict.reasons.filter((r) => r.standing === 'not as declared');
  const fail = (reason: Reason): string => `${paint.red('FAIL')} ${subjectOf(reason)}: ${reason.message}`;
  const firstHandler = red.findIndex((reason) => reason.kind === 'handler');
  // The calls that lead to a handler's fault are shown with it, and a long list of them is cut.
  const handlers = view.handlers ? handlerFaultLines(view.handlers.faults, paint) : [];
  return red.flatMap((reason, i) => {
    if (reason.kind !== 'handler') return [fail(reason)];
    return i === firstHandler ? handlers : [];
  });
}

/** What an open reason is counted as. */
function nounOf({ kind }: Reason): string {
  if (kind === 'model') return 'run';
  return kind === 'handler' ? 'check' : kind;
}

/** What is open for one and the same reason is one line where it would be many: after Ctrl-C, or without Java. */
function openLines(view: ReportView, paint: Paint): string[] {
  const open = view.verdict.reasons.filter((r) => r.standing === 'open');
  const groups = new Map<string, Reason[]>();
  for (const one of open) {
    const key = `${one.kind} ${one.message}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length <= MOST_ALIKE)
      return group.map((one) => `${paint.yellow('open')} ${subjectOf(one)}: ${one.message}`);
    return [
      `${paint.yellow('open')} ${count(group.length, nounOf(first))}, the first is ${subjectOf(first)}: ${first.message}`,
    ];
  });
}

/** Models that none of the runs was asked for: they are no failure here, and no pass either. */
function notMeasuredLines(view: ReportView, width: number): string[] {
  return view.notMeasured
    .filter((one) => !one.what.startsWith('rung '))
    .flatMap((one) => wrapText(`${one.count} ${one.what}: ${one.why}`, width, 5));
}

/** Foreign modules may have dozens; the other formats list them all. */
const MOST_ACCEPTED = 10;

/** Findings that the manifest accepts: no failure, and said each time. */
function acceptedLines({ findings }: ReportView, width: number): string[] {
  const accepted = findings.filter((finding) => finding.accepted !== undefined);
  const more = accepted.length - MOST_ACCEPTED;
  return [
    ...accepted.slice(0, MOST_ACCEPTED).flatMap(({ place, message, accepted: reason }) => {
      return wrapText(`${place.path}:${place.line}: ${message}; accepted: ${reason ?? ''}`, width, 5);
    }),
    ...(more > 0 ? [`     ${more} more`] : []),
  ];
}

const LEGEND = RUNGS.map((name, i) => `${i + 1} ${name}`).join(', ');

/** The screen's lines, made from the view alone. */
export function renderVerifyScreen(given: ReportView, width: number, paint: Paint): string[] {
  const view = forTerminal(given);
  const nameWidth = Math.max(0, ...view.claims.map((claim) => claim.name.length));
  const lines = view.modules
    .filter((module) => module.standing !== 'not measured' && module.claims.length > 0)
    .flatMap(({ name }) => {
      const claims = view.claims.filter((claim) => claim.module === name);
      return [
        '',
        paint.bold(paint.blue(name)),
        ...claimRows(claims, nameWidth, width, paint),
        ...sentenceLines(claims, width, paint),
      ];
    });
  const { verdict } = view;
  const ended = `${verdict.headline} (exit ${verdict.exitCode})`;
  return [
    ...lines,
    ...section(
      'signal and fork handlers',
      view.handlers ? handlerLines(view.handlers.handlers, width, paint) : [],
      paint,
    ),
    ...section('not as declared', redLines(view, paint), paint),
    ...section('not run, or not to an end', openLines(view, paint), paint),
    ...section('accepted findings', acceptedLines(view, width), paint),
    ...section('not measured', notMeasuredLines(view, width), paint),
    '',
    paint.dim(`the rung a claim stands on, then each rung: ${LEGEND}`),
    paint.dim('+ passed   ~ the measured part holds, the rest is not measured   . not measured   x failed'),
    summaryLine(view),
    ...reuseLines(view),
    verdict.exitCode === 0 ? paint.green(ended) : paint.red(ended),
  ];
}

function summaryLine({ totals, head }: ReportView): string {
  const ran = totals.models.total - totals.models.notMeasured;
  return [
    `${count(ran, 'model')} in ${count(totals.runs.total, 'run')}`,
    ...(totals.reused.runs > 0 ? [`${totals.reused.runs} of ${totals.runs.total} runs reused`] : []),
    count(totals.claims.total - totals.claims.notMeasured, 'claim'),
    `${totals.smoke.asDeclared} of ${count(totals.smoke.total, 'smoke test')} passed`,
    ...(totals.reused.smoke > 0 ? [`${totals.reused.smoke} of ${totals.smoke.total} reused`] : []),
    `${head.seconds.toFixed(1)} s`,
    `record ${head.runs.map((run) => `runs/${oneLine(run.id)}`).join(', ')}`,
  ].join(' · ');
}

/** How old the oldest is of what was not shown by this run itself. */
function reuseLines({ models, smoke }: ReportView): string[] {
  const oldest = oldestReuse([...models.flatMap((model) => model.runs), ...smoke]);
  return oldest === undefined
    ? []
    : [`the oldest reused result is ${oneLine(describeReuse(oldest, Date.now()))}`];
}

/** Only what the screen prints, with nothing in it that a terminal would obey. */
function forTerminal(view: ReportView): ReportView {
  const { claims, modules, verdict, notMeasured, findings, handlers } = view;
  const safe = mapTexts({ claims, modules, verdict, notMeasured, findings }, oneLine);
  return { ...view, ...safe, ...(handlers ? { handlers: mapTexts(handlers, oneLine) } : {}) };
}
