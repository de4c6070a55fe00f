/**
 * `workbench coverage`: which native functions each claim covers. Contract: exit 0 only when every claim that speaks
 * of code has a function, every anchor a claim, and every function of the covered files an anchor or a reason.
 */
import { EXIT } from '../domain/problem.js';
import type { RunRecord } from '../domain/run-record.js';
import { foldClaimMap, type ClaimMap } from '../evidence/claim-map.js';
import { note, print } from '../host/output.js';
import { readTerminal } from '../host/terminal.js';
import { loadModules } from '../project/modules.js';
import { nativeSettingsOf } from '../project/native-settings.js';
import { findRoot, loadProject } from '../project/project.js';
import { renderCoverage, renderFaults, type CoverageView } from '../report/coverage-table.js';
import { makePaint } from '../report/paint.js';
import { readAnchors } from '../source/anchors.js';
import { listRunIds, readRun } from '../store/records.js';
import { describeExits, type WorkbenchCommand } from './command.js';

export const coverage: WorkbenchCommand = {
  name: 'coverage',
  register: (program, run) => {
    program
      .command('coverage')
      .description('claim × native function × rung; fails on a gap or a dangling anchor')
      .option('--json', 'print JSON on standard output')
      .addHelpText('after', describeExits({ notAsDeclared: 'a claim, an anchor or a function is left over' }))
      .action((options) =>
        run(async () => {
          const view = await viewCoverage(findRoot(process.cwd()));
          if (options.json === true) print(`${JSON.stringify(view, null, 2)}\n`);
          else {
            const paint = makePaint(readTerminal().color);
            print(`${renderCoverage(view, paint).join('\n')}\n`);
            for (const line of renderFaults(view.faults, paint)) print(`${line}\n`);
            if (view.faults.length > 0)
              note(`${view.faults.length} ${view.faults.length === 1 ? 'fault' : 'faults'}\n`);
          }
          return view.faults.length === 0 ? EXIT.asDeclared : EXIT.notAsDeclared;
        }),
      );
  },
};

/** Reads specs, anchors and the latest record of the repository at `root`. */
export async function viewCoverage(root: string): Promise<CoverageView> {
  const project = loadProject(root);
  const { covered } = nativeSettingsOf(project);
  const [modules, anchors] = [await loadModules(project), await readAnchors(root, covered)];
  return addRungs(foldClaimMap(modules, anchors), await findLatestRecord(root));
}

function addRungs(map: ClaimMap, record: RunRecord | undefined): CoverageView {
  const rungs = new Map(record?.claims.map((claim) => [claim.id, claim.rung]));
  return {
    rows: map.entries.map(({ id, auxiliary, functions }) => {
      const rung = rungs.get(id);
      return { id, auxiliary, functions, ...(rung === undefined ? {} : { rung }) };
    }),
    unmodelled: map.unmodelled,
    faults: map.faults,
    ...(record === undefined ? {} : { run: record.id }),
  };
}

/**
 * The newest sound record that rated claims; a damaged one, or one that was interrupted, rates nothing. The gate's own
 * runs are of parts: what they leave out is not measured there, though it may well be elsewhere.
 */
async function findLatestRecord(root: string): Promise<RunRecord | undefined> {
  for (const id of (await listRunIds(root)).reverse()) {
    const stored = await readRun(root, id);
    if (stored.state !== 'sound' || stored.record.state !== 'finished') continue;
    if (stored.record.command[0] === 'gate') continue;
    if (stored.record.claims.length > 0) return stored.record;
  }
  return undefined;
}
