import { expect } from 'chai';
import fc from 'fast-check';
import { oneLine, seenJson, visible } from '../../../src/report/formats/control-characters.js';
import { renderReport } from '../../../src/report/formats/format.js';
import { viewOf } from '../recorded.js';

/** Terminal escapes of one byte and of two, directions, joiners, separators of lines, half a character. */
const UNSEEN = [
  '\u001b[31m',
  '\u009b31m',
  '\u007f',
  '\u202e',
  '\u200d',
  '\u2028',
  '\u0085',
  '\ufeff',
  '\ud800',
];
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

describe('characters that cannot be seen', () => {
  it('are in no text that a format writes, and JSON still says the same', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...UNSEEN), fc.string())), (parts) => {
        const text = parts.join('');
        expect(oneLine(text)).not.to.match(OBEYED).and.not.to.match(/\n/);
        expect(visible(text).replaceAll('\t', '')).not.to.match(OBEYED);
        for (const json of [seenJson({ [text]: [text] }), seenJson({ [text]: [text] }, 1)]) {
          expect(json).not.to.match(OBEYED);
          expect(JSON.parse(json)).to.deep.equal({ [text]: [text] });
        }
      }),
      { seed: 7 },
    );
  });

  it('of a spec, a note or a log reach no reader of any format', async () => {
    const screen = { width: 100, color: false };
    for (const format of ['terminal', 'html', 'junit', 'sarif', 'markdown', 'itf', 'json'] as const) {
      const view = await viewOf(['check-odd']);
      for (const claim of view.claims) claim.statement += UNSEEN.join(' ');
      for (const model of view.models) for (const run of model.runs) run.reason += UNSEEN.join(' ');
      for (const reason of view.verdict.reasons) reason.message += UNSEEN.join(' ');
      const texts = await renderReport(view, format, screen);
      expect(texts, format).to.not.have.length(0);
      for (const { text } of texts) expect(text.replaceAll('\t', ''), format).not.to.match(OBEYED);
    }
  });
});
