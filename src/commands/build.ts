/**
 * `workbench build [preset]`: builds the native library and lists what came out. Contract: exit 1 for a build that
 * fails, 4 for one that could not be tried; the source tree is not written to.
 */
import { join } from 'node:path';
import { EXIT, Problem, unreachable, type ExitCode } from '../domain/problem.js';
import type { BuildResult } from '../domain/run-record.js';
import { locateCache } from '../host/cache-folder.js';
import { note, print } from '../host/output.js';
import { buildPreset } from '../native/build.js';
import { readPresets } from '../native/presets.js';
import { findRoot, loadProject } from '../project/project.js';
import { padTo } from '../report/wrap.js';
import { describeExits, type WorkbenchCommand } from './command.js';

export const build: WorkbenchCommand = {
  name: 'build',
  register: (program, run) => {
    program
      .command('build')
      .argument('[preset]', 'a preset of CMakePresets.json; all that are for this system when left out')
      .description('build the native library and list its artefacts')
      .option('--json', 'print JSON on standard output')
      .addHelpText(
        'after',
        describeExits({ notAsDeclared: 'a build failed', incomplete: 'a tool is missing' }),
      )
      .action((preset, options) =>
        run(async () => {
          const builds = await buildAll(findRoot(process.cwd()), preset);
          if (options.json === true) print(`${JSON.stringify(builds, null, 2)}\n`);
          else for (const { result, folder } of builds) print(describeBuild(result, folder));
          return worstExit(builds.map((b) => b.result));
        }),
      );
  },
};

async function buildAll(
  root: string,
  wanted: string | undefined,
): Promise<{ result: BuildResult; folder: string }[]> {
  const project = loadProject(root);
  if (project.native === undefined) {
    throw new Problem(
      'NATIVE-NOT-CONFIGURED',
      'workbench.json: says nothing about native code',
      'add "native": {"root": "native", "covered": ["native/src"]}',
    );
  }
  const presets = await readPresets(root, project.native.root);
  const names = wanted === undefined ? presets.filter((p) => p.forThisSystem).map((p) => p.name) : [wanted];
  const logFolder = join(locateCache(), 'native', 'logs');
  const builds: { result: BuildResult; folder: string }[] = [];
  for (const name of names) {
    note(`building ${name}\n`);
    const { result, folder } = await buildPreset(root, project.native.root, name, { logFolder });
    builds.push({ result, folder });
  }
  return builds;
}

function describeBuild(result: BuildResult, folder: string): string {
  const head = `${result.preset}: ${result.state}: ${result.reason}${folder === '' ? '' : ` in ${folder}`}\n`;
  const width = Math.max(0, ...result.artefacts.map((artefact) => artefact.path.length));
  const rows = result.artefacts.map(
    ({ path, bytes, sha256 }) => `  ${padTo(path, width)}  ${String(bytes).padStart(9)} bytes  ${sha256}\n`,
  );
  return head + rows.join('');
}

function worstExit(results: readonly BuildResult[]): ExitCode {
  const exits = results.map((result): ExitCode => {
    switch (result.state) {
      case 'built':
        return EXIT.asDeclared;
      case 'failed':
        return EXIT.notAsDeclared;
      case 'not run':
        return EXIT.incomplete;
      default:
        return unreachable(result.state);
    }
  });
  if (exits.includes(EXIT.notAsDeclared)) return EXIT.notAsDeclared;
  return exits.length === 0 || exits.includes(EXIT.incomplete) ? EXIT.incomplete : EXIT.asDeclared;
}
