/** What a run tells GitHub Actions of itself: annotations, and the summary of its step. */
import { appendFile, stat } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import { note } from '../host/output.js';
import { renderAnnotations } from '../report/formats/github.js';
import { renderMarkdown, SUMMARY_LIMIT } from '../report/formats/markdown.js';
import type { ReportView } from '../report/view/report-view.js';
import type { ReportTarget } from './report-stage.js';

/** Room that a summary needs to say more than its verdict. */
const SUMMARY_LEAST = 4096;

/**
 * Under GitHub Actions: annotations on standard error, which the runner reads as it reads standard output, and the step's
 * summary, unless a Markdown report is asked for: then whoever asked puts it where it belongs. Failing at the summary
 * costs the summary and not the run.
 */
export async function announceOnGitHub(
  root: string,
  view: ReportView,
  targets: readonly ReportTarget[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  if (env.GITHUB_ACTIONS !== 'true') return;
  const within = relative(env.GITHUB_WORKSPACE ?? root, root);
  const prefix = within.startsWith('..') || isAbsolute(within) ? '' : within;
  for (const line of renderAnnotations(view, prefix)) note(`${line}\n`);
  const file = env.GITHUB_STEP_SUMMARY ?? '';
  if (file === '' || targets.some((target) => target.format === 'markdown')) return;
  const used = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  const left = SUMMARY_LIMIT - used;
  // What is longer GitHub leaves out whole, with all that others wrote.
  if (left < SUMMARY_LEAST) {
    note("the step's summary is full\n");
    return;
  }
  await appendFile(file, renderMarkdown(view, left)).catch((error: unknown) => {
    note(`the step's summary cannot be written: ${error instanceof Error ? error.message : String(error)}\n`);
  });
}
