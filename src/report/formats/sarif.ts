/**
 * SARIF 2.1.0: a rule for each claim and for each kind of fault; a result for each thing that is red or open. Contract:
 * what is red has kind `fail` and level `error`; what did not run has kind `open`, which SARIF gives no level, and is
 * never left out. Nothing is said of what is as declared: a rule without result.
 */
import type {
  Log,
  ReportingDescriptor,
  Result,
  ToolComponent,
  Notification,
  Location as SarifLocation,
} from 'sarif';
import { RUNGS } from '../../domain/claim.js';
import { sha256 } from '../../host/files.js';
import type { RunView } from '../view/model-view.js';
import type { ClaimView, Reason, ReportView } from '../view/report-view.js';
import { mapTexts, visible } from './control-characters.js';
import { reasonText } from './fault-text.js';
import { locate, locateHere } from './sarif-locations.js';
import { flowsOf } from './sarif-flows.js';

/** Where the official schema stands; readers use it to tell the version. */
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Rules for what is no claim, with what a result of it means. */
const KIND_RULES: Record<Exclude<Reason['kind'], 'claim'>, string> = {
  model: 'A model shows something other than its manifest declares',
  problem: 'The input or the environment is wrong',
  record: 'A record that was to be reported cannot be used',
  conflict: 'Two records contradict each other, or were made from different sources',
  anchor: 'An anchor dangles, a claim has no function, or a function has neither claim nor reason',
  build: 'A build fails, or what it makes is not as declared',
  'smoke test': 'A smoke test does not show what it must, with or without the fix',
  handler: 'A signal or fork handler reaches what it must not',
  finding: 'A spec says less than it seems to',
  change: 'Something was lost or weakened since the baseline',
};

const ruleOfKind = (kind: Reason['kind']): string => `workbench/${kind.replace(' ', '-')}`;

/** The file's text. */
export function renderSarif(view: ReportView): string {
  const rules = [
    ...view.claims.map(ruleOfClaim),
    ...Object.entries(KIND_RULES).map(([kind, text]) => ({
      id: ruleOfKind(kind as Reason['kind']),
      shortDescription: { text },
      defaultConfiguration: { level: 'error' as const },
    })),
  ];
  const index = new Map(rules.map((rule, i) => [rule.id, i]));
  const results = [
    ...view.verdict.reasons.flatMap((r) => resultsOf(r, view)),
    ...view.findings.flatMap(acceptedResult),
    ...unmeasured(view),
  ];
  const driver: ToolComponent = { name: 'tla-workbench', semanticVersion: semantic(view), rules };
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        automationDetails: { id: 'workbench/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository' } } },
        invocations: [
          {
            executionSuccessful: !['environment cannot do it', 'interrupted'].includes(view.verdict.state),
            exitCode: view.verdict.exitCode,
            exitCodeDescription: view.verdict.headline,
            // A gate that took all its evidence from the base has no record, and no time.
            ...(view.head.startedAt === ''
              ? {}
              : { startTimeUtc: view.head.startedAt, endTimeUtc: view.head.finishedAt }),
            toolExecutionNotifications: view.verdict.reasons.filter(isOfTheTool).map(notify),
          },
        ],
        results: results.map((result) => ({ ...result, ruleIndex: index.get(result.ruleId ?? '') ?? -1 })),
        properties: {
          verdict: view.verdict.state,
          records: view.head.runs.map((run) => run.id),
          commits: [...new Set(view.head.runs.flatMap((run) => (run.git ? [run.git.commit] : [])))],
          engine: view.head.engine,
          notMeasured: view.notMeasured.map((n) => `${n.what} (${n.count}): ${n.why}`),
        },
      },
    ],
  };
  return `${JSON.stringify(mapTexts(log, visible), null, 1)}\n`;
}

/** Only where the version is one that SARIF calls semantic. */
const semantic = (view: ReportView): string =>
  /^\d+\.\d+\.\d+/.test(view.head.workbench) ? view.head.workbench : '0.0.0';

function ruleOfClaim(claim: ClaimView): ReportingDescriptor {
  const rungs = RUNGS.map((rung, i) => {
    const { state, because } = claim.rungs[rung];
    return `${i + 1} ${rung}: ${state}, ${because}`;
  });
  return {
    id: claim.id,
    name: claim.name,
    shortDescription: { text: claim.statement },
    fullDescription: { text: `${claim.statement}. ${claim.sentence}` },
    help: { text: [claim.sentence, `stands on rung ${claim.rung}`, ...rungs].join('\n') },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['tla+', claim.kind, ...(claim.auxiliary ? ['auxiliary'] : [])], rung: claim.rung },
  };
}

