import { expect } from 'chai';
import { createElement } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { linkTo } from '../../../src/report/html/anchors.js';
import { makeContext } from '../../../src/report/html/context.js';
import { RunDetails } from '../../../src/report/html/run-details.js';
import type { ModelView } from '../../../src/report/view/model-view.js';
import type { ReportView } from '../../../src/report/view/report-view.js';
import { viewOf } from '../recorded.js';

const CONTROL = 'specs/Locks/no-lock.cfg';

/** What the page says of the control's run: all of it as HTML, and the line that opens it as text. */
async function draw(change: (model: ModelView, view: ReportView) => void = () => undefined) {
  const view = structuredClone(await viewOf(['check-locks']));
  const model = view.models.find(({ id }) => id === CONTROL)!;
  change(model, view);
  const html = renderToString(
    createElement(RunDetails, { model, run: model.runs[0]!, context: makeContext(view, new Map()) }),
  );
  const [, summary = ''] = /<summary>(.*?)<\/summary>/s.exec(html) ?? [];
  return { html, summary: summary.replace(/<[^>]*>/g, '') };
}

const rewrite = (view: ReportView, text: string): void => {
  for (const source of view.sources) if (source.path === CONTROL) source.text = text;
};

describe('the run of a control', () => {
  it('says with which value of the constant it was made a control', async () => {
    expect((await draw()).summary).to.include('where UseLock = FALSE: ');
  });

  it('names the formula where the SPECIFICATION is what differs, or INIT and NEXT', async () => {
    const differ = (text: string) =>
      draw((model, view) => {
        model.declared!.differsIn = ['UseLock', 'SPECIFICATION'];
        rewrite(view, text);
      });
    expect((await differ('SPECIFICATION LiveSpec\nCONSTANT UseLock = FALSE')).summary).to.include(
      'where UseLock = FALSE, SPECIFICATION is LiveSpec: ',
    );
    expect((await differ('INIT Init\nNEXT Broken')).summary).to.include('INIT is Init and NEXT is Broken: ');
  });

  it('has no question mark where the text is gone, a constant is not set or stands in another module', async () => {
    const { summary } = await draw((model, view) => {
      model.declared!.differsIn = ['SPECIFICATION', 'Gone', '[Other]UseLock'];
      view.sources = [];
    });
    expect(summary).to.include(
      'where SPECIFICATION is another one, Gone is not set, [Other]UseLock = FALSE: ',
    );
  });

  it('links to the positive model that it is a variant of', async () => {
    const { html } = await draw();
    expect(html).to.include('A run of the control').and.to.include('a variant of');
    expect(html).to.include(`href="${linkTo('model', 'specs/Locks/good.cfg')}"`);
    const alone = await draw((model) => delete model.declared!.variantOf);
    expect(alone.html).to.include('A run of the control').and.not.to.include('a variant of');
  });
});
