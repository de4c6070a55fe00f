/**
 * Runs the code blocks of a how-to page. A block whose info string names a file (```tla specs/A/A.tla) is written; a
 * `console` block is a list of `$ command` lines, each followed by what the page says it prints.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { locateJar } from '../../src/engine/jar.js';
import { locateCache } from '../../src/host/cache-folder.js';
import { CLI } from '../e2e/workspace.js';

/** In the order in which they are walked: the second begins where the first ends. */
export const HOW_TO_PAGES = ['how-to-add-a-spec', 'how-to-add-an-anchor'];

export type Block =
  | { kind: 'file'; path: string; text: string }
  | { kind: 'console'; steps: { command: string; shown: string[] }[] };

/** The blocks of a page, in order; those in other languages without a file are left out. */
export function readBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  for (const [, language = '', path = '', body = ''] of markdown.matchAll(
    /^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm,
  )) {
    if (language === 'console') {
      const steps = body.split(/^\$ /m).filter((step) => step !== '');
      blocks.push({
        kind: 'console',
        steps: steps.map((step) => {
          const [command = '', ...shown] = step.trimEnd().split('\n');
          return { command, shown };
        }),
      });
    } else if (path !== '') blocks.push({ kind: 'file', path, text: body });
  }
  return blocks;
}

/** What differs from run to run, or with the pinned jar that was found, in one spelling; ends of lines without blanks. */
export function normalise(line: string): string {
  return line
    .replace(/\d{8}T\d{6}Z-[0-9a-f]{8}/g, '<run>')
    .replace(/\b\d+(\.\d+)? s\b/g, '<time>')
    .replace(/TLC 2\.\d+, jar [0-9a-f]{8}/g, 'TLC <version>, jar <hash>')
    .trimEnd();
}

/** Models end in an order of their own: neighbouring lines about models are compared as a set. */
export function sortModelLines(lines: string[]): string[] {
  const isModel = (line: string | undefined): boolean => /^(ok|FAIL|open) /.test(line ?? '');
  const sorted = [...lines];
  for (let start = 0; start < sorted.length; start += 1) {
    let end = start;
    while (isModel(sorted[end])) end += 1;
    if (end > start + 1) sorted.splice(start, end - start, ...sorted.slice(start, end).sort());
    start = Math.max(start, end);
  }
  return sorted;
}

export interface Step {
  command: string;
  shown: string[];
  printed: string[];
}

/**
 * Makes the files and runs the commands of a page in `folder`; what each command printed, beside what is shown. Results
 * are reused within the folder only: what other tests or earlier walks left in the user's cache is not looked at.
 */
export async function walkThrough(markdown: string, folder: string): Promise<Step[]> {
  const done: Step[] = [];
  const jar = await locateJar({ cache: locateCache(), fetch: false });
  const own = { XDG_CACHE_HOME: join(folder, '.cache'), TLA2TOOLS_JAR: jar.path };
  let exit = 0;
  for (const block of readBlocks(markdown)) {
    if (block.kind === 'file') {
      mkdirSync(dirname(join(folder, block.path)), { recursive: true });
      writeFileSync(join(folder, block.path), block.text);
      continue;
    }
    for (const { command, shown } of block.steps) {
      const script = `workbench() { "$NODE" "$CLI" "$@"; }\n(exit ${exit})\n${command}`;
      const result = await execa('sh', ['-c', script], {
        cwd: folder,
        env: { NODE: process.execPath, CLI, NO_COLOR: '1', ...own },
        all: true,
        reject: false,
        stdin: 'ignore',
      });
      exit = result.exitCode ?? 1;
      const lines = result.all === '' ? [] : result.all.split('\n');
      done.push({ command, shown, printed: lines });
    }
  }
  return done;
}
