import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOW_TO_PAGES, normalise, readBlocks, sortModelLines, walkThrough } from './walkthrough.js';

const readPage = (name: string): string =>
  readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8');

const comparable = (lines: string[]): string[] => sortModelLines(lines.map(normalise));

describe('the how-to pages', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wb-docs-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const name of HOW_TO_PAGES) {
    it(`docs/${name}.md shows what its commands print (npx tsx test/docs/refresh.ts writes it)`, async () => {
      const steps = await walkThrough(readPage(name), folder);
      expect(steps).to.have.length.above(3);
      for (const { command, shown, printed } of steps) {
        expect(comparable(printed), command).to.deep.equal(comparable(shown));
      }
    }).timeout(240_000);
  }

  it('a page whose output is not the real one is noticed', async () => {
    const [step] = await walkThrough('```console\n$ workbench runs list\n3 runs\n```\n', folder);
    expect(step?.shown).to.deep.equal(['3 runs']);
    expect(step?.printed).to.not.deep.equal(step?.shown);
  });

  it('times and ids are not compared, counts and verdicts are', () => {
    expect(normalise('ok   a.cfg  holds in all 9 reachable states  0.4 s')).to.equal(
      normalise('ok   a.cfg  holds in all 9 reachable states  12.1 s'),
    );
    expect(normalise('holds in all 9 reachable states')).to.not.equal(
      normalise('holds in all 8 reachable states'),
    );
    expect(normalise('record runs/20260101T000000Z-0123abcd')).to.equal('record runs/<run>');
    expect(sortModelLines(['x', 'ok   b', 'FAIL a', 'y', 'ok   c'])).to.deep.equal([
      ...['x', 'FAIL a', 'ok   b', 'y', 'ok   c'],
    ]);
  });

  it('a block names its file behind the language, and a console block may hold several commands', () => {
    const page = '```json a/b.json\n{}\n```\ntext\n```console\n$ one\nout\n\nmore\n$ two\n```\n';
    expect(readBlocks(page)).to.deep.equal([
      { kind: 'file', path: 'a/b.json', text: '{}\n' },
      {
        kind: 'console',
        steps: [
          { command: 'one', shown: ['out', '', 'more'] },
          { command: 'two', shown: [] },
        ],
      },
    ]);
  });
});
