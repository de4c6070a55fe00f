/** The one screen that `verify` ends with: every claim with what it rests on, then what is wrong, then one line. Pure. */
import { RUNGS, type ClaimReport, type RungState } from '../domain/claim.js';
import type { ModelRun, RunRecord } from '../domain/run-record.js';
import { unreachable } from '../domain/problem.js';
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

function claimLines(claim: ClaimReport, nameWidth: number, width: number, paint: Paint): string[] {
  const name = claim.id.slice(claim.id.indexOf('!') + 1);
  const marks = RUNGS.map((rung) => rungMark(claim.rungs[rung], paint)).join('');
  const native = claim.auxiliary ? 'no code' : count(claim.functions.length, 'function');
  const cells = [
    padTo(`${count(claim.models.length, 'model')}, ${count(claim.controls.length, 'control')}`, 22),
    padTo(native, 13),
    padTo(smokeText(claim), 22),
    `rung ${claim.rung}`,
  ];
  const head = `${claimMark(claim, paint)} ${paint.bold(padTo(name, nameWidth))} ${marks}  ${cells.join('')}`;
  const failures = RUNGS.flatMap((rung) => {
    const state = claim.rungs[rung];
    return state.state === 'failed' ? wrapText(`${rung}: ${state.because}`, width, 6).map(paint.red) : [];
  });
  return [head, ...wrapText(claim.sentence, width, 6).map(paint.dim), ...failures];
}

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
    ...record.findings
      .filter((f) => f.accepted === undefined)
      .map((f) => `${paint.red('FAIL')} ${f.place.path}:${f.place.line}: ${f.message}`),
  ];
}

function openLines(record: RunRecord, paint: Paint): string[] {
  return [
    ...record.models
      .filter((r) => isOpen(r) && !r.verdict.asDeclared)
      .map((r) => `${paint.yellow('open')} ${runName(r)}: ${r.verdict.reason}`),
    ...record.builds
      .filter((b) => b.state === 'not run')
      .map((b) => `${paint.yellow('open')} build ${b.preset}: not run: ${b.reason}`),
    ...record.smoke
      .filter((s) => s.state === 'not run')
      .map((s) => `${paint.yellow('open')} smoke test ${s.name}: not run: ${s.reason}`),
  ];
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
    for (const claim of claims) lines.push(...claimLines(claim, nameWidth, width, paint));
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
  const verdict = `${conclusion(record.exitCode)} (exit ${record.exitCode})`;
  return [
    ...lines,
    ...section('not as declared', redLines(record, paint), paint),
    ...section('not run, or not to an end', openLines(record, paint), paint),
    '',
    paint.dim(`rungs: ${RUNGS.map((name, i) => `${i + 1} ${name}`).join(', ')}`),
    paint.dim('+ passed   ~ the measured part holds, the rest is not measured   . not measured   x failed'),
    summary,
    record.exitCode === 0 ? paint.green(verdict) : paint.red(verdict),
  ];
}
