import { expect } from 'chai';
import fc from 'fast-check';
import type { State, Value } from '../../src/domain/behaviour.js';
import {
  behaviourSchema,
  expandStates,
  storedBehaviourSchema,
  storeStates,
} from '../../src/domain/stored-behaviour.js';

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.boolean().map((is): Value => ({ kind: 'bool', value: is })),
  fc.array(fc.nat(2), { maxLength: 2 }).map((numbers): Value => ({
    kind: 'seq',
    elements: numbers.map((n): Value => ({ kind: 'int', value: String(n) })),
  })),
);
/** Few names and few values, so that neighbours have some in common, and now and then one of them lacks one. */
const behaviour: fc.Arbitrary<State[]> = fc
  .array(
    fc.dictionary(fc.constantFrom('pc', 'queue', 'toString', '__proto__'), value, { noNullPrototype: true }),
    {
      maxLength: 8,
    },
  )
  .map((states) =>
    states.map((variables, i) => ({
      number: i + 1,
      action: { name: i === 0 ? 'Initial predicate' : 'Next' },
      variables,
    })),
  );
const int = (n: number): Value => ({ kind: 'int', value: String(n) });
const state = (number: number, variables: State['variables']): State => ({
  number,
  action: { name: 'Next' },
  variables,
});

describe('a behaviour in a record', () => {
  it('is the same behaviour again when it is read, whatever its states have in common', () => {
    fc.assert(
      fc.property(behaviour, (states) => {
        const text = JSON.stringify(storeStates(states));
        expect(JSON.stringify(sorted(expandStates(JSON.parse(text) as State[])))).to.equal(
          JSON.stringify(sorted(states)),
        );
      }),
    );
  });

  it('holds of each step what is not as before, and all of a state that lacks a variable', () => {
    const states = [
      state(1, { pc: int(0), queue: int(7) }),
      state(2, { pc: int(1), queue: int(7) }),
      state(3, { pc: int(1), queue: int(7) }),
      state(4, { pc: int(1) }),
      state(5, { pc: int(1), queue: int(7) }),
    ];
    expect(storeStates(states)).to.deep.equal([
      states[0],
      { number: 2, action: { name: 'Next' }, changed: { pc: int(1) } },
      { number: 3, action: { name: 'Next' }, changed: {} },
      states[3],
      { number: 5, action: { name: 'Next' }, changed: { queue: int(7) } },
    ]);
  });

  it('is read with every state whole, also where it was written so', () => {
    const ending = { kind: 'stops' as const };
    const states = [state(1, { pc: int(0), queue: int(7) }), state(2, { pc: int(1), queue: int(7) })];
    expect(behaviourSchema.parse({ states, ending })).to.deep.equal({ states, ending });
    expect(behaviourSchema.parse({ states: storeStates(states), ending })).to.deep.equal({ states, ending });
  });

  it('is refused where its first state says only what changed', () => {
    const found = {
      states: [{ number: 1, action: { name: 'Next' }, changed: {} }],
      ending: { kind: 'stops' },
    };
    expect(storedBehaviourSchema.safeParse(found).success).to.equal(true);
    const read = behaviourSchema.safeParse(found);
    expect(read.error?.issues[0]?.message).to.match(/the first state says only what changed/);
  });
});

/** Variables in one order: which one they were told in means nothing. */
const sorted = (states: readonly State[]): unknown[] =>
  states.map((one) => ({
    ...one,
    variables: Object.entries(one.variables).sort(([a], [b]) => (a < b ? -1 : 1)),
  }));
