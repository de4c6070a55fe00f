import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import {
  BASELINE_SCHEMA,
  baselineSchema,
  type Baseline,
  type FormulaTree,
} from '../../src/domain/baseline.js';
import { Problem } from '../../src/domain/problem.js';
import { sha256Json } from '../../src/host/files.js';
import { approve, applyApprovals, isFailure } from '../../src/gate/approval.js';
import { readBaseline, renderBaseline, sealBaseline } from '../../src/gate/baseline-file.js';
import { compare } from '../../src/gate/compare.js';
import { comparing, sample, type Facts } from './sample-baseline.js';

const word = fc.stringMatching(/^[A-Za-z]\w{0,5}$/);
const words = fc.uniqueArray(word, { maxLength: 3 });
/** Texts that JSON must escape are among them. */
const text = fc.string({ maxLength: 12, unit: 'binary' });
const state = fc.constantFrom('passed', 'failed', 'partly measured', 'not measured');
const { tree } = fc.letrec<{ tree: FormulaTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.tuple(
      fc.constantFrom('and', 'or', 'implies', 'always', 'forall'),
      tie('tree'),
      tie('tree'),
    ) as fc.Arbitrary<FormulaTree>,
  ),
}));
const claim = fc.record({
  name: word,
  statement: text,
  kind: fc.constantFrom('invariant', 'property'),
  auxiliary: fc.boolean(),
  redundant: fc.boolean(),
  operators: words,
  outcome: fc.constantFrom('holds', 'not supported', 'not shown'),
  rung: fc.integer({ min: 0, max: 6 }),
  rungs: fc.record({
    checked: state,
    live: state,
    falsifiable: state,
    anchored: state,
    exercised: state,
    sensitive: state,
  }),
});
const model = fc.record(
  {
    path: word,
    role: fc.constantFrom('positive', 'control', 'unknown'),
    result: fc.constantFrom('success', 'safety failure', 'unknown'),
    mode: fc.constantFrom('exhaustive search', 'generate', { simulate: { traceCount: 3 } }),
    constants: fc.dictionary(word, fc.constantFrom('1', '2', '{a}', '{a, b}', 'TRUE'), { maxKeys: 3 }),
    checks: words,
    deadlock: fc.boolean(),
    observed: fc.boolean(),
    violates: words,
    fullSet: fc.boolean(),
    variantOf: word,
    differsIn: words,
    behaviour: text,
    fairness: words,
    reductions: words,
    operators: words,
    assumptions: words,
    pinned: fc.dictionary(word, fc.nat(), { maxKeys: 2 }),
    distinct: fc.nat(),
  },
  {
    requiredKeys: [
      'path',
      'role',
      'result',
      'mode',
      'constants',
      'checks',
      'deadlock',
      'observed',
      'violates',
      'fullSet',
      'differsIn',
      'behaviour',
      'fairness',
      'reductions',
      'operators',
      'assumptions',
      'pinned',
    ],
  },
);
const module = fc.record({
  name: word,
  path: word,
  inputs: text,
  text,
  definitions: fc.dictionary(word, tree, { maxKeys: 3 }),
  explored: fc.dictionary(word, word, { maxKeys: 2 }),
  assumes: fc.array(fc.record({ formula: tree, operators: words }), { maxLength: 2 }),
  claims: fc.uniqueArray(claim, { maxLength: 3, selector: (c) => c.name }),
  models: fc.uniqueArray(model, { maxLength: 3, selector: (m) => m.path }),
  steps: fc.uniqueArray(fc.record({ step: word, model: word, noticedBy: words, text: word }), {
    maxLength: 2,
    selector: (s) => s.step,
  }),
  accepted: fc.array(fc.record({ finding: word, reason: text }), { maxLength: 2 }),
});
const native = fc.record({
  inputs: text,
  text,
  functions: fc.array(
    fc.record(
      { name: word, path: word, claims: words, unmodelled: text, code: word },
      { requiredKeys: ['name', 'path', 'claims', 'code'] },
    ),
    { maxLength: 4 },
  ),
  smoke: fc.uniqueArray(
    fc.record({
      name: word,
      claims: words,
      state: fc.constantFrom('passed', 'failed', 'not run'),
      asserts: words,
      text: word,
    }),
    { maxLength: 2, selector: (t) => t.name },
  ),
  builds: words,
  requires: words,
  allows: words,
});
const facts = fc.record({
  schema: fc.constant(BASELINE_SCHEMA),
  tools: fc.record({ jar: word, workbench: word }),
  policy: fc.record({
    requiredRung: fc.integer({ min: 0, max: 6 }),
    fewerStates: fc.constantFrom(0, 0.1),
    codeWithoutSpec: fc.constantFrom('note', 'fails'),
    specWithoutCode: fc.constantFrom('note', 'fails'),
  }),
  scope: fc.record({ specs: word, leftOut: words }),
  modules: fc.uniqueArray(module, { maxLength: 3, selector: (m) => m.name }),
  native: fc.option(native),
  assumptions: fc.uniqueArray(
    fc.record(
      { id: word, statement: text, monitored: text, owner: word },
      { requiredKeys: ['id', 'statement', 'monitored'] },
    ),
    { maxLength: 2, selector: (a) => a.id },
  ),
  scores: fc.dictionary(word, fc.integer({ min: 0, max: 9 }), { maxKeys: 2 }),
  accepted: fc.constant([]),
}) as fc.Arbitrary<Facts>;

