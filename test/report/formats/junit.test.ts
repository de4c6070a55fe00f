import { expect } from 'chai';
import { renderJunit } from '../../../src/report/formats/junit.js';
import { buildView } from '../../../src/report/view/build-view.js';
import { readRecord, variant, viewOf, type RecordName } from '../recorded.js';
import { readXml, type XmlElement } from './xml-reader.js';

const casesOf = (root: XmlElement): XmlElement[] => root.children.flatMap((suite) => suite.children);
const named = (root: XmlElement, name: string): XmlElement =>
  casesOf(root).find((c) => c.attributes.name === name)!;
const outcome = (test: XmlElement): string =>
  test.children.map((c) => c.name).find((name) => name !== 'system-out') ?? 'passed';
const render = async (...names: RecordName[]): Promise<XmlElement> =>
  readXml(renderJunit(await viewOf(names)));

describe('JUnit XML', () => {
  it('has a suite for each module, a case for each model, each claim and the verdict', async () => {
    const root = await render('check-locks', 'check-odd');
    expect(root.children.map((s) => s.attributes.name)).to.deep.equal(['Locks', 'Odd', 'workbench']);
    expect(casesOf(root).map((c) => `${c.attributes.classname} ${c.attributes.name}`)).to.deep.equal([
      'Locks.models specs/Locks/good.cfg',
      'Locks.models specs/Locks/no-lock.cfg',
      'Locks.claims TypeOK',
      'Locks.claims Exclusion',
      'Locks.claims Progress',
      'Odd.models specs/Odd/odd.cfg',
      'Odd.models specs/Odd/lasso.cfg',
      'Odd.claims NoEscape',
      'Odd.claims Quiet',
      'workbench verdict',
    ]);
  });

  it('passes what is as declared, a control that fails as it must included', async () => {
    const root = await render('check-locks', 'check-odd');
    expect(outcome(named(root, 'specs/Locks/no-lock.cfg'))).to.equal('passed');
    expect(outcome(named(root, 'Exclusion'))).to.equal('passed');
  });

  it('fails what is not, with the counterexample', async () => {
    const failure = named(await render('check-odd'), 'specs/Odd/odd.cfg').children[0]!;
    expect(failure.name).to.equal('failure');
    expect(failure.attributes.message).to.equal(
      'declared: success; shown: violates NoEscape in a behaviour of 5 states',
    );
    expect(failure.text).to.contain('specs/Odd/Odd.tla:12:21');
  });

  it('what was to run and did not is an error, for servers take skipped for harmless', async () => {
    const root = await render('short');
    expect(outcome(named(root, 'specs/Locks/good.cfg'))).to.equal('error');
    expect(outcome(named(root, 'Exclusion'))).to.equal('error');
    expect(outcome(named(root, 'verdict'))).to.equal('error');
    expect(Number(root.attributes.errors)).to.be.greaterThan(3);
  });

  it('what no run was asked for is skipped', async () => {
    const root = await render('check-locks');
    expect(outcome(named(root, 'specs/Odd/odd.cfg'))).to.equal('skipped');
    expect(outcome(named(root, 'NoEscape'))).to.equal('skipped');
    expect(outcome(named(root, 'verdict'))).to.equal('passed');
  });

  it('counts what is in it', async () => {
    for (const names of [['check-locks'], ['check-odd'], ['short'], ['verify']] as RecordName[][]) {
      const root = await render(...names);
      const all = casesOf(root).map(outcome);
      const count = (kind: string): string => String(all.filter((o) => o === kind).length);
      expect(root.attributes).to.include({
        tests: String(all.length),
        failures: count('failure'),
        errors: count('error'),
        skipped: count('skipped'),
      });
    }
  });

  it('no red or incomplete verdict ends in a file without a failure or an error', async () => {
    const broken = [
      await variant('check-locks', 'a', (r) => {
        r.problems.push({ code: 'TESTS-FILE', message: 'native/smoke/tests.json:3: wrong', hint: 'mend it' });
      }),
      await variant('check-locks', 'b', (r) => {
        r.anchors = { functions: [], faults: [{ path: 'n.cpp', line: 3, message: 'dangles' }], sources: [] };
      }),
      await variant('check-locks', 'c', (r) => {
        r.state = 'interrupted';
      }),
      await variant('check-locks', 'd', (r) => {
        r.findings.push({
          ...{ finding: 'action-never-fires', module: 'Locks', name: 'X', message: 'never' },
          place: { path: 'specs/Locks/Locks.tla', line: 1 },
        });
      }),
    ];
    for (const record of broken) {
      const view = buildView([record]);
      expect(view.verdict.exitCode, record.id).to.not.equal(0);
      const root = readXml(renderJunit(view));
      expect(Number(root.attributes.failures) + Number(root.attributes.errors), record.id).to.be.greaterThan(
        0,
      );
    }
    const conflict = await variant('check-locks', 'e', (r) => {
      r.models[0]!.attempts[0]!.reading.counts.distinct = 1;
    });
    const root = readXml(renderJunit(buildView([await readRecord('check-locks'), conflict])));
    expect(
      casesOf(root)
        .filter((c) => c.attributes.classname === 'workbench.conflict')
        .map(outcome),
    ).to.deep.equal(['failure']);
  });

  it('escapes every text, and has no character that XML forbids', async () => {
    const text = renderJunit(await viewOf(['check-odd']));
    // The reader throws at what is not escaped.
    const failure = named(readXml(text), 'specs/Odd/odd.cfg').children[0]!.text;
    expect(failure).to.contain('<script>alert(1)</script>').and.contain(']]> & <![CDATA[ -->');
    expect(failure).to.contain('\\u001b[31mred');
    expect(text).to.not.contain('\u001b').and.not.contain('<script');
  });
});
