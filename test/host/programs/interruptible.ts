/** A small workbench: starts a process that ignores TERM in its own group, tells its pid, and waits for it. */
import { handleInterruption, isInterrupted } from '../../../src/host/interruption.js';
import { runProcess } from '../../../src/host/processes.js';
import { withTempFolder } from '../../../src/host/temp-folders.js';

handleInterruption((code) => process.exit(code));
await withTempFolder(async (folder) => {
  const result = await runProcess({
    command: ['sh', '-c', 'trap "" TERM; echo $$ >&2; while :; do sleep 0.2; done'],
    cwd: folder,
    env: process.env,
    keepStdin: true,
    onStderrLine: (line) => {
      process.stdout.write(`${JSON.stringify({ pid: Number(line), folder })}\n`);
    },
  });
  process.stdout.write(`${JSON.stringify({ interrupted: result.interrupted })}\n`);
});
process.exit(isInterrupted() ? 130 : 0);
