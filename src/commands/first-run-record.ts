/** The record of a first run. Contract: its exit code is that of the whole command; what each model showed is its verdict. */
import { EXIT, type ExitCode } from '../domain/problem.js';
import type { ModelRun } from '../domain/run-record.js';
import type { Toolchain } from '../engine/launcher.js';
import type { Project } from '../project/project.js';
import { keepBesides } from '../store/besides.js';
import { writeRecord } from '../store/records.js';
import { recordFrame, toolVersions, type Session } from './session.js';

export interface Observed {
  models: ModelRun[];
  session: Session;
  project: Project;
  toolchain: Toolchain;
}

/** Written last, as `init` may still find after the run that the next check cannot start. */
export async function recordFirstRun(observed: Observed, exitCode: ExitCode): Promise<void> {
  const { models, session, project, toolchain } = observed;
  const engine = models.flatMap((r) => r.attempts.map((a) => a.reading.engineVersion)).find(Boolean);
  const frame = await recordFrame(session, process.argv.slice(2));
  const written = await writeRecord(project.root, {
    ...{ models, builds: [], smoke: [], anchors: null, findings: [], claims: [], problems: [] },
    ...frame,
    tools: toolVersions(toolchain, engine),
    exitCode: frame.state === 'interrupted' ? EXIT.interrupted : exitCode,
  });
  await keepBesides(project.root, written);
}
