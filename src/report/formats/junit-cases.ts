/** The cases of a JUnit report: what stands for what, and how each stands. Pure; no XML here. */
import { RUNGS } from '../../domain/claim.js';
import { unreachable } from '../../domain/problem.js';
import type { ModelView, Standing } from '../view/model-view.js';
import type { ClaimView, Reason, ReportView } from '../view/report-view.js';
import { counterexampleText, reasonText } from './fault-text.js';

/** One test case; `standing` decides which child it has. */
export interface Case {
  classname: string;
  name: string;
  standing: Standing;
  /** One line. */
  message: string;
  /** Below the message of a failure. */
  detail?: string;
  output?: string;
  seconds: number;
  place?: { path: string; line: number } | undefined;
}

export interface Suite {
  name: string;
  cases: Case[];
}

/** A suite for each module, then the others; those without a case are left out. */
export function suitesOf(view: ReportView): Suite[] {
  const modules = view.modules.map((module) => suiteOfModule(module.name, view));
  return [...modules, ...otherSuites(view)].filter((suite) => suite.cases.length > 0);
}

function suiteOfModule(module: string, view: ReportView): Suite {
  const models = view.models.filter((m) => m.module === module);
  const claims = view.claims.filter((c) => c.module === module);
  return {
    name: module,
    cases: [
      ...models.map((model) => caseOfModel(model)),
      ...claims.map((claim) => caseOfClaim(claim, view.verdict.reasons)),
    ],
  };
}

function caseOfModel(model: ModelView): Case {
  const bad = model.runs.filter((run) => run.standing === model.standing && run.standing !== 'as declared');
  const counterexamples = bad.map(counterexampleText).filter((text) => text !== '');
  return {
    classname: `${model.module}.models`,
    name: model.id,
    standing: model.standing,
    message: model.reason,
    detail: [...bad.map((run) => `${run.name}: ${run.reason}`), ...counterexamples].join('\n\n'),
    output: model.runs.map((run) => `${run.name}: ${run.shown}`).join('\n'),
    seconds: model.seconds,
    place: { path: model.id, line: 1 },
  };
}

function caseOfClaim(claim: ClaimView, reasons: readonly Reason[]): Case {
  // A claim may be as declared and still stand lower than the project requires.
  const low = reasons.find((r) => r.kind === 'claim' && r.name === claim.id);
  const own = reasons.filter((r) => r.claims.includes(claim.id));
  const failed = RUNGS.find((rung) => claim.rungs[rung].state === 'failed');
  const because = failed === undefined ? claim.rungs.checked.because : claim.rungs[failed].because;
  return {
    classname: `${claim.module}.claims`,
    name: claim.name,
    standing: low?.standing ?? claim.standing,
    message: low?.message ?? (claim.standing === 'as declared' ? claim.sentence : because),
    detail: own.map(reasonText).join('\n'),
    output: [
      claim.statement,
      claim.sentence,
      ...RUNGS.map(
        (rung, i) => `rung ${i + 1} ${rung}: ${claim.rungs[rung].state}, ${claim.rungs[rung].because}`,
      ),
    ].join('\n'),
    seconds: 0,
    place: claim.place,
  };
}

function otherSuites(view: ReportView): Suite[] {
  const { verdict } = view;
  const told = new Set<Reason['kind']>(['model', 'claim', 'build', 'smoke test']);
  return [
    {
      name: 'builds',
      cases: view.builds.map((build) => ({
        classname: 'builds',
        name: build.preset,
        standing: build.standing,
        message: build.reason,
        seconds: build.seconds,
        output: build.checks.map((c) => `${c.artefact}: ${c.check}: ${c.state}, ${c.detail}`).join('\n'),
      })),
    },
    {
      name: 'smoke tests',
      cases: view.smoke.map((test) => ({
        classname: 'smoke',
        name: test.name,
        standing: test.standing,
        message: test.reason,
        seconds: test.seconds,
        output: [test.what, `claims: ${test.claims.join(', ')}`].join('\n'),
      })),
    },
    {
      name: 'signal and fork handlers',
      cases: (view.handlers?.handlers ?? []).map((handler) => ({
        classname: 'handlers',
        name: handler.name,
        seconds: 0,
        standing: standingOfHandler(handler.faults, view.handlers?.standing ?? 'open'),
        message: view.handlers?.reason ?? '',
        place: handler,
      })),
    },
    {
      name: 'workbench',
      cases: [
        ...verdict.reasons
          .filter((reason) => !told.has(reason.kind))
          .map((reason) => ({
            classname: `workbench.${reason.kind}`,
            name: `${reason.name}: ${reason.message}`,
            standing: reason.standing,
            message: reasonText(reason),
            seconds: 0,
            place: reason.place,
            detail: reason.hint ?? '',
          })),
        {
          classname: 'workbench',
          name: 'verdict',
          message: verdict.headline,
          seconds: view.head.seconds,
          standing: standingOfVerdict(verdict.state),
          detail: verdict.reasons.map(reasonText).join('\n'),
          output: [
            ...view.findings
              .filter((f) => f.accepted !== undefined)
              .map((f) => `${f.place.path}:${f.place.line}: ${f.message}; accepted: ${f.accepted ?? ''}`),
            ...view.notMeasured.map((n) => `not measured: ${n.what} (${n.count}): ${n.why}`),
          ].join('\n'),
        },
      ],
    },
  ];
}

/** A handler without a fault is as declared, unless the check could not be made at all. */
function standingOfHandler(faults: number, whole: Standing): Standing {
  if (faults > 0) return 'not as declared';
  return whole === 'open' ? 'open' : 'as declared';
}

function standingOfVerdict(state: ReportView['verdict']['state']): Standing {
  switch (state) {
    case 'as declared':
      return 'as declared';
    case 'not as declared':
    case 'wrong input':
      return 'not as declared';
    case 'incomplete':
    case 'environment cannot do it':
    case 'interrupted':
      return 'open';
    default:
      return unreachable(state);
  }
}
