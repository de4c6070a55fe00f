import axe from 'axe-core';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { RUNGS } from '../../src/domain/claim.js';
import { idOf, idOfLine, linkTo } from '../../src/report/html/anchors.js';
import type { RunView } from '../../src/report/view/model-view.js';
import type { ReportView } from '../../src/report/view/report-view.js';
import { readView, Report, shownTexts, startBrowser } from './report-page.js';

const CLAIM = 'TensorLifetime!RefcountConsistent';
const BROKEN = 'specs/TensorLifetime/no-decrement.cfg';
const LASSO = 'specs/TensorLifetime/never-released.cfg';
const DEADLOCK = 'specs/SignalSafety/previous-does-not-return.cfg';

function findRun(view: ReportView, name: string): RunView {
  const run = view.models.flatMap((model) => model.runs).find((one) => one.name === name);
  if (!run) throw new Error(`no run ${name}`);
  return run;
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent.trim() ?? '');

const openEverything = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const one of document.querySelectorAll('.page.current details')) one.toggleAttribute('open', true);
  });

describe('the HTML report in a browser', function () {
  this.timeout(180_000);
  let browser: Browser;
  let view: ReportView;
  let report: Report;

  before(async () => {
    browser = await startBrowser();
    view = await readView();
    report = await Report.make(browser, view);
  });
  after(async () => {
    await report.remove();
    await browser.close();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });

  it('begins with the verdict, what changed, and the ladder of every claim, each mark in words', async () => {
    const { page } = await report.open();
    expect((await shownTexts(page, 'h1')).join().toLowerCase()).to.equal(`✕ ${view.verdict.state}`);
    expect((await shownTexts(page, '.verdict')).join()).to.include(view.verdict.reasons[0]?.message);
    expect(await shownTexts(page, '.changes-box')).to.match(/No baseline to compare with/);
    const [reason] = view.verdict.reasons;
    expect(await page.locator('.verdict .reasons a').first().getAttribute('href')).to.equal(
      linkTo('claim', reason?.name ?? ''),
    );
    expect(await shownTexts(page, '.claim-row th')).to.have.members(view.claims.map((claim) => claim.name));
    for (const claim of view.claims) {
      const row = page.locator('.claim-row', { has: page.locator(`a[href="${linkTo('claim', claim.id)}"]`) });
      const words = await row.locator('.rung').allTextContents();
      expect(words).to.have.length(RUNGS.length);
      for (const [i, rung] of RUNGS.entries())
        expect(words[i]).to.include(
          claim.auxiliary && i > 2
            ? 'does not apply'
            : claim.rungs[rung].state.replace('partly measured', 'partly'),
        );
    }
  });

  it('asks for nothing, and its policy has nothing to complain about', async () => {
    const { page, requests, complaints } = await report.open();
    for (const model of view.models)
      await page.evaluate((hash) => (location.hash = hash), linkTo('model', model.id));
    await page.locator('#theme').click();
    expect(requests).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
    const refused = await page.evaluate(async () => {
      const image = new Image();
      const ended = new Promise((resolve) => {
        image.onerror = () => {
          resolve('refused');
        };
        image.onload = () => {
          resolve('loaded');
        };
      });
      image.src = 'http://127.0.0.1:9/x.png';
      return ended;
    });
    expect(refused).to.equal('refused');
    expect(complaints.join()).to.include('Content Security Policy');
  });

  it('a link to a claim shows that claim and nothing else', async () => {
    const { page } = await report.open(`#claim=${CLAIM}`);
    expect(await shownTexts(page, '.page h2')).to.deep.equal(['RefcountConsistent']);
    expect(await shownTexts(page, '.page')).to.have.length(1);
    expect(await page.title()).to.match(/^RefcountConsistent/);
    const claim = view.claims.find((one) => one.id === CLAIM);
    const text = (await shownTexts(page, '.page'))[0] ?? '';
    expect(text).to.include(claim?.statement).and.to.include(claim?.sentence);
    for (const { sentence } of claim?.statements ?? []) expect(text).to.include(sentence);
    for (const rung of RUNGS) expect(text).to.include(claim?.rungs[rung].because);
  });

  it('a link to a counterexample opens it; one to nothing shows the overview', async () => {
    const { page } = await report.open(linkTo('run', BROKEN));
    expect(await page.locator('.page.current').getAttribute('id')).to.equal(idOf('claim', CLAIM));
    expect(await page.locator('.page.current details.run[open]').count()).to.equal(1);
    expect(await shownTexts((await report.open('#claim=No!Such')).page, 'h1')).to.have.length(1);
    expect(await shownTexts((await report.open('#%E0%A4%A')).page, 'h1')).to.have.length(1);
  });

  it('a counterexample has a lane for each thread, a row for each step, and all that the step changed', async () => {
    const { page } = await report.open(linkTo('run', LASSO));
    const run = page.locator(`[id="${idOf('run', LASSO)}"]`);
    const { behaviour } = findRun(view, LASSO);
    const lanes = behaviour?.lanes ?? [];
    expect(lanes.length).to.be.greaterThan(0);
    expect(await run.locator('thead .lanes span:not(.hidden)').count()).to.equal(lanes.length);
    const rows = run.locator('.trace tbody tr');
    expect(await rows.count()).to.equal(behaviour?.steps.length);
    for (const [i, step] of (behaviour?.steps ?? []).entries()) {
      const row = rows.nth(i);
      expect(await row.locator('.action').textContent()).to.equal(step.action);
      const marked = await row
        .locator('.lanes i')
        .evaluateAll((all) => all.findIndex((one) => one.classList.contains('on')));
      expect(marked).to.equal(step.lane ?? -1);
      const changes = (await row.locator('.changes li').allTextContents()).join('\n');
      for (const change of step.changes) {
        expect(changes).to.include(change.path);
        if (i > 0)
          expect(changes)
            .to.include(change.before ?? '+')
            .and.to.include(change.after ?? '−');
      }
    }
    const dots = await run
      .locator('.path .dots')
      .evaluateAll((all) => all.map((one) => one.getAttribute('d')).join(''));
    expect(dots.match(/h0/g)).to.have.length(behaviour?.steps.length ?? 0);
    expect(await run.locator('.ending').textContent()).to.include(behaviour?.endingText);
  });

  it('small models have their graph with the path of the counterexample in it, large ones have none', async () => {
    const { graph, behaviour } = findRun(view, DEADLOCK);
    const { page } = await report.open(linkTo('model', DEADLOCK));
    const svg = page.locator('.page.current .graph');
    expect(await svg.locator('circle').count()).to.equal(graph?.states.length);
    expect(await svg.locator('path:not(.near)').count()).to.equal(graph?.steps.length);
    expect(await svg.locator('g.taken, g.end').count()).to.equal(behaviour?.steps.length);
    expect(await svg.locator('g.end').count()).to.equal(1);
    expect(await svg.locator('path.taken').count()).to.equal((behaviour?.steps.length ?? 0) - 1);
    // The name of each arrow is written, or in its tip.
    expect(await svg.locator('> text, path.near title').count()).to.equal(graph?.steps.length);
    const large = await report.open(linkTo('model', 'specs/TensorLifetime/mixed-3-threads.cfg'));
    expect(await large.page.locator('.page.current .graph').count()).to.equal(0);
    expect(await large.page.locator('.page.current .series').count()).to.equal(3);
  });

  it('an action that never fired says so beside its text, the others how often they did', async () => {
    const { page } = await report.open(linkTo('module', 'SignalSafety'));
    const module = view.modules.find((one) => one.name === 'SignalSafety');
    const never = module?.actions.filter((action) => action.total === 0) ?? [];
    expect(never.length).to.be.greaterThan(0);
    expect(never.length).to.be.lessThan(module?.actions.length ?? 0);
    for (const { place, total } of module?.actions ?? []) {
      const row = page.locator(`[id="${idOfLine(place?.path ?? '', place?.line ?? 0)}"]`);
      expect(await row.locator('td').last().textContent()).to.include(
        total === 0 ? 'never fired' : `${total} step`,
      );
    }
  });

  it('native functions have their source, smoke tests both sides', async () => {
    const { page } = await report.open('#claim=TensorLifetime!OneEncodes');
    await openEverything(page);
    const claim = view.claims.find((one) => one.id === 'TensorLifetime!OneEncodes');
    const functions = (await shownTexts(page, '.page.current details pre')).join('\n');
    for (const { line, name } of claim?.functions ?? []) {
      expect(functions).to.include(`${line} `);
      expect(functions).to.include(name.split('::').at(-1));
    }
    const tests = await shownTexts(page, '.smoke tbody tr');
    expect(tests).to.have.length.greaterThan(0);
    for (const test of tests) expect(test).to.match(/as expected.*as expected.*as declared$/);
  });

  it('the keyboard is enough: / filters, j and k move, Enter opens, Escape goes back to where one was', async () => {
    const { page } = await report.open();
    await page.keyboard.press('Tab');
    expect(await focused(page)).to.equal('Skip to the claims');
    await page.keyboard.press('/');
    await page.waitForFunction(() => document.activeElement?.id === 'filter');
    await page.keyboard.type('refcount');
    expect(await shownTexts(page, '.claim-row th')).to.deep.equal(['RefcountConsistent']);
    expect(await page.locator('#matches').textContent()).to.equal(`1 of ${view.claims.length}`);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).to.equal('RefcountConsistent');
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    );
    expect(outline).to.equal('solid');
    await page.keyboard.press('/');
    await page.waitForFunction(() => document.activeElement?.id === 'filter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    expect(await shownTexts(page, '.claim-row')).to.have.length(view.claims.length);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const [, second, third] = await shownTexts(page, '.claim-row th');
    expect(await focused(page)).to.equal(second);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.page.current.claim') !== null);
    expect(await focused(page)).to.equal(second);
    await page.keyboard.press('j');
    await page.waitForFunction((name) => document.title.startsWith(`${name} `), third ?? '');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('#overview.current') !== null);
    expect(await focused(page)).to.equal(third);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('.page.current.claim') !== null);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`axe finds nothing serious in the ${colorScheme} theme, everything opened`, async () => {
      const pages = [
        '#overview',
        `#claim=${CLAIM}`,
        linkTo('module', 'SignalSafety'),
        linkTo('model', DEADLOCK),
        linkTo('model', 'specs/TensorLifetime/mixed-3-threads.cfg'),
        '#tests',
      ];
      for (const hash of pages) {
        const { page } = await report.open(hash, { colorScheme });
        await openEverything(page);
        // What is not shown needs not be walked through; in the dark only what a theme can change is looked at.
        await page.evaluate(() => {
          for (const one of document.querySelectorAll('.page:not(.current)')) one.remove();
        });
        await page.evaluate(axe.source);
        const findings = await page.evaluate(async (colours) => {
          const found = await (globalThis as unknown as { axe: typeof axe }).axe.run({
            resultTypes: ['violations'],
            ...(colours ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {}),
          });
          return found.violations.map((v) => `${v.impact ?? ''} ${v.id}: ${v.nodes[0]?.html ?? ''}`);
        }, colorScheme === 'dark');
        await page.context().close();
        expect(
          findings.filter((text) => /^(serious|critical)/.test(text)),
          hash,
        ).to.deep.equal([]);
      }
    });

  it('the theme can be switched against what the system prefers', async () => {
    const { page } = await report.open('', { colorScheme: 'dark' });
    const ground = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.getByRole('button', { name: 'Light' }).click();
    expect(await ground()).not.to.equal(dark);
    await page.getByRole('button', { name: 'Dark' }).click();
    expect(await ground()).to.equal(dark);
  });

  it('is read without JavaScript: every part is on the page, what is closed can be opened', async () => {
    const { page } = await report.open(`#claim=${CLAIM}`, { javaScriptEnabled: false });
    expect(await page.locator('.page').filter({ visible: true }).count()).to.equal(
      1 + view.claims.length + view.modules.length + view.models.length + 1,
    );
    expect(await page.locator('.script').filter({ visible: true }).count()).to.equal(0);
    // The first of a claim's counterexamples is open.
    const run = page.locator(`[id="${idOf('run', BROKEN)}"]`);
    for (const isOpen of [true, false, true]) {
      expect(await run.locator('.trace').isVisible()).to.equal(isOpen);
      await run.locator('summary').first().click();
    }
  });

  for (const width of [400, 600, 820, 900, 1000, 1100, 1280])
    it(`has in a window of ${width} pixels every column of the ladder in sight, and sentences that can be read`, async () => {
      const wide = structuredClone(view);
      for (const claim of wide.claims)
        for (const rung of RUNGS) claim.rungs[rung] = { state: 'not measured', because: 'nobody asked' };
      const longest = await Report.make(browser, wide);
      const { page } = await longest.open('', { viewport: { width, height: 900 } });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.be.at.most(width);
      for (const box of await page.locator('.claim-row .stands').all()) {
        const { x = 0, width: own = 0 } = (await box.boundingBox()) ?? {};
        expect(x + own).to.be.at.most(width);
      }
      for (const box of await page.locator('.claim-row .says').filter({ visible: true }).all())
        expect((await box.boundingBox())?.width).to.be.at.least(180);
      await longest.remove();
    });

  for (const width of [400, 1280])
    it(`fits a window of ${width} pixels: only wide tables and code scroll, each in its own box`, async () => {
      const { page } = await report.open('', { viewport: { width, height: 900 } });
      for (const hash of [
        '#overview',
        `#claim=${CLAIM}`,
        linkTo('module', 'SignalSafety'),
        linkTo('model', LASSO),
        '#tests',
      ]) {
        await page.evaluate((to) => {
          location.hash = to;
        }, hash);
        await page.waitForFunction((to) => document.querySelector('.page.current')?.id === to, hash.slice(1));
        await openEverything(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), hash).to.be.at.most(width);
      }
    });

  it('prints on white whatever the theme, without what one cannot press, the ladder and then every claim', async () => {
    const { page } = await report.open('', { colorScheme: 'dark', viewport: { width: 718, height: 1000 } });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).to.equal(
      'rgb(255, 255, 255)',
    );
    expect(await shownTexts(page, 'button, input, .top-bar nav, .skip')).to.deep.equal([]);
    expect(await page.locator('.page.claim').filter({ visible: true }).count()).to.equal(view.claims.length);
    expect(await page.locator('.page.model').filter({ visible: true }).count()).to.equal(0);
    // A run of 38 claims would be 160 pages with every model and every line of code.
    expect(await page.locator('.page.claim .rungs').filter({ visible: true }).count()).to.equal(
      view.claims.length,
    );
    expect(await shownTexts(page, '.page.claim h3, .page.claim .statements')).to.deep.equal([]);
    expect(
      await page.evaluate(
        () => getComputedStyle(document.querySelector('.claim-row') ?? document.body).display,
      ),
    ).to.equal('table-row');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.be.at.most(718);
    const alone = await report.open(`#claim=${CLAIM}`, { viewport: { width: 718, height: 1000 } });
    await alone.page.emulateMedia({ media: 'print' });
    expect(await shownTexts(alone.page, '.page h2')).to.deep.equal(['RefcountConsistent']);
    expect(await shownTexts(alone.page, '.page.claim h3')).to.not.have.length(0);
    expect((await alone.page.pdf({ format: 'A4' })).subarray(0, 5).toString()).to.equal('%PDF-');
  });
});