const isOfTheTool = ({ kind }: Reason): boolean => kind === 'problem' || kind === 'record';

const notify = (reason: Reason): Notification => ({
  level: 'error',
  message: { text: reason.hint === undefined ? reason.message : `${reason.message} (${reason.hint})` },
  descriptor: { id: reason.name },
});

/** One result for each claim that a reason speaks of; one of its kind where it speaks of none. */
function resultsOf(reason: Reason, view: ReportView): Result[] {
  const claims = view.claims.filter((claim) => reason.claims.includes(claim.id));
  const run = view.models
    .flatMap((m) => m.runs)
    .find((r) => reason.kind === 'model' && r.name === reason.name);
  if (claims.length === 0) return [resultOf(reason, ruleOfKind(reason.kind), undefined, run, view)];
  return claims.map((claim) => resultOf(reason, claim.id, claim, run, view));
}

function resultOf(
  reason: Reason,
  ruleId: string,
  claim: ClaimView | undefined,
  run: RunView | undefined,
  view: ReportView,
): Result {
  const red = reason.standing === 'not as declared';
  const place = reason.place ?? claim?.place;
  const flows = red && run?.behaviour ? flowsOf(run.behaviour) : [];
  return {
    ruleId,
    ...(red
      ? { kind: 'fail' as const, level: 'error' as const }
      : { kind: 'open' as const, level: 'none' as const }),
    message: { text: textOf(reason) },
    locations: place ? [locate(place)] : [locateHere(view, claim)],
    relatedLocations: numbered([...modelOf(reason, place, view), ...relatedTo(claim, place, view)]),
    ...(flows.length === 0 ? {} : { codeFlows: flows }),
    partialFingerprints: { 'workbench/v1': sha256(`${ruleId} ${reason.kind} ${reason.name}`) },
  };
}

/** The place stands in the location already. */
const textOf = (reason: Reason): string => {
  const { place: _place, ...rest } = reason;
  return reasonText(rest) + (reason.hint === undefined ? '' : ` (${reason.hint})`);
};

/** The configuration of the model that shows it, where the place is in the spec. */
function modelOf(reason: Reason, place: { path: string } | undefined, view: ReportView): SarifLocation[] {
  if (reason.kind !== 'model') return [];
  const model = view.models.find((m) => m.runs.some((run) => run.name === reason.name));
  return model && model.id !== place?.path ? [locate({ path: model.id, line: 1 }, `model ${model.id}`)] : [];
}

/** The claim's definition, and the native functions that carry it. */
function relatedTo(
  claim: ClaimView | undefined,
  place: { path: string; line: number } | undefined,
  view: ReportView,
): SarifLocation[] {
  if (!claim) return [];
  const definition =
    claim.place && !(claim.place.path === place?.path && claim.place.line === place.line)
      ? [locate(claim.place, `definition of ${claim.name}`)]
      : [];
  const functions = view.functions.filter((f) => f.claims.includes(claim.id));
  return [...definition, ...functions.map((f) => locate(f, `${f.name} carries ${claim.id}`))];
}

const numbered = (locations: SarifLocation[]): SarifLocation[] =>
  locations.map((location, id) => ({ ...location, id }));

/** A finding that the manifest accepts is suppressed, with its reason, and not left out. */
function acceptedResult(finding: ReportView['findings'][number]): Result[] {
  if (finding.accepted === undefined) return [];
  const ruleId = ruleOfKind('finding');
  return [
    {
      ruleId,
      kind: 'fail',
      level: 'note',
      message: { text: finding.message },
      locations: [locate(finding.place)],
      suppressions: [{ kind: 'external', status: 'accepted', justification: finding.accepted }],
      partialFingerprints: {
        'workbench/v1': sha256(`${ruleId} ${finding.finding} ${finding.module} ${finding.name}`),
      },
    },
  ];
}

/** Claims that none of the merged runs looked at: open, with the reason. */
function unmeasured(view: ReportView): Result[] {
  return view.claims
    .filter((claim) => claim.standing === 'not measured')
    .map((claim) => ({
      ruleId: claim.id,
      kind: 'open' as const,
      level: 'none' as const,
      message: { text: `not measured: ${claim.rungs.checked.because}` },
      locations: [claim.place ? locate(claim.place) : locateHere(view, claim)],
      relatedLocations: numbered(relatedTo(claim, claim.place, view)),
      partialFingerprints: { 'workbench/v1': sha256(`${claim.id} not measured`) },
    }));
}
