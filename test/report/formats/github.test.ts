import { expect } from 'chai';
import { renderAnnotations } from '../../../src/report/formats/github.js';
import type { Reason } from '../../../src/report/view/report-view.js';
import { viewOf } from '../recorded.js';

const reason: Reason = {
  ...{ standing: 'not as declared', kind: 'finding', name: 'x', claims: [] },
  ...{ message: '100%\nof ::error::it', place: { path: 'specs/a,b:c.tla', line: 3, column: 7 } },
};

async function annotate(reasons: Reason[]): Promise<string[]> {
  const view = await viewOf(['check-locks']);
  view.verdict.reasons = reasons;
  return renderAnnotations(view);
}

describe("GitHub's annotations", () => {
  it('are one line each, escaped as the runner unescapes them', async () => {
    expect(await annotate([reason])).to.deep.equal([
      '::error file=specs/a%2Cb%3Ac.tla,line=3,col=7,title=finding::100%25%0Aof ::error::it',
    ]);
  });

  it('are errors for what is red and warnings for what did not run', async () => {
    expect((await annotate([{ ...reason, standing: 'open' }]))[0]).to.match(/^::warning /);
    expect(renderAnnotations(await viewOf(['check-odd']))[0]).to.match(
      /^::error file=specs\/Odd\/Odd\.tla,line=20,title=Odd!NoEscape%3A model::specs\/Odd\/odd\.cfg: declared/,
    );
    expect(renderAnnotations(await viewOf(['check-locks']))).to.deep.equal([]);
  });

  it('are at most ten of a level, the last of which counts the rest', async () => {
    const open: Reason = { ...reason, standing: 'open' };
    const lines = await annotate([...Array<Reason>(25).fill(reason), ...Array<Reason>(10).fill(open)]);
    expect(lines.filter((l) => l.startsWith('::error '))).to.have.length(10);
    expect(lines.filter((l) => l.startsWith('::warning '))).to.have.length(10);
    expect(lines[9]).to.equal('::error title=16 more::16 more: the report has them all');
  });

  it('no text of a spec begins a command of its own', async () => {
    const lines = await annotate([{ ...reason, message: 'x\n::set-output name=a::b\r\n\u001b[31m' }]);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^::error [^\n\r\u001b]*$/);
  });

  it('name files from the root of the repository, where the project is a folder of it', async () => {
    const view = await viewOf(['check-odd']);
    expect(renderAnnotations(view, 'packages/specs')[0]).to.match(
      /^::error file=packages\/specs\/specs\/Odd\/Odd\.tla,/,
    );
  });
});
