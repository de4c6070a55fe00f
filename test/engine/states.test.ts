import { expect } from 'chai';
import { flattenFrame, readFrames, type MessageFrame } from '../../src/engine/message-stream.js';
import { parseAction, readBehaviour } from '../../src/engine/states.js';
import { parseValue } from '../../src/engine/value-parser.js';
import { readCaptured, readFixture } from './captured-runs.js';

function messagesOf(file: string): MessageFrame[] {
  return readFrames(readFixture(file)).flatMap((frame) =>
    frame.kind === 'message' ? flattenFrame(frame) : [],
  );
}

const INC = { module: 'Counter', line: 7, column: 11, endLine: 7, endColumn: 50 };

describe('traces', () => {
  it('have numbered states with action, place and variables', () => {
    const behaviour = readBehaviour(messagesOf('invariant.out'));
    expect(behaviour).to.deep.equal({
      states: [
        {
          number: 1,
          action: { name: 'Initial predicate' },
          variables: { x: parseValue('0'), turn: parseValue('"even"') },
        },
        {
          number: 2,
          action: { name: 'Inc', span: INC },
          variables: { x: parseValue('1'), turn: parseValue('"odd"') },
        },
        {
          number: 3,
          action: { name: 'Inc', span: INC },
          variables: { x: parseValue('2'), turn: parseValue('"even"') },
        },
      ],
      ending: { kind: 'stops' },
    });
  });

  it('of a spec with one variable have no conjunction sign', () => {
    const states = readBehaviour(messagesOf('deadlock.out'))?.states ?? [];
    expect(states.map((state) => state.variables)).to.deep.equal([
      { x: parseValue('0') },
      { x: parseValue('1') },
      { x: parseValue('2') },
    ]);
  });

  it('that stutter end so', () => {
    const behaviour = readBehaviour(messagesOf('stuttering.out'));
    expect(behaviour?.states).to.have.length(3);
    expect(behaviour?.ending).to.deep.equal({ kind: 'stutters' });
  });

  it('that go back say to which state and by which action', () => {
    expect(readBehaviour(messagesOf('lasso.out'))?.ending).to.deep.equal({
      kind: 'back',
      to: 1,
      action: { name: 'Reset', span: { module: 'Counter', line: 8, column: 10, endLine: 8, endColumn: 42 } },
    });
  });

  it('have values that stand on several lines, and printed text in between', () => {
    const states = readBehaviour(messagesOf('values.out'))?.states ?? [];
    expect(states.map((state) => state.number)).to.deep.equal([1, 2, 3]);
    expect(Object.keys(states[2]?.variables ?? {}).sort()).to.deep.equal(
      ['big', 'fun', 'nest', 'rec', 'seq', 'set', 'str'].sort(),
    );
    expect(states[2]?.variables['seq']).to.deep.equal(
      parseValue(
        '<<[n |-> 0, who |-> a, what |-> "a rather long text that makes the line wrap"],' +
          ' [n |-> 1, who |-> a, what |-> "a rather long text that makes the line wrap"]>>',
      ),
    );
    expect(states[2]?.variables['nest']).to.have.property('kind', 'record');
    expect(
      states.flatMap((state) => Object.values(state.variables)).every((v) => v.kind !== 'text'),
    ).to.equal(true);
  });

  it('of a depth-first run have no actions', () => {
    const names = readBehaviour(messagesOf('dfid-violated.out'))?.states.map((state) => state.action.name);
    expect(names).to.deep.equal(['Initial predicate', 'Unknown action', 'Unknown action']);
  });

  it('carry the arguments that newer versions print in action names', () => {
    const states = readBehaviour(messagesOf('written/e2-arguments.out'))?.states ?? [];
    expect(states.map((state) => [state.action.name, state.action.arguments])).to.deep.equal([
      ['Initial predicate', undefined],
      ['Inc', ['1']],
      ['Send', ['<<1, "a, (b>">>', '{2, 3}']],
    ]);
    expect(states[1]?.action.span).to.deep.equal(INC);
  });

  it('end where the numbers begin again: the first of several is read', () => {
    expect(readBehaviour(messagesOf('continue.out'))?.states.map((state) => state.number)).to.deep.equal([
      1, 2,
    ]);
  });

  it('that the log cuts off keep only whole states', () => {
    const log = readFixture('invariant.out');
    const cut = readFrames(log.slice(0, log.lastIndexOf('/\\ turn')));
    const behaviour = readBehaviour(
      cut.flatMap((frame) => (frame.kind === 'message' ? flattenFrame(frame) : [])),
    );
    expect(behaviour?.states.map((state) => state.number)).to.deep.equal([1, 2]);
  });

  for (const name of [
    'invariant-initial',
    'initial-property',
    'half-assigned-initial',
    'invariant-fails-initial',
  ]) {
    it(`are one state where TLC puts it into the message (${name})`, () => {
      const behaviour = readCaptured(name).behaviour;
      expect(behaviour?.states).to.have.length(1);
      expect(behaviour?.states[0]).to.deep.include({ number: 1, action: { name: 'Initial predicate' } });
      expect(behaviour?.states[0]?.variables['x']).to.deep.equal(parseValue('0'));
    });
  }

  it('name actions of instances and actions without arguments', () => {
    expect(parseAction('<I!Act line 1, col 2 to line 3, col 4 of module M>')).to.deep.equal({
      name: 'I!Act',
      span: { module: 'M', line: 1, column: 2, endLine: 3, endColumn: 4 },
    });
    expect(parseAction('<Act() line 1, col 2 to line 3, col 4 of module M>').arguments).to.deep.equal([]);
  });
});
