import axe from 'axe-core';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { idOf, linkTo } from '../../src/report/html/anchors.js';
import type { BehaviourView } from '../../src/report/view/model-view.js';
import type { ReportView } from '../../src/report/view/report-view.js';
import { readView, Report, shownTexts, startBrowser } from './report-page.js';

const WIDE = 'specs/TensorLifetime/never-released.cfg';

/** The behaviour with as many lanes, in which threads `of` take the steps in turn, over and over. */
function widen(behaviour: BehaviourView, lanes: number, of: readonly number[]): void {
  behaviour.lanes = Array.from({ length: lanes }, (_, i) => `"worker ${i + 1}"`);
  const [first, ...others] = behaviour.steps;
  const again = Array.from({ length: 100 }, (_, i) => others[i % others.length]!);
  behaviour.steps = [first!, ...again].map((step, i) => ({
    ...step,
    number: i + 1,
    lane: i === 0 ? null : (of[i % of.length] ?? null),
  }));
}

/** A view as of a repository that was set up today: models, and no claim; and one behaviour of many threads. */
async function foreign(lanes: number, of: readonly number[]): Promise<ReportView> {
  const { models, ...rest } = await readView();
  const kept = models.filter(({ id }, i) => i < 4 || id === WIDE);
  const view = structuredClone({ ...rest, models: kept });
  view.claims = [];
  for (const module of view.modules) {
    module.claims = [];
    module.models = kept.filter((model) => model.module === module.name).map((model) => model.id);
  }
  for (const { runs } of view.models)
    for (const run of runs) if (run.name === WIDE && run.behaviour) widen(run.behaviour, lanes, of);
  return view;
}

describe('the HTML report of a repository without claims', function () {
  this.timeout(180_000);
  let browser: Browser;
  let made: Report[];

  const open = async (view: ReportView, hash = '', width = 1280) => {
    const report = await Report.make(browser, view);
    made.push(report);
    return (await report.open(hash, { viewport: { width, height: 900 } })).page;
  };

  before(async () => {
    browser = await startBrowser();
    made = [];
  });
  after(async () => {
    for (const report of made) await report.remove();
    await browser.close();
  });

  it('has every model on its first page, with what it showed and its verdict', async () => {
    const view = await foreign(3, [0]);
    view.changes = { base: 'runs/baseline.json', judged: false, list: [] };
    const page = await open(view);
    // Most of it was not measured, and may have changed.
    expect((await shownTexts(page, '.changes-box')).join()).to.include(
      'Nothing of what was measured changed',
    );
    const rows = await shownTexts(page, '#overview #unclaimed tbody tr');
    expect(rows).to.have.length(view.models.length);
    for (const [i, model] of view.models.entries())
      expect(rows[i]).to.include(model.role).and.to.include(model.standing);
    expect(await page.locator('#filter').count(), 'nothing to filter').to.equal(0);
  });

  it('shows every lane that acts in a box of its own that scrolls by keyboard, however many there are', async () => {
    const view = await foreign(
      60,
      Array.from({ length: 60 }, (_, i) => i),
    );
    for (const width of [400, 1280]) {
      const page = await open(view, linkTo('model', WIDE), width);
      const run = page.locator(`[id="${idOf('run', WIDE)}"]`);
      expect(await run.locator('thead .lanes span:not(.hidden)').count()).to.equal(60);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.be.at.most(width);
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const rules = ['scrollable-region-focusable', 'aria-allowed-attr', 'svg-img-alt'];
        const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
          runOnly: rules,
        });
        return violations.map((one) => `${one.id}: ${one.nodes[0]?.html ?? ''}`);
      });
      expect(found).to.deep.equal([]);
    }
  });

  it('an array of 3,000 entries is no 3,000 threads: only those that take a step have a lane', async () => {
    const page = await open(await foreign(3000, [7, 2000]), linkTo('model', WIDE));
    const run = page.locator(`[id="${idOf('run', WIDE)}"]`);
    expect(await shownTexts(page, '.page.current thead .lanes span:not(.hidden)')).to.deep.equal([
      'worker 8',
      'worker 2001',
    ]);
    expect(await run.locator('tbody tr').nth(2).locator('.lanes i').count()).to.equal(2);
    expect(await run.textContent()).to.include('2,998 other threads');
    expect((await run.locator('.path').first().boundingBox())?.height).to.be.lessThan(100);
  });

  it('tables keep whole words in a narrow window', async () => {
    const page = await open(await foreign(3, [0]), linkTo('model', WIDE), 400);
    const cell = page.locator('.page.current .list .shown').first();
    expect((await cell.boundingBox())?.width).to.be.greaterThan(150);
    // On paper nothing scrolls.
    await page.setViewportSize({ width: 718, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.be.at.most(718);
  });

  it('a short initial state is open, a long one is not', async () => {
    const view = await foreign(3, [0]);
    const run = view.models.flatMap((model) => model.runs).find((one) => one.name === WIDE);
    const [first] = run?.behaviour?.steps ?? [];
    first!.changes = [{ variable: 'x', path: 'x', after: '1' }];
    const short = await open(view, linkTo('model', WIDE));
    expect(await shownTexts(short, '.page.current .initial li')).to.deep.equal(['x = 1']);
    first!.changes = [{ variable: 'x', path: 'x', after: 'a long one '.repeat(60) }];
    const long = await open(view, linkTo('model', WIDE));
    expect(await shownTexts(long, '.page.current .initial li')).to.deep.equal([]);
  });
});
