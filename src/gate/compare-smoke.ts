/** What became of the smoke tests: gone, or expecting less. Pure. */
import type { Baseline } from '../domain/baseline.js';
import type { Found } from './change.js';
import { keyOf } from './places.js';
import { gone, list } from './sets.js';

type BaselineSmoke = NonNullable<Baseline['native']>['smoke'][number];

/** Where the tests are declared; workbench.json says where that is. */
const SMOKE = keyOf.smokeFile;

export function compareSmoke(was: readonly BaselineSmoke[], is: readonly BaselineSmoke[]): Found[] {
  const found: Found[] = [];
  for (const test of was) {
    const now = is.find((t) => t.name === test.name);
    const at = [keyOf.smoke(test.name), SMOKE];
    const state = now === undefined ? 'no such test' : `for ${now.claims.join(', ') || 'no claim'}`;
    const lost = test.claims.filter((claim) => now?.claims.includes(claim) !== true);
    if (lost.length > 0)
      found.push({ kind: 'smoke-lost', subject: test.name, was: `for ${lost.join(', ')}`, is: state, at });
    if (now !== undefined) found.push(...compareTest(test, now, at));
  }
  for (const test of is) {
    if (was.some((t) => t.name === test.name)) continue;
    const at = [keyOf.smoke(test.name), SMOKE];
    found.push({ kind: 'smoke-added', subject: test.name, was: '', is: `for ${test.claims.join(', ')}`, at });
  }
  return found;
}

/** An expectation less, or another one, asks less; what else is started may show anything. */
function compareTest(was: BaselineSmoke, is: BaselineSmoke, at: string[]): Found[] {
  const subject = was.name;
  const [lost, fresh] = [gone(was.asserts, is.asserts), gone(is.asserts, was.asserts)];
  const found: Found[] = [];
  if (lost.length > 0)
    found.push({
      kind: 'smoke-weaker',
      subject,
      was: `expects ${list(lost)}`,
      is: `expects ${list(fresh)}`,
      at,
    });
  if (was.text !== is.text)
    found.push({ kind: 'smoke-changed', subject, was: 'as accepted', is: 'starts something else', at });
  if (lost.length === 0 && fresh.length > 0)
    found.push({ kind: 'smoke-stronger', subject, was: '', is: `also expects ${list(fresh)}`, at });
  return found;
}
