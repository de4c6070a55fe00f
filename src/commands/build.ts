/**
 * `workbench build [preset]`: builds the native library, lists what came out and what was asserted of it. Contract: exit 1
 * for a build or an assertion that fails, 4 for one that could not be tried; the source tree is not written to.
 */
import pLimit from 'p-limit';
import { join } from 'node:path';
import { EXIT, unreachable, type ExitCode } from '../domain/problem.js';
import type { BuildCheck, BuildResult } from '../domain/run-record.js';
import { locateCache } from '../host/cache-folder.js';
import { note, print } from '../host/output.js';
import { buildAndCheck } from '../native/checked-build.js';
import { readLibraries } from '../native/inspect/library-checks.js';
import { readPresets } from '../native/presets.js';
import { nativeSettingsOf } from '../project/native-settings.js';
import { findRoot, loadProject } from '../project/project.js';
import { padTo } from '../report/wrap.js';
import { describeExits, type WorkbenchCommand } from './command.js';

export const build: WorkbenchCommand = {
  name: 'build',
  register: (program, run) => {
    program
      .command('build')
      .argument('[preset]', 'a preset of CMakePresets.json; all that are for this system when left out')
      .description('build the native library, list its artefacts and inspect them')
      .option('--fresh', 'build from nothing, also where nothing has changed')
      .option('--json', 'print JSON on standard output')
      .addHelpText(
        'after',
        describeExits({
          notAsDeclared: 'a build failed, or an artefact is not what is declared',
          incomplete: 'a tool is missing',
        }),
      )
      .action((preset, options) =>
        run(async () => {
          const builds = await buildAll(findRoot(process.cwd()), preset, options.fresh === true);
          if (options.json === true) print(`${JSON.stringify(builds, null, 2)}\n`);
          else for (const { result, folder } of builds) print(describeBuild(result, folder));
          return worstExit(builds.map((b) => b.result));
        }),
      );
  },
};

/** Configuring keeps one processor busy at a time, so that two builds side by side take less than one after the other. */
const AT_ONCE = 2;

async function buildAll(
  root: string,
  wanted: string | undefined,
  fresh: boolean,
): Promise<{ result: BuildResult; folder: string }[]> {
  const native = nativeSettingsOf(loadProject(root));
  const presets = await readPresets(root, native.root);
  const libraries = await readLibraries(root, native.libraries ?? []);
  const names = wanted === undefined ? presets.filter((p) => p.forThisSystem).map((p) => p.name) : [wanted];
  if (names.length === 0) note(`${native.root}/CMakePresets.json: no preset is for this system\n`);
  const logFolder = join(locateCache(), 'native', 'logs');
  const limit = pLimit(AT_ONCE);
  return Promise.all(
    names.map((name) =>
      limit(async () => {
        note(`building ${name}\n`);
        const { result, folder } = await buildAndCheck(root, native.root, name, libraries, {
          logFolder,
          fresh,
        });
        return { result, folder };
      }),
    ),
  );
}

function describeBuild(result: BuildResult, folder: string): string {
  const head = `${result.preset}: ${result.state}: ${result.reason}${folder === '' ? '' : ` in ${folder}`}\n`;
  const width = Math.max(0, ...result.artefacts.map((artefact) => artefact.path.length));
  const rows = result.artefacts.map(
    ({ path, bytes, sha256 }) => `  ${padTo(path, width)}  ${String(bytes).padStart(9)} bytes  ${sha256}\n`,
  );
  return head + rows.join('') + (result.checks ?? []).map(describeCheck).join('');
}

function describeCheck({ check, artefact, state, detail }: BuildCheck): string {
  return `  ${markOf(state)} ${artefact}: ${check}: ${detail}\n`;
}

function markOf(state: BuildCheck['state']): string {
  switch (state) {
    case 'holds':
      return 'ok  ';
    case 'fails':
      return 'FAIL';
    case 'not run':
      return 'open';
    default:
      return unreachable(state);
  }
}

function exitOfBuild(state: BuildResult['state']): ExitCode {
  switch (state) {
    case 'built':
      return EXIT.asDeclared;
    case 'failed':
      return EXIT.notAsDeclared;
    case 'not run':
      return EXIT.incomplete;
    default:
      return unreachable(state);
  }
}

function exitOfCheck(state: BuildCheck['state']): ExitCode {
  switch (state) {
    case 'holds':
      return EXIT.asDeclared;
    case 'fails':
      return EXIT.notAsDeclared;
    case 'not run':
      return EXIT.incomplete;
    default:
      return unreachable(state);
  }
}

function worstExit(results: readonly BuildResult[]): ExitCode {
  const exits = results.flatMap(({ state, checks }) => [
    exitOfBuild(state),
    ...(checks ?? []).map((check) => exitOfCheck(check.state)),
  ]);
  if (exits.includes(EXIT.notAsDeclared)) return EXIT.notAsDeclared;
  return exits.length === 0 || exits.includes(EXIT.incomplete) ? EXIT.incomplete : EXIT.asDeclared;
}
