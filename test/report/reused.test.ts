import { expect } from 'chai';
import { renderHtml } from '../../src/report/html/render-html.js';
import { runLine } from '../../src/report/model-lines.js';
import { makePaint } from '../../src/report/paint.js';
import { buildView } from '../../src/report/view/build-view.js';
import { renderVerifyScreen } from '../../src/report/verify-screen.js';
import { variant } from './recorded.js';

const OLD = { from: '20260101T000000Z-aaaaaaaa', at: '2026-01-01T00:00:00.000Z' };
const NEWER = { from: '20260301T000000Z-bbbbbbbb', at: '2026-03-01T00:00:00.000Z' };

describe('a reused result says where it is from', () => {
  it('on the screen of verify, in its line, and on the page of its model or smoke test', async () => {
    const record = await variant('verify', '20261124T000000Z-cccccccc', (made) => {
      for (const run of made.models) run.reused = NEWER;
      const test = {
        name: 'held',
        claims: [],
        what: 'x',
        state: 'passed',
        reason: '',
        attempts: [],
      } as const;
      made.smoke = [{ ...test, claims: [], attempts: [], reused: OLD }];
    });
    const view = buildView([record], { project: 'shards', texts: new Map() });
    const paint = makePaint(false);
    const screen = renderVerifyScreen(view, 120, paint).join('\n');
    expect(screen).to.match(/^the oldest reused result is from 20260101T000000Z-aaaaaaaa, \d+ d ago$/m);
    const run = view.models[0]!.runs[0]!;
    expect(runLine(run, paint, Date.parse('2026-03-01T03:00:00Z'))).to.match(
      / {2}from 20260301T000000Z-bbbbbbbb, 3 h ago$/,
    );
    const html = await renderHtml(view);
    expect(html).to.contain('Taken over from run 20260101T000000Z-aaaaaaaa of 2026-01-01 00:00 UTC');
    expect(html).to.contain('Taken over from run 20260301T000000Z-bbbbbbbb of 2026-03-01 00:00 UTC');
    expect(html).to.contain(`${record.models.length} of them taken over from earlier runs`);
  });

  it('where nothing is, nothing is said', async () => {
    const view = buildView([await variant('verify', 'x', () => undefined)], {
      project: '',
      texts: new Map(),
    });
    expect(renderVerifyScreen(view, 120, makePaint(false)).join('\n')).to.not.contain('reused');
    expect(await renderHtml(view)).to.not.contain('aken over');
  });
});
