/**
 * Writes into the how-to pages what their commands print now: `npx tsx test/docs/refresh.ts`, after a change of what
 * the program prints. Read the difference before committing it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { HOW_TO_PAGES, walkThrough } from './walkthrough.js';

async function refresh(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wb-docs-'));
  for (const name of HOW_TO_PAGES) {
    const file = fileURLToPath(new URL(`../../docs/${name}.md`, import.meta.url));
    const page = readFileSync(file, 'utf8');
    const steps = await walkThrough(page, folder);
    const fresh = page.replace(/^```console\n([^]*?)^```$/gm, (_block, body: string) => {
      const commands = body.split('\n').filter((line) => line.startsWith('$ '));
      const lines = steps
        .splice(0, commands.length)
        .flatMap((step) => [`$ ${step.command}`, ...step.printed.map((line) => line.trimEnd())]);
      return ['```console', ...lines, '```'].join('\n');
    });
    writeFileSync(file, fresh);
  }
  await rm(folder, { recursive: true, force: true });
}

void refresh();
