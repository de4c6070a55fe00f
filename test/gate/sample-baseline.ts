/** A small baseline, complete in every part, that a test can change in one place. */
import { BASELINE_SCHEMA, type Baseline, type Change, type Policy } from '../../src/domain/baseline.js';
import type { Place } from '../../src/domain/claim.js';
import { sealBaseline } from '../../src/gate/baseline-file.js';
import type { Comparing } from '../../src/gate/change.js';
import { compare } from '../../src/gate/compare.js';

type Facts = Omit<Baseline, 'hash'>;

/** As plain data; each call gives a new one. */
export function sampleFacts(): Facts {
  const rungs = {
    checked: 'passed' as const,
    live: 'passed' as const,
    falsifiable: 'partly measured' as const,
    anchored: 'passed' as const,
    exercised: 'not measured' as const,
    sensitive: 'not measured' as const,
  };
  const claim = {
    kind: 'invariant' as const,
    auxiliary: false,
    redundant: false,
    outcome: 'holds' as const,
    rung: 2,
    rungs,
  };
  const model = {
    mode: 'exhaustive search' as const,
    deadlock: true,
    behaviour: 'SPECIFICATION Spec',
    fairness: ['WF_vars(Next)'],
    reductions: ['SYMMETRY Alike'],
    operators: ['Alike'],
    assumptions: ['A-SUN'],
    observed: false,
    fullSet: false,
    differsIn: [],
  };
  return {
    schema: BASELINE_SCHEMA,
    tools: { jar: 'j'.repeat(64), workbench: 'w'.repeat(64) },
    policy: { requiredRung: 1, fewerStates: 0, codeWithoutSpec: 'note', specWithoutCode: 'note' },
    scope: { specs: 'specs', leftOut: [] },
    modules: [
      {
        name: 'Clock',
        path: 'specs/Clock/Clock.tla',
        inputs: 'i1',
        text: 't1',
        definitions: {
          Alike: 'Permutations(Hands)',
          Busy: ['or', 'a', 'b'],
          InRange: ['and', 'hour < Limit', ['or', 'hour > 0', 'Busy']],
          TypeOK: 'hour \\in Nat',
        },
        explored: { Init: 'h1', Next: 'h2' },
        assumes: [{ formula: 'Limit > 0', operators: ['Alike'] }],
        claims: [
          {
            ...claim,
            name: 'InRange',
            statement: 'The hour never passes the limit.',
            operators: ['Busy', 'InRange'],
          },
          {
            ...claim,
            name: 'TypeOK',
            statement: 'The hour is a number.',
            operators: ['TypeOK'],
            auxiliary: true,
          },
        ],
        models: [
          {
            ...model,
            path: 'specs/Clock/good.cfg',
            role: 'positive',
            result: 'success',
            constants: { Limit: '4', Hands: '{h1, h2}', Guarded: 'TRUE' },
            checks: ['InRange', 'TypeOK'],
            violates: [],
            pinned: { distinctStates: 100 },
            distinct: 100,
            initial: 4,
          },
          {
            ...model,
            path: 'specs/Clock/bad.cfg',
            role: 'control',
            result: 'safety failure',
            constants: { Limit: '4', Hands: '{h1, h2}', Guarded: 'FALSE' },
            checks: ['InRange'],
            violates: ['InRange', 'TypeOK'],
            fullSet: true,
            variantOf: 'specs/Clock/good.cfg',
            differsIn: ['Guarded'],
            pinned: {},
          },
        ],
        steps: [
          { step: 'the guard', model: 'specs/Clock/good.cfg', noticedBy: ['InRange', 'TypeOK'], text: 'd1' },
        ],
        accepted: [{ finding: 'action-never-fires Stop', reason: 'for later' }],
      },
    ],
    native: {
      inputs: 'n1',
      text: 'n1',
      functions: [
        { name: 'tick', path: 'native/clock.cpp', claims: ['Clock!InRange'], code: 'aaaa' },
        { name: 'log', path: 'native/clock.cpp', claims: [], unmodelled: 'prints', code: 'bbbb' },
      ],
      smoke: [
        { name: 'ticks', claims: ['Clock!InRange'], state: 'passed', asserts: ['with exit 0'], text: 's1' },
      ],
      builds: ['gcc'],
      requires: ['covered native', 'handlers native', 'library.fix.marker FIX_API'],
      allows: ['write'],
    },
    assumptions: [{ id: 'A-SUN', statement: 'It rises.', monitored: 'a clock', owner: 'the owner' }],
    scores: { 'Clock!InRange': 0.9 },
    accepted: [],
  };
}

/** The sample after a change to its facts. */
export function sample(change: (facts: Facts) => void = () => undefined): Baseline {
  // Through JSON: no two entries share a list that a test then changes twice.
  const facts = JSON.parse(JSON.stringify(sampleFacts())) as Facts;
  change(facts);
  return sealBaseline(facts);
}

export function comparing(places: [string, Place][] = []): Comparing {
  const files = ['workbench.json', 'specs/Clock/Clock.tla', 'specs/Clock/good.cfg', 'native/clock.cpp'];
  return { places: new Map(places), base: { commit: 'abc123', files: new Set(files), gone: [], root: '' } };
}

/** What the gate says of a change to the sample, under what the base asks for. */
export function changesOf(
  change: (facts: Facts) => void,
  policy: Partial<Policy> = {},
  before: (facts: Facts) => void = () => undefined,
): Change[] {
  const ask = (facts: Facts): void => {
    Object.assign(facts.policy, policy);
    before(facts);
  };
  const changed = sample((facts) => {
    ask(facts);
    change(facts);
  });
  return compare(sample(ask), changed, comparing());
}
export type { Facts };
