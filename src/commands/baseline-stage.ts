/** The baseline that a report compares with where no gate did: read from the work tree, or from a commit. */
import { join } from 'node:path';
import { BASELINE_FILE } from '../domain/baseline.js';
import { Problem } from '../domain/problem.js';
import { baselineAt, readBaseline } from '../gate/baseline-file.js';
import { readTextIfThere } from '../host/files.js';
import { readAtCommit } from '../host/git-base.js';
import type { ChangeView, ReportView } from '../report/view/report-view.js';
import { findSince } from '../report/view/since-baseline.js';

/** Which baseline it is. */
export type Since = 'work tree' | { commit: string };

/** What differs from the accepted baseline, as far as records tell; undefined where there is none. */
export async function sinceBaseline(
  root: string,
  view: ReportView,
  since: Since,
): Promise<ReportView['changes']> {
  const isFile = since === 'work tree';
  const base = isFile ? BASELINE_FILE : since.commit;
  const text = await (isFile
    ? readTextIfThere(join(root, BASELINE_FILE))
    : readAtCommit(root, since.commit, BASELINE_FILE));
  if (text === undefined) return undefined;
  try {
    const baseline = readBaseline(text, isFile ? BASELINE_FILE : baselineAt(since.commit));
    return { base, judged: false, list: findSince(view, baseline) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { base, judged: false, list: [unreadBaseline(error)] };
  }
}

/** A baseline of another version, or one that was edited: said, and no reason to have no report. */
const unreadBaseline = ({ message, hint }: Problem): ChangeView => ({
  kind: 'evidence-old',
  severity: 'fails',
  subject: BASELINE_FILE,
  was: 'a baseline that can be read',
  is: message,
  mend: hint,
});
