/**
 * A workbench that runs a model without end: `long-run.ts FOLDER PROFILE`. It prints the group of the run, and waits.
 * The test kills it and looks at what is left.
 */
import { javaCommand, javaEnvironment, type Profile } from '../../../src/engine/launcher.js';
import { prepareToolchain } from '../../../src/engine/toolchain.js';
import { liveGroups } from '../../../src/host/process-groups.js';
import { runProcess } from '../../../src/host/processes.js';

const [folder = '', profile = 'tiny'] = process.argv.slice(2);
const toolchain = await prepareToolchain();
const options = { profile: profile as Profile, heapMb: 200, tmpdir: folder, workers: 1 };
const running = runProcess({
  command: [...javaCommand(toolchain, options), '-metadir', `${folder}/meta`, '-workers', '1', 'Endless.tla'],
  cwd: folder,
  env: javaEnvironment(),
  keepStdin: true,
  onStdoutChunk: (text) => {
    if (text.includes('Computing initial states')) process.stdout.write(`${liveGroups().join(' ')}\n`);
  },
});
await running;