/** The problem that reading a text leads to. */
function problemOf(text_: string): Problem {
  try {
    readBaseline(text_, 'runs/baseline.json');
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('runs/baseline.json', () => {
  it('is read back as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const baseline = sealBaseline(given);
        expect(readBaseline(renderBaseline(baseline), 'x')).to.deep.equal(baseline);
      }),
      { numRuns: 60 },
    );
  });

  it('has one text, in whatever order its parts were found', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const turned: Facts = {
          ...given,
          modules: [...given.modules].reverse().map((m) => ({
            ...m,
            claims: [...m.claims].reverse(),
            models: [...m.models].reverse(),
            steps: [...m.steps].reverse(),
            definitions: Object.fromEntries(Object.entries(m.definitions).reverse()),
          })),
          native: given.native && { ...given.native, smoke: [...given.native.smoke].reverse() },
          assumptions: [...given.assumptions].reverse(),
        };
        expect(renderBaseline(sealBaseline(turned))).to.equal(renderBaseline(sealBaseline(given)));
      }),
      { numRuns: 40 },
    );
  });

  it('compares with itself without a change', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const baseline = sealBaseline(given);
        expect(compare(baseline, baseline, comparing())).to.deep.equal([]);
      }),
      { numRuns: 60 },
    );
  });

  it('accepting is stable: what was accepted fails no more, and accepting it again adds nothing', () => {
    fc.assert(
      fc.property(facts, facts, (was, is) => {
        const changes = compare(sealBaseline(was), sealBaseline(is), comparing());
        const entries = approve(changes, 'intended');
        const judged = applyApprovals(changes, entries);
        expect(judged.filter(isFailure)).to.deep.equal([]);
        expect(approve(judged, 'again')).to.deep.equal([]);
        const accepted = sealBaseline({ ...is, accepted: entries });
        expect(renderBaseline(sealBaseline(accepted))).to.equal(renderBaseline(accepted));
        expect(compare(accepted, accepted, comparing())).to.deep.equal([]);
      }),
      { numRuns: 40 },
    );
  });

  it('has a line for each claim, model, function and definition, so that its diff can be read', () => {
    const lines = renderBaseline(sample()).split('\n');
    for (const part of [
      '"name":"InRange"',
      '"path":"specs/Clock/bad.cfg"',
      '"name":"tick"',
      '"InRange": ["and"',
    ])
      expect(
        lines.filter((line) => line.includes(part)),
        part,
      ).to.have.length(1);
  });

  it('carries no time, no folder of a machine and no usual value', () => {
    const rendered = renderBaseline(sample());
    expect(rendered).to.not.match(/\d{4}-\d{2}-\d{2}T|\/(?:home|root|tmp)\//);
    expect(rendered).to.not.contain('"deadlock":true');
  });

  it('is refused where it was edited, even in one digit', () => {
    const edited = renderBaseline(sample()).replace('"distinct":100', '"distinct":10');
    expect(problemOf(edited).code).to.equal('BASELINE-EDITED');
  });

  it('is refused where it is half written, at every cut', () => {
    const whole = renderBaseline(sample());
    for (let length = 0; length < whole.length - 2; length += 97)
      expect(problemOf(whole.slice(0, length)).code, String(length)).to.equal('BASELINE-DAMAGED');
  });

  it('is refused where another version of the schema wrote it, and says which', () => {
    const of = (schema: number): Problem =>
      problemOf(renderBaseline(sample()).replace(/"schema": \d+/, `"schema": ${schema}`));
    const message = (schema: number): string =>
      `runs/baseline.json:57: made by another version: schema ${schema}, this program reads ${BASELINE_SCHEMA}`;
    expect(of(1)).to.include({
      code: 'BASELINE-SCHEMA',
      message: message(1),
      hint: 'workbench verify && workbench gate --accept',
    });
    expect(of(99)).to.include({ code: 'BASELINE-NEWER', message: message(99) });
    expect(of(99).hint).to.contain('newer workbench');
  });

  it('is another version, and not damaged, where its own hash fits what this program cannot read', () => {
    const later = JSON.parse(renderBaseline(sample())) as Record<string, unknown>;
    const { hash, ...kept } = later;
    const said = { ...kept, further: 1 };
    const whole = problemOf(JSON.stringify({ ...said, hash: sha256Json(said) }));
    expect(whole.code).to.equal('BASELINE-SCHEMA');
    expect(whole.message).to.contain('made by another version, which knows');
    expect(problemOf(JSON.stringify({ ...said, hash })).code).to.equal('BASELINE-DAMAGED');
  });

  it('has another schema number with every change of its shape', () => {
    const shape = sha256Json(z.toJSONSchema(baselineSchema, { io: 'input' })).slice(0, 12);
    expect([BASELINE_SCHEMA, shape]).to.deep.equal([3, '7e2bbbb477fc']);
  });

  it('is refused with a key that nobody knows, and names the line', () => {
    const other = renderBaseline(sample()).replace('"name":"tick"', '"name":"tick","more":1');
    expect(problemOf(other).message).to.match(/^runs\/baseline\.json:\d+: native\.functions\[\d\]/);
  });

  it('sealing puts in every default that reading does', () => {
    const baseline: Baseline = sample();
    expect(baselineSchema.parse(baseline)).to.deep.equal(baseline);
  });
});
