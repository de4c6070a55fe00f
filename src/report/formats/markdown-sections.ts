/** The parts of a Markdown report, the most important first; each can be left out by itself. Pure. */
import { RUNGS, type RungState } from '../../domain/claim.js';
import { unreachable } from '../../domain/problem.js';
import type { ModelView, Standing } from '../view/model-view.js';
import type { ClaimView, Reason, ReportView } from '../view/report-view.js';
import { counterexampleText, reasonText } from './fault-text.js';
import { code, elementText, fenced, prose } from './markdown-text.js';

/** A heading with parts that can be left out one by one from the end; each part is whole by itself. */
export interface Section {
  title: string;
  /** Stands before the parts, such as the head of a table; left out with the last of them. */
  lead: string[];
  parts: string[];
  noun: string;
}

export function symbolOf(standing: Standing): string {
  switch (standing) {
    case 'as declared':
      return '✅';
    case 'not as declared':
      return '❌';
    case 'open':
      return '⚠️';
    case 'not measured':
      return '➖';
    default:
      return unreachable(standing);
  }
}

export const count = (n: number, noun: string): string =>
  `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;

export function sectionsOf(view: ReportView): Section[] {
  const { reasons } = view.verdict;
  const changes = view.changes?.list ?? [];
  const red = view.models.flatMap((m) =>
    m.runs.filter((r) => r.standing === 'not as declared' && r.behaviour),
  );
  return [
    ofReasons(
      'Not as declared',
      reasons.filter((r) => r.standing === 'not as declared'),
      'faults',
    ),
    ofReasons(
      'Not run, or not to an end',
      reasons.filter((r) => r.standing === 'open'),
      'parts that did not run',
    ),
    {
      title: `Since ${prose(view.changes?.base ?? '')}${view.changes?.judged === false ? ', by what the records show' : ''}`,
      lead: ['| | what | was | is |', '|---|---|---|---|'],
      parts: changes.map(
        (c) =>
          `| ${c.severity === 'fails' && c.accepted === undefined ? '❌' : '•'} | ${code(c.subject)} ${prose(c.kind)} | ${cell(c.was)} | ${cell(c.is)} |`,
      ),
      noun: 'changes',
    },
    {
      title: 'Claims',
      lead: [
        `| | claim | rung | ${RUNGS.map((_, i) => String(i + 1)).join(' ')} | models | functions | smoke tests |`,
        '|---|---|---|---|---|---|---|',
      ],
      parts: claimsToShow(view).map(claimRow),
      noun: 'claims',
    },
    {
      title: 'Models without a claim',
      lead: ['| | model | role | shown | states |', '|---|---|---|---|---|'],
      parts: modelsWithoutClaim(view).map(modelRow),
      noun: 'models',
    },
    ...view.modules
      .filter((m) => m.standing !== 'not measured')
      .map((module) => ({
        title: `Tables of ${prose(module.name)}`,
        lead: [],
        parts: module.tables.map(tableText),
        noun: 'tables',
      })),
    {
      title: 'Counterexamples',
      lead: [],
      parts: red.map(
        (run) =>
          `<details><summary>${elementText(run.name)}: ${elementText(run.shown)}</summary>\n\n${fenced(counterexampleText(run))}\n\n</details>`,
      ),
      noun: 'counterexamples',
    },
    {
      title: 'What the claims say',
      lead: [],
      parts: groupSentences(claimsToShow(view)),
      noun: 'sentences',
    },
    {
      title: 'Accepted findings',
      lead: [],
      parts: view.findings
        .filter((f) => f.accepted !== undefined)
        .map(
          (f) =>
            `- ${code(`${f.place.path}:${f.place.line}`)} ${prose(f.message)}; accepted: ${prose(f.accepted ?? '')}`,
        ),
      noun: 'accepted findings',
    },
    {
      title: 'Not measured',
      lead: [],
      parts: view.notMeasured.map((n) => `- ${prose(n.what)} (${n.count}): ${prose(n.why)}`),
      noun: 'lines of what was not measured',
    },
  ];
}

/** Red first: the table may be cut. */
function claimsToShow(view: ReportView): ClaimView[] {
  const order: Standing[] = ['not as declared', 'open', 'as declared'];
  return order.flatMap((standing) => view.claims.filter((claim) => claim.standing === standing));
}

/** Of modules that declare no claim: the table of claims does not tell of them. Red first. */
function modelsWithoutClaim(view: ReportView): ModelView[] {
  const silent = new Set(view.modules.filter((m) => m.claims.length === 0).map((m) => m.name));
  const order: Standing[] = ['not as declared', 'open', 'as declared', 'not measured'];
  return order.flatMap((standing) =>
    view.models.filter((model) => silent.has(model.module) && model.standing === standing),
  );
}

function modelRow(model: ModelView): string {
  const declared = model.runs.find((run) => run.purpose.kind === 'declared');
  const states = model.states === null ? '' : model.states.toLocaleString('en-US');
  return `| ${symbolOf(model.standing)} | ${code(model.id)} | ${model.role} | ${cell(declared?.shown ?? model.reason)} | ${states} |`;
}

function ofReasons(title: string, reasons: readonly Reason[], noun: string): Section {
  return {
    title: `${title} (${reasons.length})`,
    lead: [],
    parts: reasons.map((reason) => {
      const hint = reason.hint === undefined ? '' : `<br>${prose(reason.hint)}`;
      const claims =
        reason.claims.length > 0 && reason.claims.length <= 3 ? ` ${reason.claims.map(code).join(' ')}` : '';
      return `- ${prose(reason.kind)}${claims}: ${code(shorten(reasonText(reason)))}${hint}`;
    }),
    noun,
  };
}

const LONGEST = 400;
const shorten = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`);
const cell = (text: string): string => (text === '' ? '' : code(shorten(text)));

