/**
 * Markdown for a pull request's comment or a step's summary: the verdict first, then what is wrong, then the claims.
 * Contract: never longer than the place takes it, and what was cut is said; a text of a spec is text there, no markup.
 */
import type { ReportView } from '../view/report-view.js';
import { count, sectionsOf, symbolOf } from './markdown-sections.js';
import { code, prose } from './markdown-text.js';

/** What GitHub takes: of a comment so many characters, of a step's summary so many bytes. */
export const COMMENT_LIMIT = 65_536;
export const SUMMARY_LIMIT = 1024 * 1024;

/** Room for the lines that say what was cut. */
const RESERVE = 1500;

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

function symbolOfVerdict(state: ReportView['verdict']['state']): string {
  if (state === 'as declared') return symbolOf('as declared');
  return symbolOf(state === 'not as declared' || state === 'wrong input' ? 'not as declared' : 'open');
}

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
