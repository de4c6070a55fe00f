import { expect } from 'chai';
import type { Behaviour, Value } from '../../src/domain/behaviour.js';
import { changesBetween, showChange } from '../../src/report/changes.js';
import { renderCounterexample } from '../../src/report/counterexample.js';
import { findLanes } from '../../src/report/lanes.js';
import { makePaint } from '../../src/report/paint.js';
import { describeBehaviour } from '../../src/report/view/behaviours.js';

const str = (value: string): Value => ({ kind: 'string', value });
const mv = (value: string): Value => ({ kind: 'model', value });
const fn = (entries: Record<string, Value>): Value => ({
  kind: 'function',
  pairs: Object.entries(entries).map(([k, value]) => ({ key: mv(k), value })),
});
const set = (...names: string[]): Value => ({ kind: 'set', elements: names.map(str) });
const at = (
  line: number,
): { module: string; line: number; column: number; endLine: number; endColumn: number } => ({
  module: 'Locks',
  line,
  column: 3,
  endLine: line,
  endColumn: 20,
});

const behaviour: Behaviour = {
  states: [
    {
      number: 1,
      action: { name: 'Initial predicate' },
      variables: { pc: fn({ t1: str('idle'), t2: str('idle') }), owner: mv('none'), pool: set('a') },
    },
    {
      number: 2,
      action: { name: 'Lock', span: at(12) },
      variables: { pc: fn({ t1: str('idle'), t2: str('in') }), owner: mv('t2'), pool: set('a') },
    },
    {
      number: 3,
      action: { name: 'Push', span: at(20) },
      variables: { pc: fn({ t1: str('done'), t2: str('in') }), owner: mv('t2'), pool: set('b') },
    },
  ],
  ending: { kind: 'stops' },
};

const render = (change: Partial<Behaviour> = {}, width = 120): string =>
  renderCounterexample({
    behaviour: describeBehaviour(
      { ...behaviour, ...change },
      'NoRace is violated',
      () => 'specs/Locks/Locks.tla',
    ),
    width,
    paint: makePaint(false),
  }).join('\n');

describe('changes between two states', () => {
  it('name the entry that changed and not the whole function', () => {
    const [a, b] = behaviour.states;
    const texts = changesBetween(a!, b!).map(showChange);
    expect(texts).to.deep.equal(['owner: none -> t2', 'pc[t2]: "idle" -> "in"']);
  });

  it('show a set by what came and what went', () => {
    const [, b, c] = behaviour.states;
    expect(changesBetween(b!, c!).map(showChange)).to.deep.equal([
      'pc[t1]: "idle" -> "done"',
      'pool: removed "a"',
      'pool: added "b"',
    ]);
  });

  it('say in words what came and went, as a sign would look like part of a number', () => {
    const numbers = (...values: number[]): Value => ({
      kind: 'set',
      elements: values.map((value) => ({ kind: 'int', value: String(value) })),
    });
    const [a, b] = behaviour.states;
    const texts = changesBetween(
      { ...a!, variables: { long: numbers(2) } },
      { ...b!, variables: { long: numbers(-1) } },
    ).map(showChange);
    expect(texts).to.deep.equal(['long: removed 2', 'long: added -1']);
  });

  it('show a long sequence by what came or went at its ends, and a short one whole', () => {
    const queue = (from: number, to: number): Value => ({
      kind: 'seq',
      elements: Array.from({ length: to - from + 1 }, (_, i) => fn({ sender: str(`message ${from + i}`) })),
    });
    const change = (before: Value, after: Value): string[] =>
      changesBetween(
        { ...behaviour.states[0]!, variables: { q: before } },
        { ...behaviour.states[1]!, variables: { q: after } },
      ).map(showChange);
    const message = (n: number): string => `(sender :> "message ${n}")`;
    expect(change(queue(1, 30), queue(1, 31)), 'appended').to.deep.equal([`q[31]: added ${message(31)}`]);
    expect(change(queue(1, 30), queue(3, 30)), 'taken from the front').to.deep.equal([
      `q[1]: removed ${message(1)}`,
      `q[2]: removed ${message(2)}`,
    ]);
    expect(change(queue(1, 30), queue(1, 29)), 'taken from the end').to.deep.equal([
      `q[30]: removed ${message(30)}`,
    ]);
    expect(change(queue(1, 30), queue(2, 31)), 'same length: entry by entry').to.have.length(30);
    expect(change(queue(1, 30), queue(40, 60)), 'another one').to.have.length(1);
    expect(change(queue(1, 1), queue(1, 2))).to.deep.equal([
      `q: <<${message(1)}>> -> <<${message(1)}, ${message(2)}>>`,
    ]);
  });

  it('show a long function by the keys that came, went or have another value', () => {
    const store = (...keys: number[]): Value =>
      fn(Object.fromEntries(keys.map((n) => [`key${n}`, str(`a value of some length ${n}`)])));
    const [a, b] = behaviour.states;
    const grown = changesBetween(
      { ...a!, variables: { store: store(1, 2, 3) } },
      { ...b!, variables: { store: store(2, 3, 4) } },
    );
    expect(grown.map(showChange)).to.deep.equal([
      'store[key1]: removed "a value of some length 1"',
      'store[key4]: added "a value of some length 4"',
    ]);
    const other = changesBetween(
      { ...a!, variables: { store: store(1, 2, 3) } },
      { ...b!, variables: { store: store(4, 5, 6) } },
    );
    expect(other.map((change) => change.path)).to.deep.equal(['store']);
  });

  it('show the whole value when its shape changed', () => {
    const [a] = behaviour.states;
    const grown = { ...a!, variables: { ...a!.variables, pc: fn({ t1: str('idle') }) } };
    expect(changesBetween(a!, grown).map(showChange)).to.deep.equal([
      'pc: (t1 :> "idle" @@ t2 :> "idle") -> (t1 :> "idle")',
    ]);
  });
});

