import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import type { Log, Result } from 'sarif';
import { renderSarif } from '../../../src/report/formats/sarif.js';
import { renderJunit } from '../../../src/report/formats/junit.js';
import { renderMarkdown } from '../../../src/report/formats/markdown.js';
import { makePaint } from '../../../src/report/paint.js';
import { renderVerifyScreen } from '../../../src/report/verify-screen.js';
import { buildView } from '../../../src/report/view/build-view.js';
import { readXml } from './xml-reader.js';
import { variant, viewOf, type RecordName } from '../recorded.js';

/** The official schema is of draft 4; what differs in draft 7 is where it says what it is. */
function officialSchema(): object {
  const {
    id,
    $schema: _draft4,
    ...rest
  } = JSON.parse(readFileSync(new URL('fixtures/sarif-schema-2.1.0.json', import.meta.url), 'utf8')) as {
    id: string;
    $schema: string;
  };
  return { $id: id, ...rest };
}

const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const isValid = ajv.compile(officialSchema());

function read(text: string): Log {
  const log = JSON.parse(text) as Log;
  expect(isValid(log), JSON.stringify(isValid.errors?.slice(0, 3))).to.equal(true);
  return log;
}
const render = async (...names: RecordName[]): Promise<Log> => read(renderSarif(await viewOf(names)));
const resultsOf = (log: Log): Result[] => log.runs[0]!.results!;

const withNative = () =>
  variant('check-odd', 'native', (record) => {
    record.anchors = {
      functions: [{ name: 'speak', path: 'native/odd file.cpp', line: 7, claims: ['Odd!NoEscape'] }],
      faults: [{ path: 'native/odd file.cpp', line: 0, message: 'could not be read' }],
      sources: [],
    };
  });

