/** From records to reports: gathers what the view needs, renders, writes. The only place where a report touches files. */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EXIT, Problem } from '../domain/problem.js';
import type { RunRecord } from '../domain/run-record.js';
import type { StateGraph } from '../domain/state-graph.js';
import { readStateGraph } from '../engine/state-graph.js';
import { writeFileAtomic } from '../host/files.js';
import { readTerminal } from '../host/terminal.js';
import { FORMATS, isFormat, renderReport, type Format, type Rendered } from '../report/formats/format.js';
import { buildView } from '../report/view/build-view.js';
import type { ReportView } from '../report/view/report-view.js';
import { readHistory, readTexts } from '../store/besides.js';
import { runsFolder } from '../store/records.js';
import { sinceBaseline, type Since } from './baseline-stage.js';

/** Records to report, with the folder of each where it is not the one below runs/. */
export interface Found {
  records: RunRecord[];
  unread: ReportView['head']['unread'];
  folders?: ReadonlyMap<string, string>;
  /** What the gate found. */
  changes?: ReportView['changes'];
  /** Which baseline to compare with where no gate did; absent: with none. */
  since?: Since;
  /** For the screen alone, which shows no sources, graphs or history: none is read. */
  onScreen?: true;
}

/** One `--report junit=out.xml`. */
export interface ReportTarget {
  format: Format;
  file: string;
}

/** What is read besides the record: all that a report, or GitHub's summary, shows; nothing for the screen. */
export const besidesFor = (targets: readonly ReportTarget[]): Pick<Found, 'since' | 'onScreen'> =>
  targets.length > 0 || process.env.GITHUB_ACTIONS === 'true' ? { since: 'work tree' } : { onScreen: true };

/** The view of these records, with sources, graphs and history as far as they are there. */
export async function viewRecords(root: string, found: Found): Promise<ReportView> {
  const { records, unread, changes } = found;
  const folderOf = (record: RunRecord): string =>
    found.folders?.get(record.id) ?? join(runsFolder(root), record.id);
  const base = { project: basename(root), unread, ...(changes ? { changes } : {}) };
  if (found.onScreen) return buildView(records, base);
  const texts = await Promise.all(records.map((record) => readTexts(root, folderOf(record), record)));
  const view = buildView(records, {
    ...base,
    texts: new Map(texts.flatMap((map) => [...map])),
    graphs: new Map(records.flatMap((record) => findGraphs(record, folderOf(record)))),
    history: await readHistory(root),
  });
  const since =
    changes === undefined && found.since ? await sinceBaseline(root, view, found.since) : undefined;
  return since === undefined ? view : { ...view, changes: since };
}

/** Graphs by the path that the view gives them; one that is gone, or cannot be read, is left out. */
function findGraphs({ id, models }: RunRecord, folder: string): [string, () => StateGraph][] {
  return models.flatMap(({ graph }): [string, () => StateGraph][] => {
    const file = join(folder, graph ?? '');
    if (graph === undefined || !isReadable(file)) return [];
    return [[`runs/${id}/${graph}`, () => readStateGraph(readFileSync(file, 'utf8'))]];
  });
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** @throws Problem USAGE for anything but `format=file` */
export function readTarget(text: string): ReportTarget {
  const [format = '', ...rest] = text.split('=');
  const file = rest.join('=');
  if (file === '' || !isFormat(format))
    throw new Problem(
      'USAGE',
      `--report ${text}: expected one of ${FORMATS.join(', ')}, then = and a file`,
      'for example --report junit=results.xml',
    );
  refuseUnwritable(file);
  return { format, file };
}

/** Told before anything runs: a verification of minutes must not end without its report. */
function refuseUnwritable(file: string): void {
  let folder = dirname(resolve(file));
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(target: string, error: unknown): Problem {
  return new Problem(
    'REPORT-OUTPUT',
    `${target}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`,
    'name a file in a folder that is yours',
    EXIT.environment,
  );
}

/** Renders and writes each target. */
export async function deliverReports(view: ReportView, targets: readonly ReportTarget[]): Promise<void> {
  for (const { format, file } of targets) await writeRendered(await render(view, format, true), format, file);
}

/** @param toFile a file has no colours, whatever standard output is */
export function render(view: ReportView, format: Format, toFile: boolean): Promise<Rendered[]> {
  const { width, color } = readTerminal();
  return renderReport(view, format, { width, color: color && !toFile });
}

/** Writes one text to a file; several, or one with a name of its own, into a folder. Returns what was written. */
export async function writeRendered(
  texts: readonly Rendered[],
  format: Format,
  target: string,
): Promise<string[]> {
  const path = resolve(target);
  const isFolder = target.endsWith('/') || (await isThereAsFolder(path));
  const [first] = texts;
  try {
    if (!isFolder && texts.length === 1 && first !== undefined) {
      await writeFileAtomic(path, first.text);
      return [target];
    }
    if (!isFolder && texts.length > 1)
      throw new Problem(
        'REPORT-TARGET',
        `${target}: ${texts.length} counterexamples are ${texts.length} files`,
        `name a folder: ${format} to ${target}/`,
      );
    if (isFolder && texts.some((text) => text.name === undefined))
      throw new Problem('REPORT-TARGET', `${target}: is a folder`, `name a file for the format ${format}`);
    await mkdir(path, { recursive: true });
    for (const text of texts) await writeFileAtomic(join(path, text.name ?? ''), text.text);
    return texts.map((text) => join(target, text.name ?? ''));
  } catch (error) {
    throw error instanceof Problem ? error : unwritable(target, error);
  }
}

const isThereAsFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