describe('lanes', () => {
  it("are read off the variable that holds each thread's place", () => {
    expect(findLanes(behaviour)).to.deep.equal({ names: ['t1', 't2'], of: [undefined, 1, 0] });
  });

  it('are absent where no variable is a function over threads', () => {
    const states = behaviour.states.map((s) => ({ ...s, variables: { owner: s.variables.owner! } }));
    expect(findLanes({ ...behaviour, states })).to.equal(undefined);
  });

  it('are found where threads are strings, so that TLC prints functions over them as records', () => {
    const record = (a: string, b: string): Value => ({
      kind: 'record',
      fields: [
        { name: 't1', value: str(a) },
        { name: 't10', value: str(b) },
      ],
    });
    const [first, second, third] = behaviour.states;
    const states = [
      { ...first!, variables: { pc: record('idle', 'idle') } },
      { ...second!, variables: { pc: record('idle', 'in') } },
      { ...third!, variables: { pc: record('in', 'in') } },
    ];
    expect(findLanes({ ...behaviour, states })).to.deep.equal({
      names: ['"t1"', '"t10"'],
      of: [undefined, 1, 0],
    });
    const named = states.map((s) => ({ ...s, variables: { guard: s.variables.pc } }));
    expect(findLanes({ ...behaviour, states: named }), 'one record that is no place').to.equal(undefined);
  });

  it('follow the arguments of an action where the engine prints them', () => {
    const states = behaviour.states.map((s) => ({ ...s, action: { ...s.action, arguments: ['t1'] } }));
    expect(findLanes({ ...behaviour, states })?.of).to.deep.equal([undefined, 0, 0]);
  });
});

describe('a counterexample in the terminal', () => {
  it('puts each step in the lane of its thread, with a place that a terminal makes clickable', () => {
    const text = render();
    expect(text).to.contain('NoRace is violated');
    expect(text).to.match(/ 2 {2}\|\s+Lock\s+specs\/Locks\/Locks\.tla:12:3/);
    expect(text).to.match(/ 3 {2}Push\s+\|\s+specs\/Locks\/Locks\.tla:20:3/);
  });

  it('names the lane before the action where columns do not fit', () => {
    expect(render({}, 40)).to.contain('[t2] Lock');
  });

  it('breaks what is wider than the terminal at blanks, under its beginning', () => {
    const pool = set(...['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth']);
    const states = behaviour.states.map((s) => ({ ...s, variables: { ...s.variables, pool } }));
    const lines = render({ states }, 50).split('\n');
    const at = lines.findIndex((line) => line.includes('pool = {'));
    expect(lines[at + 1]).to.match(/^ {9}"\w+",/);
    for (const line of lines.filter((l) => l.startsWith('       '))) expect(line.length).to.be.at.most(50);
  });

  it('cuts a value of thousands of characters and says so', () => {
    const long = (last: string) => ({ big: str(`${'x'.repeat(5000)}${last}`) });
    const states = behaviour.states.map((s, i) => ({ ...s, variables: long(String(i)) }));
    const text = render({ states });
    expect(text.length).to.be.lessThan(3000);
    expect(text.replace(/\s+/g, ' ')).to.match(/big = "x+… \(4,\d\d\d more characters in the log\)/);
  });

  it('says when it stutters and when it goes back', () => {
    expect(render({ ending: { kind: 'stutters' } })).to.contain('stuttering');
    expect(render({ ending: { kind: 'back', to: 2, action: { name: 'Push' } } })).to.contain(
      'back to state 2 by Push',
    );
  });
});
