/** The one screen that `verify` ends with: every claim with what it rests on, then what is wrong, then one line. Pure. */
import { RUNGS, type ClaimReport, type RungState } from '../domain/claim.js';
import type { ModelRun, RunRecord } from '../domain/run-record.js';
import { unreachable } from '../domain/problem.js';
import { handlerFaultLines, handlerLines } from './handler-lines.js';
import type { Paint } from './paint.js';
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
function claimMark(claim: ClaimReport, paint: Paint): string {
  const states = RUNGS.map((name) => claim.rungs[name].state);
  if (states.includes('failed')) return paint.red('FAIL');
  if (claim.rungs.checked.state !== 'passed') return paint.yellow('open');
  return paint.green(' ok ');
}

function smokeText(claim: ClaimReport): string {
  if (claim.auxiliary) return 'auxiliary';
  if (claim.smoke.length === 0) return 'no smoke test';
  const passed = claim.smoke.filter((s) => s.passed === true).length;
  const open = claim.smoke.filter((s) => s.passed === null).length;
  return `smoke ${passed}/${claim.smoke.length}${open > 0 ? ` (${open} not run)` : ''}`;
}

/** `holds, 27,770 states`. */
function outcomeCell(claim: ClaimReport): string {
  return claim.states === 0
    ? claim.outcome
    : `${claim.outcome}, ${claim.states.toLocaleString('en-US')} states`;
}

function nativeCell(claim: ClaimReport): string {
  return claim.auxiliary ? 'no code' : count(claim.functions.length, 'function');
}

const nameOf = (claim: ClaimReport): string => claim.id.slice(claim.id.indexOf('!') + 1);

/** A row per claim, columns as wide as their widest cell. */
function claimRows(claims: ClaimReport[], nameWidth: number, width: number, paint: Paint): string[] {
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
    const head = `${claimMark(claim, paint)} ${paint.bold(padTo(nameOf(claim), nameWidth))} ${claim.rung} ${marks}`;
    const onOneLine = nameWidth + 14 + widths.reduce((sum, w) => sum + w, 0) <= width;
    return onOneLine ? [`${head}  ${row}`.trimEnd()] : [head, ...wrapText(row, width, 5)];
  });
}

/** Claims that rest on the same model share one sentence; it is printed once, below them. */
function sentenceLines(claims: ClaimReport[], width: number, paint: Paint): string[] {
  const groups = new Map<string, string[]>();
  for (const claim of claims)
    groups.set(claim.sentence, [...(groups.get(claim.sentence) ?? []), nameOf(claim)]);
  return [...groups].flatMap(([sentence, names]) => {
    const who = groups.size === 1 && names.length > 1 ? 'Each' : names.join(', ');
    return wrapText(`${who}: ${sentence}.`, width, 5).map(paint.dim);
  });
}

/** More than so many open parts with one reason become one line. */
const MOST_ALIKE = 3;

function isOpen(run: ModelRun): boolean {
  return run.verdict.incomplete;
}

/** `model [full set: NoLeak]`. */
export function runName(run: ModelRun): string {
  const purpose = run.purpose;
  switch (purpose.kind) {
    case 'declared':
      return run.model;
    case 'full set':
      return `${run.model} [${purpose.property} alone]`;
    case 'the rest':
      return `${run.model} [the remaining claims]`;
    case 'probe':
      return `${run.model} [probe: ${purpose.of}]`;
    default:
      return unreachable(purpose);
  }
}

function section(title: string, lines: string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ['', paint.bold(title), ...lines];
}

function redLines(record: RunRecord, paint: Paint): string[] {
  return [
    ...record.problems.map((p) => `${paint.red('FAIL')} ${p.code}: ${p.message}`),
    ...record.models
      .filter((r) => !r.verdict.asDeclared && !isOpen(r))
      .map((r) => `${paint.red('FAIL')} ${runName(r)}: ${r.verdict.reason}`),
    ...(record.anchors?.faults ?? []).map((f) => `${paint.red('FAIL')} ${f.path}:${f.line}: ${f.message}`),
    ...record.builds
      .filter((b) => b.state === 'failed')
      .map((b) => `${paint.red('FAIL')} build ${b.preset}: ${b.reason}`),
    ...record.smoke
      .filter((s) => s.state === 'failed')
      .map((s) => `${paint.red('FAIL')} smoke test ${s.name} (${s.claims.join(', ')}): ${s.reason}`),
    ...(record.reachability ? handlerFaultLines(record.reachability, paint) : []),
    ...record.findings
      .filter((f) => f.accepted === undefined)
      .map((f) => `${paint.red('FAIL')} ${f.place.path}:${f.place.line}: ${f.message}`),
  ];
}

