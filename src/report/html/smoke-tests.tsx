/** Smoke tests: what the program did without the fix beside what it did with it. */
import type { VNode } from 'preact';
import type { SmokeView } from '../view/report-view.js';
import { idOf, linkTo } from './anchors.js';
import { ClaimLink } from './links.js';
import { StandingMark, YesMark } from './marks.js';
import { TakenOver } from './taken-over.js';
import { duration, fileName } from './words.js';

type Attempt = SmokeView['attempts'][number];

const SIDES = ['without', 'with'] as const;

/** Longer reports are cut: the record has them whole. */
const LONGEST = 1000;

const lastOf = (test: SmokeView, side: Attempt['side']): Attempt | undefined =>
  test.attempts.filter((attempt) => attempt.side === side).at(-1);

/** `SIGSEGV at 0x5f4`, `heap-use-after-free`, `exit 0`. */
function whatHappened(attempt: Attempt): string {
  if (attempt.timedOut) return 'did not end in time';
  const parts = [
    attempt.sanitizer ?? '',
    attempt.signal === null
      ? ''
      : `${attempt.signal}${attempt.faultAddress === null ? '' : ` at ${attempt.faultAddress}`}`,
    attempt.exit === null ? '' : `exit ${attempt.exit}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

const scalar = (value: unknown): string | undefined =>
  ['number', 'string', 'boolean'].includes(typeof value) ? String(value) : undefined;

/** What the program counted on both sides and what differs: the point of the test in a few words. */
function findDifferences(test: SmokeView): { key: string; without: string; with: string }[] {
  const [without, fixed] = SIDES.map((side) => lastOf(test, side)?.report ?? {});
  return Object.keys(fixed ?? {}).flatMap((key) => {
    const [a, b] = [scalar(without?.[key]), scalar(fixed?.[key])];
    return a !== undefined && b !== undefined && a !== b ? [{ key, without: a, with: b }] : [];
  });
}

function Side({ test, side }: { test: SmokeView; side: Attempt['side'] }): VNode {
  const attempt = lastOf(test, side);
  if (!attempt) return <span class="quiet">not run</span>;
  const word = attempt.asExpected ? 'as expected' : 'not as expected';
  return (
    <>
      <b>{whatHappened(attempt)}</b>
      <br />
      <YesMark yes={attempt.asExpected} word={word} />
    </>
  );
}

/** Both sides of each test in a row. */
export function SmokeTable({ tests }: { tests: readonly SmokeView[] }): VNode {
  return (
    <div class="wide" tabIndex={0} role="region" aria-label="Smoke tests">
      <table class="list smoke">
        <thead>
          <tr>
            <th scope="col">Test</th>
            <th scope="col">Without the fix</th>
            <th scope="col">With the fix</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {tests.map((test) => (
            <tr>
              <th scope="row">
                <a href={linkTo('test', test.name)}>{test.name}</a>
                <p>{test.what}</p>
              </th>
              {SIDES.map((side) => (
                <td>
                  <Side test={test} side={side} />
                </td>
              ))}
              <td>
                <StandingMark standing={test.standing} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AttemptDetails({ attempt }: { attempt: Attempt }): VNode {
  const report = attempt.report === null ? '' : JSON.stringify(attempt.report, null, 1);
  return (
    <div>
      <h4>{attempt.side === 'without' ? 'Without the fix' : 'With the fix'}</h4>
      <p>
        <b>{whatHappened(attempt)}</b> after {duration(attempt.milliseconds / 1000)}
        {attempt.difference === '' ? '' : `: ${attempt.difference}`}
      </p>
      <pre tabIndex={0} role="region" aria-label="Program and its report">
        {`$ ${attempt.command.map((word, i) => (i === 0 ? fileName(word) : word)).join(' ')}\n`}
        {attempt.injected.map((library) => `  with ${fileName(library)} injected\n`)}
        {report.length > LONGEST ? `${report.slice(0, LONGEST)}… (cut)` : report}
      </pre>
    </div>
  );
}

/** One test with everything its last attempts said. */
export function SmokeDetails({ test }: { test: SmokeView }): VNode {
  const differences = findDifferences(test);
  const attempts = SIDES.flatMap((side) => lastOf(test, side) ?? []);
  return (
    <details class="row" id={idOf('test', test.name)}>
      <summary>
        <StandingMark standing={test.standing} /> <b>{test.name}</b> <span>{test.what}</span>
      </summary>
      <p>{test.reason}</p>
      <TakenOver reused={test.reused} />
      <p class="inline-list">
        {test.claims.map((id) => (
          <ClaimLink id={id} whole />
        ))}
      </p>
      {differences.length === 0 ? null : (
        <table class="list narrow">
          <thead>
            <tr>
              <th scope="col">Reported</th>
              <th scope="col">Without</th>
              <th scope="col">With</th>
            </tr>
          </thead>
          <tbody>
            {differences.map((difference) => (
              <tr>
                <th scope="row">{difference.key}</th>
                <td>{difference.without}</td>
                <td>{difference.with}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div class="sides">
        {attempts.map((attempt) => (
          <AttemptDetails attempt={attempt} />
        ))}
      </div>
    </details>
  );
}