describe('SARIF 2.1.0', () => {
  for (const name of ['check-locks', 'check-odd', 'check-one', 'short', 'verify', 'check-edited'] as const)
    it(`of the record ${name} is valid by the official schema`, async () => {
      await render(name);
    });

  it('the check by the official schema refuses what is wrong', () => {
    expect(isValid({ version: '2.1.0', runs: [{ tool: {} }] })).to.equal(false);
    const result = { message: { text: '' }, kind: 'failed' };
    expect(
      isValid({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [result] }] }),
    ).to.equal(false);
  });

  it('has a rule for each claim, and results point at theirs', async () => {
    const log = await render('check-locks', 'check-odd');
    const rules = log.runs[0]!.tool.driver.rules!;
    expect(rules.map((r) => r.id)).to.include.members(['Locks!TypeOK', 'Locks!Exclusion', 'Odd!NoEscape']);
    for (const result of resultsOf(log)) expect(rules[result.ruleIndex!]!.id).to.equal(result.ruleId);
  });

  it('what is red fails with level error, at the place of the claim in the spec', async () => {
    const [result] = resultsOf(await render('check-odd'));
    expect(result).to.include({ ruleId: 'Odd!NoEscape', kind: 'fail', level: 'error' });
    const place = result!.locations![0]!.physicalLocation!;
    expect(place.artifactLocation).to.deep.equal({ uri: 'specs/Odd/Odd.tla', uriBaseId: 'SRCROOT' });
    expect(place.region!.startLine).to.equal(20);
  });

  it('the counterexample is a code flow: all steps, then each thread by itself, tied by their order', async () => {
    const view = await viewOf(['check-odd']);
    const step = view.models.flatMap((m) => m.runs).find((r) => r.name === 'specs/Odd/odd.cfg')!.behaviour!
      .steps[1]!;
    const [result] = resultsOf(read(renderSarif(view)));
    const [whole] = result!.codeFlows!;
    const locations = whole!.threadFlows[0]!.locations;
    expect(locations.map((l) => l.executionOrder)).to.deep.equal([1, 2, 3, 4, 5]);
    expect(locations[1]!.location!.physicalLocation!.region!.startLine).to.equal(step.place!.line);
    expect(locations[1]!.state).to.have.all.keys('pc', 'seen', 'text');
  });

  it('what did not run is an open result of each claim it leaves open, and never left out', async () => {
    const results = resultsOf(await render('short'));
    const locks = results.filter((r) => r.ruleId === 'Locks!Exclusion');
    expect(locks).to.not.have.length(0);
    for (const result of results) expect(result).to.include({ kind: 'open', level: 'none' });
    const odd = results.find((r) => r.ruleId === 'Odd!Quiet');
    expect(odd?.message.text).to.match(/^not measured: /);
  });

  it('says nothing of what is as declared', async () => {
    const results = resultsOf(await render('check-locks')).filter((r) => r.ruleId?.startsWith('Locks!'));
    expect(results).to.deep.equal([]);
  });

  it('native functions that carry the claim are related locations, their paths encoded', async () => {
    const results = resultsOf(read(renderSarif(buildView([await withNative()]))));
    const claim = results.find((r) => r.ruleId === 'Odd!NoEscape' && r.codeFlows !== undefined)!;
    const related = claim.relatedLocations!.map((l) => l.physicalLocation!.artifactLocation!.uri);
    expect(related).to.deep.equal(['specs/Odd/odd.cfg', 'native/odd%20file.cpp']);
    const anchor = results.find((r) => r.ruleId === 'workbench/anchor')!;
    expect(anchor.locations![0]!.physicalLocation!.region!.startLine, 'a file as a whole').to.equal(1);
  });

  it('fingerprints stay the same from run to run, so that a server knows an alert again', async () => {
    const prints = async (name: RecordName) =>
      resultsOf(await render(name)).map((r) => r.partialFingerprints!['workbench/v1']);
    const later = await variant('check-odd', '20300101T000000Z-00000000', () => undefined);
    expect(
      resultsOf(read(renderSarif(buildView([later])))).map((r) => r.partialFingerprints!['workbench/v1']),
    ).to.deep.equal(await prints('check-odd'));
  });

  it('holds no character that a terminal would obey', async () => {
    const text = renderSarif(await viewOf(['check-odd']));
    expect(text)
      .to.contain('\\\\u001b[31mred')
      .and.not.contain('\u001b')
      .and.not.match(/[^\\]\\u001b/);
  });

  it('a finding that the manifest accepts is suppressed with its reason, and no failure', async () => {
    const record = await variant('check-locks', 'x', (r) => {
      r.findings.push({
        ...{ finding: 'action-never-fires', module: 'Locks', name: 'X', message: 'X never fires' },
        ...{ place: { path: 'specs/Locks/Locks.tla', line: 4 }, accepted: 'it is for later' },
      });
    });
    const view = buildView([record]);
    expect(view.verdict.exitCode).to.equal(0);
    const [result] = resultsOf(read(renderSarif(view)));
    expect(result).to.include({ ruleId: 'workbench/finding', level: 'note' });
    expect(result!.suppressions).to.deep.equal([
      { kind: 'external', status: 'accepted', justification: 'it is for later' },
    ]);
    expect(renderMarkdown(view)).to.match(
      /### Accepted findings\n\n- `specs\/Locks\/Locks\.tla:4` X never fires; accepted: it is for later/,
    );
    expect(renderVerifyScreen(view, 120, makePaint(false)).join('\n')).to.contain(
      'specs/Locks/Locks.tla:4: X never fires; accepted: it is for later',
    );
  });

  it('of no record at all is valid, with what the gate found', () => {
    const loss = {
      ...{ kind: 'control-lost', severity: 'fails' as const, subject: 'specs/M/gone.cfg' },
      ...{
        place: { path: 'specs/M/manifest.json', line: 3 },
        was: 'a',
        is: 'nothing',
        mend: 'git restore it',
      },
    };
    const view = buildView([], { changes: { base: 'abc', judged: true, list: [loss] } });
    expect(view.verdict.exitCode).to.equal(1);
    const [result] = resultsOf(read(renderSarif(view)));
    expect(result).to.include({ ruleId: 'workbench/change', kind: 'fail' });
    expect(Number(readXml(renderJunit(view)).attributes.failures)).to.equal(2);
    expect(renderMarkdown(view)).to.contain('specs/M/manifest.json:3');
  });
});
