/** The report of a real run in a real browser: the view, its file, and pages that note everything they ask for. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { viewRecords } from '../../src/commands/report-stage.js';
import { runRecordSchema } from '../../src/domain/run-record.js';
import { renderHtml } from '../../src/report/html/render-html.js';
import type { ReportView } from '../../src/report/view/report-view.js';

const FIXTURE = fileURLToPath(new URL('./fixtures/run', import.meta.url));

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser's program. Missing, these tests fail: a page that nobody has opened is not known to work. */
export function findBrowser(places: readonly string[] = PLACES, wanted = process.env['CHROMIUM']): string {
  const found = [...(wanted === undefined ? [] : [wanted]), ...places].find((place) => existsSync(place));
  if (found === undefined)
    throw new Error('no chromium: run ./setup.sh --tests, or name one in the variable CHROMIUM');
  return found;
}

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser(),
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

/** The view of the fixture's run. */
export async function readView(): Promise<ReportView> {
  const record = runRecordSchema.parse(JSON.parse(await readFile(join(FIXTURE, 'run.json'), 'utf8')));
  const root = join(FIXTURE, '..');
  return viewRecords(root, { records: [record], unread: [], folders: new Map([[record.id, FIXTURE]]) });
}

export interface Opened {
  page: Page;
  /** Addresses of everything that was asked for, the file itself left out. */
  requests: string[];
  /** What the browser complained about: errors of the script, and breaches of the policy. */
  complaints: string[];
}

/** One rendered report on disk. */
export class Report {
  private constructor(
    private readonly browser: Browser,
    private readonly folder: string,
    readonly html: string,
  ) {}

  static async make(browser: Browser, view: ReportView): Promise<Report> {
    const folder = await mkdtemp(join(tmpdir(), 'wb rëport '));
    const html = await renderHtml(view);
    await writeFile(join(folder, 'report.html'), html);
    return new Report(browser, folder, html);
  }

  /** A fresh page of its own at `#…`. */
  async open(hash = '', options: BrowserContextOptions = {}): Promise<Opened> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const address = pathToFileURL(join(this.folder, 'report.html')).href;
    const opened: Opened = { page, requests: [], complaints: [] };
    page.on('request', (request) => {
      if (!request.url().startsWith(address)) opened.requests.push(request.url());
    });
    page.on('pageerror', (error) => opened.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') opened.complaints.push(message.text());
    });
    await page.goto(`${address}${hash}`);
    return opened;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Texts of all elements that are shown, blanks made one. */
export async function shownTexts(page: Page, selector: string): Promise<string[]> {
  return page
    .locator(selector)
    .filter({ visible: true })
    .evaluateAll((found) => found.map((one) => one.textContent.replace(/\s+/g, ' ').trim()));
}
