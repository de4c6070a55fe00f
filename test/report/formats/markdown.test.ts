import { expect } from 'chai';
import { COMMENT_LIMIT, renderMarkdown } from '../../../src/report/formats/markdown.js';
import { code, fenced, prose } from '../../../src/report/formats/markdown-text.js';
import { buildView } from '../../../src/report/view/build-view.js';
import { readRecord, variant, viewOf } from '../recorded.js';

describe('Markdown', () => {
  it('begins with the verdict', async () => {
    expect(renderMarkdown(await viewOf(['check-odd']))).to.match(/^## ❌ not as declared/);
    expect(renderMarkdown(await viewOf(['check-locks']))).to.match(
      /^## ✅ everything that ran is as declared; 2 declared models were not run here\n/,
    );
    expect(renderMarkdown(await viewOf(['short']))).to.match(/^## ⚠️ incomplete/);
  });

  it('then says what is wrong, and where', async () => {
    const text = renderMarkdown(await viewOf(['check-odd']));
    expect(text).to.match(
      /### Not as declared \(1\)\n\n- model `Odd!NoEscape`: `specs\/Odd\/Odd\.tla:20: specs\/Odd\/odd\.cfg: declared: success; shown: violates NoEscape/,
    );
    expect(text.indexOf('Not as declared')).to.be.lessThan(text.indexOf('### Claims'));
  });

  it('shows changes since the baseline where it was given any', async () => {
    const change = {
      ...{ kind: 'claim-lost', severity: 'fails' as const, subject: 'Locks!Gone' },
      ...{ was: 'a | b', is: 'nothing', mend: 'put it back' },
    };
    const text = renderMarkdown(
      await viewOf(['check-locks'], { changes: { base: 'main', judged: true, list: [change] } }),
    );
    expect(text).to.match(
      /### Since main[^]*\| ❌ \| `Locks!Gone` claim-lost \| <code>a &#124; b<\/code> \| `nothing` \|/,
    );
  });

  it('lists the models of modules that declare no claim', async () => {
    const record = await variant('check-odd', 'without-claims', (one) => {
      one.claims = [];
      for (const module of one.inventory?.modules ?? []) module.claims = [];
    });
    const text = renderMarkdown(buildView([record]));
    expect(text).to.match(
      /### Models without a claim\n\n.*\n.*\n\| ❌ \| `specs\/Odd\/odd\.cfg` \| positive \| `violates NoEscape /,
    );
    expect(renderMarkdown(await viewOf(['check-odd']))).to.not.contain('without a claim');
  });

  it('a table has as many cells in each row, whatever the texts hold', async () => {
    const lines = renderMarkdown(await viewOf(['check-locks', 'check-odd'])).split('\n');
    const at = lines.findIndex((line) => line.startsWith('| | claim'));
    const cells = (line: string): number => line.replace(/`[^`]*`/g, '').split('|').length;
    const rows = lines.slice(at).slice(
      0,
      lines.slice(at).findIndex((l) => !l.startsWith('|')),
    );
    expect(rows.length).to.be.greaterThan(5);
    expect(new Set(rows.map(cells)).size).to.equal(1);
  });

  it('keeps to the size that the place takes, and says what was cut', async () => {
    const view = await viewOf(['check-odd']);
    const [reason] = view.verdict.reasons;
    view.verdict.reasons = Array.from({ length: 2000 }, (_, i) => ({ ...reason!, name: `model ${i}` }));
    for (const limit of [4000, 20_000, COMMENT_LIMIT]) {
      const text = renderMarkdown(view, limit);
      expect(Buffer.byteLength(text)).to.be.at.most(limit);
      expect(text).to.match(/> Cut, because this place takes no more than [\d,]+ bytes: \d+ faults/);
      expect(text.match(/<details>/g)?.length).to.equal(text.match(/<\/details>/g)?.length);
    }
    expect(renderMarkdown(await viewOf(['check-odd']))).to.not.contain('Cut,');
  });

  it('the longest part is left out whole before it breaks anything', async () => {
    const huge = await variant('check-odd', 'x', (record) => {
      const state = record.models[0]!.attempts[0]!.reading.behaviour!.states[0]!;
      for (let i = 0; i < 3000; i += 1) state.variables[`v${i}`] = { kind: 'string', value: 'x'.repeat(40) };
    });
    const text = renderMarkdown(buildView([huge]));
    expect(Buffer.byteLength(text)).to.be.at.most(COMMENT_LIMIT);
    expect((text.match(/```/g) ?? []).length % 2).to.equal(0);
  });

  it('the text of a spec is text: no markup, no element, no mention', async () => {
    const text = renderMarkdown(await viewOf(['check-odd']));
    const outside = text.replace(/```text[^]*?```/g, '').replace(/`[^`\n]*`/g, '');
    expect(outside).to.not.match(/<script|\u001b/);
    expect(text).to.contain('```text');
    const claim = (await readRecord('check-odd')).inventory!.modules.find((m) => m.name === 'Odd')!
      .claims[0]!;
    expect(prose(claim.statement)).to.equal('the text never holds &#124; an &lt;escape&gt; \\`sequence\\`');
  });

  it('a code span ends where its text does', () => {
    expect(code('a `b`` c')).to.equal('```a `b`` c```');
    expect(code('`')).to.equal('`` ` ``');
    expect(code('two\nlines')).to.equal('`two lines`');
    expect(fenced('````\nx')).to.equal('`````text\n````\nx\n`````');
    expect(prose('@user #1 *a*')).to.equal('&#64;user &#35;1 \\*a\\*');
  });
});
