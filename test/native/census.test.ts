/** What the fix leaves alone is listed with reasons, and the census test holds the fix to exactly that list. */
import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { smokeFileSchema, type SmokeExpectation } from '../../src/domain/smoke.js';
import { compare } from '../../src/native/smoke-expectation.js';

const folder = join(import.meta.dirname, '..', '..', 'native', 'smoke');
const listSchema = z.strictObject({
  unhooked: z
    .array(
      z.strictObject({
        selector: z.string(),
        classes: z.array(z.string()).min(1),
        reason: z.string().min(5),
      }),
    )
    .min(1),
});

const readJson = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, name), 'utf8'));

describe('the census of hooks', () => {
  let declared: z.infer<typeof listSchema>['unhooked'];
  let expectation: SmokeExpectation;
  let expected: unknown;

  before(async () => {
    declared = listSchema.parse(await readJson('unhooked-selectors.json')).unhooked;
    const census = smokeFileSchema
      .parse(await readJson('tests/census.json'))
      .tests.find((t) => t.name === 'census');
    expectation = census!.with.expect;
    expected = expectation.report?.unhooked;
  });

  const judge = (unhooked: Record<string, string[]>): string =>
    compare(expectation, {
      exit: 0,
      signal: null,
      faultAddress: null,
      sanitizer: null,
      report: { active: 1, unhooked },
      timedOut: false,
      obstacle: null,
    });

  it('every selector that is left alone has a reason and stands once in the list', () => {
    const names = declared.map((entry) => entry.selector);
    expect(new Set(names).size).to.equal(names.length);
  });

  it('the smoke test expects exactly the listed selectors to be unhooked', () => {
    expect(expected).to.deep.equal(listed());
    expect(judge(listed())).to.equal('');
  });

  it('a selector without a hook that is not listed fails it, and so does a listed one that is hooked', () => {
    expect(judge({ ...listed(), 'setTexture:atIndex:': ['AGXG16XFamilyComputeContext'] })).to.contain(
      'setTexture',
    );
    expect(judge({ ...listed(), retain: ['MPSCommandBuffer'] })).to.contain('retain');
  });

  function listed(): Record<string, string[]> {
    return Object.fromEntries(declared.map((e) => [e.selector, e.classes]));
  }
});
