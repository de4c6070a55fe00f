/**
 * JUnit XML: a suite for each module with a case for each model and each claim, then builds, smoke tests, and the whole.
 * Contract: a case passes only for what ran to an end and is as declared. What was to run and did not is an <error>,
 * because servers take <skipped> for harmless; <skipped> is only what no merged run was asked for. The last case is the
 * verdict itself, so that nothing red or incomplete can end in a file without a failure.
 */
import XMLBuilder from 'fast-xml-builder';
import { RUNGS } from '../../domain/claim.js';
import { unreachable } from '../../domain/problem.js';
import type { ModelView, Standing } from '../view/model-view.js';
import type { ClaimView, Reason, ReportView } from '../view/report-view.js';
import { mapTexts, oneLine, visible } from './control-characters.js';
import { counterexampleText, reasonText } from './fault-text.js';

/** One test case; `standing` decides which child it has. */
interface Case {
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

interface Suite {
  name: string;
  cases: Case[];
}

/** The file's text. */
export function renderJunit(view: ReportView): string {
  const suites = [...view.modules.map((module) => suiteOfModule(module.name, view)), ...otherSuites(view)]
    .filter((suite) => suite.cases.length > 0)
    .map((suite) => elementOfSuite(suite, view.head.startedAt));
  const all = suites.map((suite) => suite[':@']);
  const sum = (key: '@_tests' | '@_failures' | '@_errors' | '@_skipped'): number =>
    all.reduce((total, attributes) => total + attributes[key], 0);
  const root = {
    testsuites: suites,
    ':@': {
      '@_name': oneLine(view.head.project === '' ? 'workbench' : view.head.project),
      '@_tests': sum('@_tests'),
      '@_failures': sum('@_failures'),
      '@_errors': sum('@_errors'),
      '@_skipped': sum('@_skipped'),
      '@_time': view.head.seconds.toFixed(3),
      ...(view.head.startedAt === '' ? {} : { '@_timestamp': view.head.startedAt }),
    },
  };
  const builder = new XMLBuilder({
    preserveOrder: true,
    ignoreAttributes: false,
    format: true,
    indentBy: ' ',
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build([root]).trim()}\n`;
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
        ...{ classname: 'builds', name: build.preset, standing: build.standing },
        ...{ message: build.reason, seconds: build.seconds },
        output: build.checks.map((c) => `${c.artefact}: ${c.check}: ${c.state}, ${c.detail}`).join('\n'),
      })),
    },
    {
      name: 'smoke tests',
      cases: view.smoke.map((test) => ({
        ...{ classname: 'smoke', name: test.name, standing: test.standing },
        ...{ message: test.reason, seconds: test.seconds },
        output: [test.what, `claims: ${test.claims.join(', ')}`].join('\n'),
      })),
    },
    {
      name: 'signal and fork handlers',
      cases: (view.handlers?.handlers ?? []).map((handler) => ({
        ...{ classname: 'handlers', name: handler.name, seconds: 0 },
        standing: handler.faults > 0 ? 'not as declared' : (view.handlers?.standing ?? 'open'),
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
            ...{ classname: `workbench.${reason.kind}`, name: `${reason.name}: ${reason.message}` },
            ...{ standing: reason.standing, message: reasonText(reason), seconds: 0, place: reason.place },
            detail: reason.hint ?? '',
          })),
        {
          ...{
            classname: 'workbench',
            name: 'verdict',
            message: verdict.headline,
            seconds: view.head.seconds,
          },
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

type Node = Record<string, unknown>;

function elementOfSuite({ name, cases }: Suite, timestamp: string) {
  const count = (standing: Standing): number => cases.filter((c) => c.standing === standing).length;
  return {
    testsuite: cases.map(elementOfCase),
    ':@': {
      '@_name': oneLine(name),
      '@_tests': cases.length,
      '@_failures': count('not as declared'),
      '@_errors': count('open'),
      '@_skipped': count('not measured'),
      '@_time': cases.reduce((sum, c) => sum + c.seconds, 0).toFixed(3),
      ...(timestamp === '' ? {} : { '@_timestamp': timestamp }),
    },
  };
}

function elementOfCase(given: Case): Node {
  const { detail, output, ...line } = given;
  const safe = mapTexts(line, oneLine);
  const { place } = safe;
  return {
    testcase: [
      ...outcomeOf(safe, visible(detail ?? '')),
      ...(output === undefined || output === '' ? [] : [{ 'system-out': [{ '#text': visible(output) }] }]),
    ],
    ':@': {
      '@_classname': safe.classname,
      '@_name': safe.name,
      '@_time': safe.seconds.toFixed(3),
      ...(place ? { '@_file': place.path, '@_line': place.line } : {}),
    },
  };
}

function outcomeOf({ standing, message }: Case, detail: string): Node[] {
  const body = detail === '' ? [] : [{ '#text': detail }];
  switch (standing) {
    case 'as declared':
      return [];
    case 'not as declared':
      return [{ failure: body, ':@': { '@_message': message, '@_type': standing } }];
    case 'open':
      return [{ error: body, ':@': { '@_message': message, '@_type': 'not run, or not to an end' } }];
    case 'not measured':
      return [{ skipped: [], ':@': { '@_message': `not measured: ${message}` } }];
    default:
      return unreachable(standing);
  }
}
