import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { idOf, linkTo } from '../../src/report/html/anchors.js';
import type { ReportView } from '../../src/report/view/report-view.js';
import { findBrowser, readView, Report, startBrowser } from './report-page.js';

/** Markup, the end of a script, a terminal escape, a change of direction, half a character. */
const HOSTILE =
  '"><img src=x onerror="window.hacked=1"></td></script><script>window.hacked=2</script>&amp;\u001b[31mred\u202eback\u0000\ud800';
const SEEN = '"><img src=x onerror="window.hacked=1"></td></script><script>window.hacked=2</script>&amp;';

/** Puts the text into every part of a view that comes from a spec, a log, a source, a name or a commit. */
function spoil(view: ReportView): ReportView {
  const copy = structuredClone(view);
  copy.head.project += HOSTILE;
  copy.verdict.headline += HOSTILE;
  for (const claim of copy.claims) {
    claim.statement += HOSTILE;
    claim.definition = HOSTILE;
    claim.rungs.checked.because += HOSTILE;
    for (const statement of claim.statements) statement.sentence += HOSTILE;
  }
  for (const found of copy.functions) if (found.excerpt) found.excerpt.lines.push(HOSTILE);
  for (const source of copy.sources) source.text = `${HOSTILE}\n${source.text}`;
  for (const test of copy.smoke) test.what += HOSTILE;
  for (const model of copy.models) {
    model.constants[`N${HOSTILE}`] = HOSTILE;
    for (const run of model.runs) {
      run.shown += HOSTILE;
      run.messages.push({ code: 0, severity: 'error', known: false, text: HOSTILE });
      for (const state of run.graph?.states ?? []) state.text += HOSTILE;
      for (const step of run.graph?.steps ?? []) step.action += HOSTILE;
      if (!run.behaviour) continue;
      run.behaviour.lanes = run.behaviour.lanes.map((lane) => lane + HOSTILE);
      for (const step of run.behaviour.steps) {
        step.action += HOSTILE;
        for (const change of step.changes) change.after = HOSTILE;
      }
    }
  }
  copy.changes = {
    base: HOSTILE,
    judged: true,
    list: [
      {
        kind: `lost ${HOSTILE}`,
        severity: 'fails',
        subject: HOSTILE,
        was: HOSTILE,
        is: HOSTILE,
        mend: HOSTILE,
      },
      {
        kind: 'lower rung',
        severity: 'note',
        subject: copy.claims[0]?.id ?? '',
        was: '2',
        is: '1',
        mend: '',
      },
    ],
  };
  return copy;
}

describe('the HTML report of a hostile run', function () {
  this.timeout(120_000);
  let browser: Browser;
  let view: ReportView;
  let report: Report;
  const odd = `specs/Ünïcode dir/a "b" <i>&'#%20~.cfg`;

  before(async () => {
    browser = await startBrowser();
    view = spoil(await readView());
    const [first] = view.models;
    for (const module of view.modules)
      module.models = module.models.map((id) => (id === first?.id ? odd : id));
    if (first) first.id = odd;
    report = await Report.make(browser, view);
  });
  after(async () => {
    await report.remove();
    await browser.close();
  });

  it('shows what the texts say and obeys none of them', async () => {
    const { page, requests, complaints } = await report.open();
    expect(await page.locator('body img, body td script').count()).to.equal(0);
    expect(await page.locator('script').count()).to.equal(2);
    expect(await page.evaluate(() => 'hacked' in globalThis)).to.equal(false);
    expect(await page.title()).to.include(SEEN);
    for (const selector of [
      '.headline',
      '.changes-box',
      '.claim-row .says',
      '.trace .action',
      '.source td',
      'pre',
      '.graph title',
    ])
      expect((await page.locator(selector).allTextContents()).join(), selector).to.include(SEEN);
    expect(requests).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });

  it('has no character that a terminal, a parser or an eye would be led astray by', () => {
    expect(report.html).not.to.match(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
    );
    expect(report.html).not.to.match(/\p{Surrogate}/u);
    expect(report.html).to.include('\\u001b[31mred\\u202eback');
  });

  it('a model whose path has blanks, quotes, markup and other scripts has its page', async () => {
    const { page } = await report.open(linkTo('module', view.models[0]?.module ?? ''));
    await page
      .locator(`.page.current a[href="${linkTo('model', odd)}"]`)
      .first()
      .click();
    await page.waitForFunction(
      (id) => document.querySelector('.page.current')?.id === id,
      idOf('model', odd),
    );
    expect(await page.locator('.page.current h2').textContent()).to.equal(`a "b" <i>&'#%20~.cfg`);
  });

  it('what fails the gate comes first, with the command that mends it', async () => {
    const { page } = await report.open();
    const lines = await page.locator('.changes-box li').allTextContents();
    expect(lines[0])
      .to.match(/^fails lost/)
      .and.to.include('Mend with');
    expect(lines[1]).to.match(/^note/);
    expect(await page.locator('.changes-box').textContent()).to.include('1 that fail the gate');
  });
});

describe('the browser of these tests', () => {
  it('is named where it is missing: nothing is skipped', () => {
    expect(() => findBrowser(['/nowhere/chromium'], undefined)).to.throw(
      /no chromium: run \.\/setup\.sh --tests/,
    );
  });
});
