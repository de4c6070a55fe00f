/**
 * What the evidence itself says against a change: verdicts that are not as declared, and what was not shown. Nothing of
 * this can ever be accepted into a baseline. Pure.
 */
import type { Baseline, Change } from '../domain/baseline.js';
import { RUNGS, type Place } from '../domain/claim.js';
import type { ModelRun, RunRecord } from '../domain/run-record.js';
import type { Evidence } from './assemble.js';
import type { Head } from './head.js';
import { findPlace, keyOf } from './places.js';

/** Failures of every part whose evidence is a record, of the anchors as they stand, and of what has no evidence. */
export function findVerdicts(head: Head, evidence: Evidence): Change[] {
  const changes: Change[] = [];
  for (const module of head.modules) {
    const source = evidence.modules.get(module.path);
    const at = findPlace(head.places, keyOf.module(module.name));
    if (source === undefined || source.kind === 'none')
      changes.push(open(module.name, at, 'no run shows it as it is', `workbench check ${module.name}`));
    if (source?.kind !== 'record') continue;
    const own = new Set(module.models.map((m) => m.path));
    changes.push(
      ...source.record.models.filter((r) => own.has(r.model)).flatMap((run) => judgeRun(run, head)),
      ...source.record.findings
        .filter((f) => f.accepted === undefined && f.module === module.name)
        .map((f) => red(`${f.module}: ${f.name}`, f.place, f.message, 'workbench verify')),
      ...source.record.claims
        .filter((c) => c.id.startsWith(`${module.name}!`))
        .flatMap((claim) =>
          RUNGS.slice(0, 3)
            .filter((name) => claim.rungs[name].state === 'failed')
            .map((name) =>
              red(
                claim.id,
                placeOfClaim(head, claim.id),
                `${name}: ${claim.rungs[name].because}`,
                'workbench verify',
              ),
            ),
        ),
    );
  }
  for (const { path, line, message } of head.anchors?.faults ?? [])
    changes.push(red(path, { path, line }, message, 'workbench coverage'));
  changes.push(...judgeNative(head, evidence));
  return withoutTwins(changes);
}

const placeOfClaim = (head: Head, id: string): Place =>
  findPlace(head.places, keyOf.claim(id), keyOf.module(id.split('!')[0] ?? ''));

const make = (kind: Change['kind'], subject: string, place: Place, is: string, mend: string): Change => ({
  kind,
  severity: 'fails',
  subject,
  place,
  was: 'as declared',
  is,
  mend,
});
const red = (subject: string, place: Place, is: string, mend: string): Change =>
  make('verdict-failed', subject, place, is, mend);
const open = (subject: string, place: Place, is: string, mend: string): Change =>
  make('not-shown', subject, place, is, mend);

function judgeRun(run: ModelRun, head: Head): Change[] {
  if (run.verdict.asDeclared) return [];
  const place = findPlace(head.places, keyOf.model(run.model), keyOf.module(run.module));
  const what = run.purpose.kind === 'full set' ? `${run.purpose.property} alone: ` : '';
  const is = `${what}${run.verdict.reason}`;
  return [(run.verdict.incomplete ? open : red)(run.model, place, is, `workbench check ${run.model}`)];
}

function judgeNative(head: Head, { native }: Evidence): Change[] {
  if (head.anchors === null) return [];
  const root = { path: 'workbench.json', line: 1 };
  if (native.kind === 'none')
    return [open('native code', root, 'no run shows it as it is', 'workbench verify')];
  if (native.kind === 'base') return [];
  const { builds, smoke, reachability, problems } = native.record;
  return [
    ...builds.flatMap((b) => {
      const what = `build ${b.preset}`;
      if (b.state === 'built') return [];
      return [(b.state === 'failed' ? red : open)(what, root, b.reason, `workbench build ${b.preset}`)];
    }),
    ...smoke.flatMap((test) => {
      if (test.state === 'passed') return [];
      const place = findPlace(head.places, keyOf.smoke(test.name));
      return [(test.state === 'failed' ? red : open)(test.name, place, test.reason, 'workbench verify')];
    }),
    ...(reachability?.faults ?? []).map((f) =>
      red(f.handler ?? 'handlers', { path: f.path, line: f.line }, f.message, 'workbench verify'),
    ),
    ...(reachability?.state === 'not run' && reachability.faults.length === 0
      ? [open('handlers', root, reachability.reason, 'workbench doctor')]
      : []),
    ...problemsOf(problems, root),
  ];
}

/** A tool that is missing is a record's problem; what it kept from running says so as well. */
function problemsOf(problems: RunRecord['problems'], root: Place): Change[] {
  return problems.map(({ code, message, hint }) => open(code, root, message, hint));
}

function withoutTwins(changes: Change[]): Change[] {
  const key = (c: Change): string => JSON.stringify([c.kind, c.place, c.subject, c.is]);
  return [...new Map(changes.map((c) => [key(c), c])).values()];
}

/** Claims that stand lower than workbench.json asks of every claim. */
export function findBelowRequired(head: Head, shown: Baseline, requiredRung: number): Change[] {
  return shown.modules.flatMap((module) =>
    module.claims
      .filter((claim) => claim.rung < requiredRung)
      .map(({ name, rung }) => {
        const id = `${module.name}!${name}`;
        const is = `stands on rung ${rung}, required is ${requiredRung}`;
        return red(id, placeOfClaim(head, id), is, 'workbench verify');
      }),
  );
}