/** What is open for one and the same reason is one line where it would be many: after Ctrl-C, or without Java. */
function openLines(record: RunRecord, paint: Paint): string[] {
  const open = [
    ...record.models
      .filter((r) => isOpen(r) && !r.verdict.asDeclared)
      .map((r) => ({ noun: 'run', name: runName(r), reason: r.verdict.reason })),
    ...record.builds
      .filter((b) => b.state === 'not run')
      .map((b) => ({ noun: 'build', name: `build ${b.preset}`, reason: `not run: ${b.reason}` })),
    ...record.smoke
      .filter((s) => s.state === 'not run')
      .map((s) => ({ noun: 'smoke test', name: `smoke test ${s.name}`, reason: `not run: ${s.reason}` })),
    ...(record.reachability?.state === 'not run'
      ? [
          {
            noun: 'check',
            name: 'signal and fork handlers',
            reason: `not run: ${record.reachability.reason}`,
          },
        ]
      : []),
  ];
  const groups = new Map<string, typeof open>();
  for (const one of open) {
    const key = `${one.noun} ${one.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length <= MOST_ALIKE)
      return group.map((one) => `${paint.yellow('open')} ${one.name}: ${one.reason}`);
    return [
      `${paint.yellow('open')} ${count(group.length, first.noun)}, the first is ${first.name}: ${first.reason}`,
    ];
  });
}

function conclusion(exitCode: number): string {
  switch (exitCode) {
    case 0:
      return 'everything that ran is as declared';
    case 1:
      return 'not as declared';
    case 2:
      return 'wrong input';
    case 3:
      return 'the environment cannot do it';
    case 4:
      return 'incomplete: some of it was not run';
    case 130:
      return 'interrupted';
    default:
      return 'ended';
  }
}

/** Modules in the order of their claims. */
function groupClaims(claims: ClaimReport[]): Map<string, ClaimReport[]> {
  const groups = new Map<string, ClaimReport[]>();
  for (const claim of claims) {
    const module = claim.id.slice(0, claim.id.indexOf('!'));
    groups.set(module, [...(groups.get(module) ?? []), claim]);
  }
  return groups;
}

/** The screen's lines, made from the record alone. */
export function renderVerifyScreen(record: RunRecord, width: number, paint: Paint): string[] {
  const nameWidth = Math.max(0, ...record.claims.map((c) => c.id.length - c.id.indexOf('!') - 1));
  const lines: string[] = [];
  for (const [module, claims] of groupClaims(record.claims)) {
    lines.push('', paint.bold(paint.blue(module)));
    lines.push(...claimRows(claims, nameWidth, width, paint), ...sentenceLines(claims, width, paint));
  }
  const models = new Set(record.models.map((r) => r.model)).size;
  const seconds = (Date.parse(record.finishedAt) - Date.parse(record.startedAt)) / 1000;
  const passed = record.smoke.filter((s) => s.state === 'passed').length;
  const summary = [
    `${count(models, 'model')} in ${count(record.models.length, 'run')}`,
    count(record.claims.length, 'claim'),
    `${passed} of ${count(record.smoke.length, 'smoke test')} passed`,
    `${seconds.toFixed(1)} s`,
    `record runs/${record.id}`,
  ].join(' · ');
  const handlers = record.reachability ? handlerLines(record.reachability, width, paint) : [];
  const verdict = `${conclusion(record.exitCode)} (exit ${record.exitCode})`;
  return [
    ...lines,
    ...section('signal and fork handlers', handlers, paint),
    ...section('not as declared', redLines(record, paint), paint),
    ...section('not run, or not to an end', openLines(record, paint), paint),
    '',
    paint.dim(
      `the rung a claim stands on, then each rung: ${RUNGS.map((name, i) => `${i + 1} ${name}`).join(', ')}`,
    ),
    paint.dim('+ passed   ~ the measured part holds, the rest is not measured   . not measured   x failed'),
    summary,
    record.exitCode === 0 ? paint.green(verdict) : paint.red(verdict),
  ];
}
