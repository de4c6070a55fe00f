/** Why a run's record cannot be used: one line, a code, what to do, and the exit code that says so. Pure. */
import { EXIT, Problem, unreachable } from '../domain/problem.js';
import { RECORD_SCHEMA } from '../domain/run-record.js';
import type { StoredRun } from './records.js';

export function problemOf(run: Exclude<StoredRun, { state: 'sound' }>): Problem {
  const at = run.id.includes('/') ? run.id : `runs/${run.id}`;
  switch (run.state) {
    case 'damaged':
      return new Problem(
        'RECORD-DAMAGED',
        `${at}: ${run.reason}`,
        'it is no evidence; run it again, or `workbench runs prune --damaged`',
        EXIT.notAsDeclared,
      );
    case 'unfinished':
      return new Problem(
        'RECORD-UNFINISHED',
        `${at}: has no record; it still runs or was killed`,
        'its logs are in the folder',
        EXIT.incomplete,
      );
    case 'other schema':
      return new Problem(
        'RECORD-SCHEMA',
        `${at}: run.json has schema ${run.schema}, and this workbench reads up to ${RECORD_SCHEMA}`,
        run.schema > RECORD_SCHEMA
          ? 'report it with the workbench that wrote it, or a newer one'
          : 'run it again: results are not carried over from an older schema',
      );
    case 'unreadable':
      return new Problem(
        'RECORD-UNREADABLE',
        `${at}: ${run.reason}`,
        'give yourself the right to read the folder and its run.json',
        EXIT.environment,
      );
    default:
      return unreachable(run);
  }
}
