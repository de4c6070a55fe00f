/**
 * Markdown for a pull request's comment or a step's summary: the verdict first, then what is wrong, then the claims.
 * Contract: never longer than the place takes it, and what was cut is said; a text of a spec is text there, no markup.
 */
import { RUNGS, type RungState } from '../../domain/claim.js';
import { unreachable } from '../../domain/problem.js';
import type { Standing } from '../view/model-view.js';
import type { ClaimView, Reason, ReportView } from '../view/report-view.js';
import { counterexampleText, reasonText } from './fault-text.js';
import { code, elementText, fenced, prose } from './markdown-text.js';

/** What GitHub takes: of a comment so many characters, of a step's summary so many bytes. */
export const COMMENT_LIMIT = 65_536;
export const SUMMARY_LIMIT = 1024 * 1024;

/** Room for the lines that say what was cut. */
const RESERVE = 1500;

/** A heading with parts that can be left out one by one from the end; each part is whole by itself. */
interface Section {
  title: string;
  /** Stands before the parts, such as the head of a table; left out with the last of them. */
  lead: string[];
  parts: string[];
  noun: string;
}

/** @param limit in bytes of UTF-8, which are never fewer than characters */
export function renderMarkdown(view: ReportView, limit = COMMENT_LIMIT): string {
  const size = (text: string): number => Buffer.byteLength(text, 'utf8');
  const head = headLines(view).join('\n');
  let room = limit - RESERVE - size(head);
  const cut: string[] = [];
  const blocks = [head];
  for (const section of sectionsOf(view)) {
    if (section.parts.length === 0) continue;
    const lead = ['', `### ${section.title}`, '', ...section.lead].join('\n');
    const kept: string[] = [];
    let left = room - size(lead) - 1;
    for (const part of section.parts) {
      if (size(part) + 1 > left) break;
      left -= size(part) + 1;
      kept.push(part);
    }
    if (kept.length < section.parts.length) cut.push(`${section.parts.length - kept.length} ${section.noun}`);
    if (kept.length === 0) continue;
    room = left;
    blocks.push([lead, ...kept].join('\n'));
  }
  if (cut.length > 0)
    blocks.push(
      `\n> Cut, because this place takes no more than ${limit.toLocaleString('en-US')} bytes: ${cut.join(', ')}. The whole: \`workbench report ${view.head.runs
        .map((r) => r.id)
        .slice(0, 3)
        .join(' ')} --format html\`.`,
    );
  return `${blocks.join('\n')}\n`;
}

function symbolOf(standing: Standing): string {
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

function symbolOfVerdict(state: ReportView['verdict']['state']): string {
  if (state === 'as declared') return symbolOf('as declared');
  return symbolOf(state === 'not as declared' || state === 'wrong input' ? 'not as declared' : 'open');
}

const count = (n: number, noun: string): string =>
  `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;

function headLines({ verdict, totals, head }: ReportView): string[] {
  const commits = [
    ...new Set(
      head.runs.flatMap((r) =>
        r.git ? [r.git.commit.slice(0, 8) + (r.git.dirty ? ' with changes' : '')] : [],
      ),
    ),
  ];
  const figures = [
    count(totals.claims.total, 'claim'),
    `${totals.models.asDeclared} of ${count(totals.models.total, 'model')} as declared (${count(totals.runs.total, 'run')}, ${count(totals.states, 'state')})`,
    ...(totals.smoke.total > 0
      ? [`${totals.smoke.asDeclared} of ${count(totals.smoke.total, 'smoke test')} passed`]
      : []),
    ...(totals.reused.runs > 0 ? [`${totals.reused.runs} of ${totals.runs.total} runs reused`] : []),
    ...(totals.reused.smoke > 0
      ? [`${totals.reused.smoke} of ${totals.smoke.total} smoke tests reused`]
      : []),
    `${head.seconds.toFixed(1)} s`,
  ];
  const made = [
    head.engine,
    ...commits.map((c) => `commit ${c}`),
    ...head.runs.slice(0, 4).map((r) => `run ${code(r.id)}`),
  ];
  return [
    `## ${symbolOfVerdict(verdict.state)} ${prose(verdict.headline)}`,
    '',
    figures.join(' · '),
    '',
    `<sub>${made.join(' · ')}</sub>`,
  ];
}

function sectionsOf(view: ReportView): Section[] {
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
      title: `Since ${prose(view.changes?.base ?? '')}`,
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
