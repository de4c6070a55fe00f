/** The base's baseline, or why it cannot be compared with: a loss like any other, which a reason in the change can accept. */
import { join } from 'node:path';
import { BASELINE_FILE, type Baseline, type Change } from '../domain/baseline.js';
import { Problem } from '../domain/problem.js';
import { ACCEPT, readBaseline } from '../gate/baseline-file.js';
import { readTextIfThere } from '../host/files.js';
import { readAtCommit } from '../host/git-base.js';

export interface ReadBaseline {
  /** Undefined where there is none, or none that can be read. */
  baseline: Baseline | undefined;
  /** What is wrong with the one that is there. */
  fault?: Change;
}

/** The baseline in a commit. */
export async function readBaseOf(root: string, commit: string): Promise<ReadBaseline> {
  const text = await readAtCommit(root, commit, BASELINE_FILE);
  if (text === undefined) return { baseline: undefined };
  return readOrFault(text, {
    kind: 'baseline-unreadable',
    mend: `${ACCEPT} --base ${commit.slice(0, 10)} --reason "why", and let a person compare`,
  });
}

/** Head's own: what is wrong with it is a failure to mend, not a reason to stop. */
export async function readStored(root: string): Promise<ReadBaseline & { text: string }> {
  const text = await readTextIfThere(join(root, BASELINE_FILE));
  if (text === undefined) return { baseline: undefined, text: '' };
  return { ...readOrFault(text, { kind: 'evidence-old', mend: ACCEPT }), text };
}

/** One that a newer program wrote stops the gate: only that program can tell what would be lost. */
function readOrFault(text: string, means: Pick<Change, 'kind' | 'mend'>): ReadBaseline {
  try {
    return { baseline: readBaseline(text, BASELINE_FILE) };
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'BASELINE-NEWER') throw error;
    const [, line = '1', is = error.message] = /^[^:]*:(\d+): (.*)$/s.exec(error.message) ?? [];
    const fault: Change = {
      ...means,
      severity: 'fails',
      subject: error.code,
      place: { path: BASELINE_FILE, line: Number(line) },
      was: 'a baseline that can be read',
      is,
    };
    return { baseline: undefined, fault };
  }
}
