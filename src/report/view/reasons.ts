/** What is red and what is open, one entry each with its place: the reasons of the verdict. Pure. */
import { RUNGS } from '../../domain/claim.js';
import type { ModelRun } from '../../domain/run-record.js';
import { filesOf } from './behaviours.js';
import type { Merged } from './merge.js';
import type { ModelView, RunView } from './model-view.js';
import type { ChangeView, ClaimView, Reason, ReportView } from './report-view.js';

type Unread = ReportView['head']['unread'];

/** Reds first, in the order of the stages; then what did not run, or not to an end. */
export function findReasons(
  merged: Merged,
  models: readonly ModelView[],
  claims: readonly ClaimView[],
  { unread, changes }: { unread: Unread; changes: readonly ChangeView[] },
): Reason[] {
  const found = [
    ...ofProblems(merged),
    ...merged.conflicts.map((c): Reason => red('conflict', `${c.kind} of ${c.subject}`, c.message)),
    ...models.flatMap((model) => model.runs.flatMap((run) => ofRun(model, run, merged, claims))),
    ...ofNative(merged),
    ...ofHandlers(merged),
    ...merged.findings
      .filter((f) => f.accepted === undefined)
      .map((f): Reason => ({
        ...red('finding', `${f.finding} ${f.name}`, f.message),
        place: f.place,
        claims: claims.filter((c) => c.findings.includes(f)).map((c) => c.id),
      })),
    ...changes.filter(isLoss).map((c) => ofChange(c, claims)),
    ...unread.map((u): Reason => ({ ...open('record', u.id, u.message), hint: u.hint })),
  ];
  const all = [...found, ...ofClaims(claims, found, merged.inventory.requiredRung)];
  return [
    ...all.filter((reason) => reason.standing === 'not as declared'),
    ...all.filter((reason) => reason.standing === 'open'),
  ];
}

/** A change since the baseline that nobody accepted. */
const isLoss = (change: ChangeView): boolean => change.severity === 'fails' && change.accepted === undefined;

function ofChange(change: ChangeView, claims: readonly ClaimView[]): Reason {
  const { kind, subject, was, is, mend, place } = change;
  return {
    ...red('change', `${kind} ${subject}`, `was ${was}; is ${is}`),
    ...(place ? { place } : {}),
    ...(mend === '' ? {} : { hint: mend }),
    claims: claims.filter((claim) => claim.id === subject).map((claim) => claim.id),
  };
}

const red = (kind: Reason['kind'], name: string, message: string): Reason => ({
  standing: 'not as declared',
  kind,
  name,
  message,
  claims: [],
});
const open = (kind: Reason['kind'], name: string, message: string): Reason => ({
  ...red(kind, name, message),
  standing: 'open',
});

function ofProblems(merged: Merged): Reason[] {
  return merged.problems.map((p) => ({
    ...red('problem', p.code, p.message),
    hint: p.hint,
    ...(placeIn(p.message) ?? {}),
  }));
}

/** `path:line: what`, as every problem of a file begins. */
function placeIn(message: string): Pick<Reason, 'place'> | undefined {
  const match = /^([^\s:][^:]*):(\d+)(?::(\d+))?: /.exec(message);
  if (!match) return undefined;
  const [, path = '', line = '1', column] = match;
  return { place: { path, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) } };
}

function ofRun(model: ModelView, run: RunView, merged: Merged, claims: readonly ClaimView[]): Reason[] {
  if (run.standing !== 'not as declared' && run.standing !== 'open') return [];
  const recorded = merged.models.find((r) => r.model === model.id && r.record === run.record);
  const concerned = claimsOf(model, run);
  return [
    {
      ...(run.standing === 'open' ? open : red)('model', run.name, run.reason),
      place: placeOfRun(model, run, recorded, merged),
      claims: concerned.filter((id) => claims.some((claim) => claim.id === id)),
    },
  ];
}

/** The claim that was violated, else all that the run was to check. */
function claimsOf(model: ModelView, run: RunView): string[] {
  const { outcome } = run;
  if (outcome.kind === 'Violated' && outcome.property !== undefined)
    return [`${model.module}!${outcome.property}`];
  return [...run.enabled.invariants, ...run.enabled.properties].map((name) => `${model.module}!${name}`);
}

/** Where to look: the property that is violated, claim or not, the expression that failed, else the configuration. */
function placeOfRun(
  model: ModelView,
  run: RunView,
  recorded: ModelRun | undefined,
  merged: Merged,
): NonNullable<Reason['place']> {
  const { outcome } = run;
  if (run.conjunct) return { path: run.conjunct.path, line: run.conjunct.line };
  if ('span' in outcome && outcome.span) {
    const { module, line, column } = outcome.span;
    const path = recorded ? filesOf(recorded)(module) : undefined;
    if (path !== undefined) return { path, line, column };
  }
  const [id] = outcome.kind === 'Violated' ? claimsOf(model, run) : [];
  const module = merged.inventory.modules.find((m) => m.name === model.module);
  const { path, line } = module?.definitions[id?.slice(model.module.length + 1) ?? ''] ?? {
    path: model.id,
    line: 1,
  };
  return { path, line };
}

function ofNative(merged: Merged): Reason[] {
  const anchors = (merged.anchors?.faults ?? []).map((f): Reason => ({
    ...red('anchor', f.path, f.message),
    place: { path: f.path, line: f.line },
  }));
  const builds = merged.builds.flatMap((b): Reason[] => {
    if (b.state === 'failed') return [red('build', b.preset, b.reason)];
    return b.state === 'not run' ? [open('build', b.preset, `not run: ${b.reason}`)] : [];
  });
  const smoke = merged.smoke.flatMap((s): Reason[] => {
    const { claims } = s;
    if (s.state === 'failed') return [{ ...red('smoke test', s.name, s.reason), claims }];
    return s.state === 'not run' ? [{ ...open('smoke test', s.name, `not run: ${s.reason}`), claims }] : [];
  });
  return [...anchors, ...builds, ...smoke];
}

function ofHandlers(merged: Merged): Reason[] {
  const result = merged.reachability;
  if (result?.state === 'not run')
    return [open('handler', 'signal and fork handlers', `not run: ${result.reason}`)];
  if (result?.state !== 'failed') return [];
  return result.faults.map((fault) => ({
    ...red('handler', fault.handler ?? fault.kind, fault.message),
    place: { path: fault.path, line: fault.line },
    hint: fault.hint,
    claims: result.handlers.find((h) => h.name === fault.handler)?.claims ?? [],
  }));
}

/** A claim that fails, or stands too low, for a reason that nothing above tells: no verdict is red without one. */
function ofClaims(claims: readonly ClaimView[], found: readonly Reason[], requiredRung: number): Reason[] {
  return claims.flatMap((claim) => {
    const told = found.some((reason) => reason.claims.includes(claim.id));
    const failed = RUNGS.find((rung) => claim.rungs[rung].state === 'failed');
    const where = claim.place ? { place: claim.place } : {};
    if (failed !== undefined) {
      const { because } = claim.rungs[failed];
      const known = told || found.some((reason) => because.includes(reason.message));
      if (known) return [];
      return [{ ...red('claim', claim.id, `rung ${failed}: ${because}`), ...where, claims: [claim.id] }];
    }
    if (claim.rung >= requiredRung || told) return [];
    const message = `stands on rung ${claim.rung}, and ${requiredRung} is required`;
    return [{ ...red('claim', claim.id, message), ...where, claims: [claim.id] }];
  });
}