function rungMark({ state }: RungState): string {
  switch (state) {
    case 'passed':
      return '+';
    case 'failed':
      return 'x';
    case 'partly measured':
      return '~';
    case 'not measured':
      return '.';
    default:
      return unreachable(state);
  }
}

function claimRow(claim: ClaimView): string {
  const marks = RUNGS.map((rung) => rungMark(claim.rungs[rung])).join(' ');
  const passed = claim.smoke.filter((s) => s.passed === true).length;
  const unread = claim.rungs.anchored.state === 'not measured';
  const functions = unread ? 'not read' : String(claim.functions.length);
  const smoke = claim.smoke.length === 0 ? 'none' : `${passed}/${claim.smoke.length}`;
  const native = claim.auxiliary ? ['auxiliary', ''] : [functions, unread ? 'not run' : smoke];
  return `| ${symbolOf(claim.standing)} | ${code(claim.id)} | ${claim.rung} | \`${marks}\` | ${claim.models.length} + ${count(claim.controls.length, 'control')} | ${native.join(' | ')} |`;
}

function tableText(table: ReportView['modules'][number]['tables'][number]): string {
  const row = (texts: readonly string[]): string => `| ${texts.map((t) => cell(t)).join(' | ')} |`;
  return [
    `**${prose(table.name)}**`,
    '',
    row([table.corner, ...table.columns]),
    `|${'---|'.repeat(table.columns.length + 1)}`,
    ...table.rows.map((r) => row([r.name, ...r.cells])),
    '',
  ].join('\n');
}

/** Claims that rest on the same model share one sentence. */
function groupSentences(claims: readonly ClaimView[]): string[] {
  const groups = new Map<string, string[]>();
  for (const claim of claims) groups.set(claim.sentence, [...(groups.get(claim.sentence) ?? []), claim.id]);
  return [...groups].map(([sentence, ids]) => `- ${ids.map(code).join(', ')}: ${prose(shorten(sentence))}`);
}
