import { expect } from 'chai';
import fc from 'fast-check';
import type { Outcome, OutcomeKind } from '../../src/domain/outcome.js';
import { readingSchema } from '../../src/domain/outcome.js';
import { foldReading, type RunOutput } from '../../src/engine/reading.js';
import { CAPTURED, capturedRun, readCaptured, readFixture } from './captured-runs.js';

const span = (module: string, line: number, column: number, endLine: number, endColumn: number) => ({
  module,
  line,
  column,
  endLine,
  endColumn,
});

function outcomeOf(name: string, changes: Partial<RunOutput> = {}): Outcome {
  return readCaptured(name, changes).outcome;
}

function messageOf(outcome: Outcome): string {
  return 'message' in outcome ? outcome.message : '';
}

describe('the reading of a run', () => {
  it('keeps what SANY warns of outside of any message, and takes no printed text for it', () => {
    const warning = '!! WARNING: The PlusCal algorithm in module P has changed since its last translation.';
    const texts = (stdout: string): string[] =>
      readCaptured('holds', { stdout }).messages.map((message) => message.text);
    const { stdout } = capturedRun('holds');
    const before = texts(stdout);
    const parsed = stdout.replace(/^Parsing file .*$/m, (line) => `${line}\n${warning}`);
    expect(texts(parsed)).to.deep.equal([...before, warning.slice('!! WARNING: '.length)]);
    const printed = stdout.replace(/^@!@!@STARTMSG 2199/m, (line) => `${warning}\n${line}`);
    expect(printed).to.not.equal(stdout);
    expect(texts(printed)).to.deep.equal(before);
  });

  const kinds: Record<string, OutcomeKind> = {
    holds: 'Holds',
    coverage: 'Holds',
    'temporal-holds': 'Holds',
    'symmetry-with-liveness': 'Holds',
    invariant: 'Violated',
    'invariant-initial': 'Violated',
    'action-property': 'Violated',
    'always-property': 'Violated',
    'initial-property': 'Violated',
    stuttering: 'Violated',
    lasso: 'Violated',
    'dfid-violated': 'Violated',
    'simulate-violated': 'Violated',
    deadlock: 'Deadlock',
    'deadlock-initial': 'Deadlock',
    'assume-false': 'AssumptionFalse',
    'assume-fails': 'EvaluationError',
    'assume-overflow': 'EvaluationError',
    assert: 'EvaluationError',
    'nested-evaluation': 'EvaluationError',
    'invariant-fails': 'EvaluationError',
    'invariant-fails-initial': 'EvaluationError',
    'half-assigned': 'EvaluationError',
    'half-assigned-initial': 'EvaluationError',
    'stack-overflow': 'EvaluationError',
    'parse-error': 'SpecError',
    'lexical-error': 'SpecError',
    'open-comment': 'SpecError',
    'semantic-error': 'SpecError',
    'level-error': 'SpecError',
    'duplicate-field': 'SpecError',
    'missing-module': 'SpecError',
    'missing-spec': 'SpecError',
    'wrong-name': 'SpecError',
    'missing-cfg': 'SpecError',
    'unknown-property': 'SpecError',
    'unknown-keyword': 'SpecError',
    'primed-invariant': 'SpecError',
    'no-value': 'SpecError',
    'no-next': 'SpecError',
    'not-a-config': 'SpecError',
    twice: 'SpecError',
    dfid: 'Incomplete',
    'explosion-terminated': 'Incomplete',
    'explosion-killed': 'Incomplete',
    'bad-option': 'Crashed',
    'bad-heap': 'Crashed',
    'no-main-class': 'Crashed',
    'wrong-class': 'Crashed',
    'jvm-crash': 'Crashed',
    'disk-full': 'Crashed',
  };
  for (const [name, kind] of Object.entries(kinds)) {
    it(`of the captured run "${name}" is ${kind}`, () => {
      expect(outcomeOf(name).kind).to.equal(kind);
    });
  }

  it('satisfies its schema, with messages of one line, for every captured run', () => {
    for (const { name } of CAPTURED) {
      const reading = readCaptured(name);
      expect(readingSchema.parse(reading)).to.deep.equal(reading);
      const lines = [messageOf(reading.outcome), ...reading.messages.map((message) => message.text)];
      for (const line of lines) expect(line, name).to.not.include('\n');
    }
  });

  it('has counts, version and collision probability', () => {
    const reading = readCaptured('holds');
    expect(reading.counts).to.deep.equal({ generated: 17, distinct: 8, queue: 0, depth: 8 });
    expect(reading.engineVersion).to.equal('TLC2 Version 2.18 of 20 March 2023');
    expect(reading.collisionProbability).to.equal('3.9E-18');
    expect(reading.messages).to.deep.equal([]);
  });

  it('has the last progress where the run was ended, with its thousands', () => {
    const counts = readCaptured('explosion-killed').counts;
    expect(counts.distinct).to.be.greaterThan(1000);
    expect(counts.queue).to.be.greaterThan(0);
  });

  it("has the launcher's figures where TLC printed none", () => {
    const log = readFixture('explosion-killed.out');
    const stdout = log.slice(0, log.indexOf('@!@!@STARTMSG 2200'));
    const stderr = '@wb progress 10 5 2 3\n@wb progress 20 9 4 5\n';
    const reading = readCaptured('explosion-killed', { stdout, stderr });
    expect(reading.counts).to.deep.equal({ generated: 20, distinct: 9, queue: 4, depth: 5 });
    expect(reading.messages).to.deep.equal([]);
  });

  it('has no count of generated states after a recovery, which restarts it', () => {
    const recovered = '@!@!@STARTMSG 2198:0 @!@!@\nRecovery completed.\n@!@!@ENDMSG 2198 @!@!@\n';
    expect(readCaptured('holds', { stdout: recovered + readFixture('holds.out') }).counts).to.deep.equal({
      distinct: 8,
      queue: 0,
      depth: 8,
    });
  });

  it('has what the spec printed, a value of several lines as one', () => {
    expect(readCaptured('assume-only').printed).to.deep.equal(['<<"seen", {1, 2, 3}>>']);
    const printed = readCaptured('values').printed;
    expect(printed[0]).to.match(/^<< "growing", 0, \[ set .* lines" \] >>$/);
    expect(printed[1]).to.equal('"plain text"  TRUE');
  });

  it('shows warnings', () => {
    expect(readCaptured('symmetry-with-liveness').messages).to.have.length(1);
    expect(readCaptured('symmetry-with-liveness').messages[0]).to.include({
      code: 2279,
      severity: 'warning',
    });
  });

  it('keeps unknown codes, and takes an unknown error for one', () => {
    const reading = readCaptured('holds', { stdout: readFixture('written/unknown-code.out') });
    expect(reading.messages).to.deep.equal([
      { code: 9998, severity: 'info', known: false, text: 'A remark that no TLC of today makes.' },
      { code: 9999, severity: 'error', known: false, text: 'An error that no TLC of today has.' },
    ]);
    expect(reading.outcome).to.deep.equal({ kind: 'Crashed', message: 'An error that no TLC of today has.' });
  });

  it('is not Holds when an unknown error stands in a log of success', () => {
    const stdout = readFixture('holds.out') + readFixture('written/unknown-code.out');
    expect(outcomeOf('holds', { stdout }).kind).to.equal('Crashed');
  });

  it('of a violation without degree statistics, as newer versions print it, is Violated', () => {
    const stdout = readFixture('written/e2-arguments.out');
    expect(outcomeOf('invariant', { stdout })).to.deep.equal({
      kind: 'Violated',
      of: 'invariant',
      property: 'Small',
    });
  });
});

describe('what was violated', () => {
  it('is named for invariants and action properties', () => {
    expect(outcomeOf('invariant')).to.deep.equal({ kind: 'Violated', of: 'invariant', property: 'Small' });
    expect(outcomeOf('action-property-of-two')).to.deep.equal({
      kind: 'Violated',
      of: 'action property',
      property: 'OnlyUp',
    });
    expect(outcomeOf('initial-property')).to.include({ of: 'temporal property', property: 'StartsAtOne' });
  });

  it('is named for a temporal property only when it was the only one', () => {
    expect(outcomeOf('lasso')).to.deep.equal({ kind: 'Violated', of: 'temporal property' });
    expect(outcomeOf('lasso', { enabledProperties: ['StaysAtTop'] })).to.include({ property: 'StaysAtTop' });
    expect(outcomeOf('two-temporal', { enabledProperties: ['Reaches', 'StaysAtTop'] })).to.not.have.property(
      'property',
    );
  });

  it('decides also when another error was reported before', () => {
    const assertion =
      /@!@!@STARTMSG 2132[\s\S]*?ENDMSG 2132 @!@!@\n/.exec(readFixture('assert.out'))?.[0] ?? '';
    const reading = readCaptured('invariant', { stdout: assertion + readFixture('invariant.out') });
    expect(reading.outcome).to.include({ kind: 'Violated', property: 'Small' });
    expect(reading.messages.map((message) => message.code)).to.deep.equal([2132, 2110]);
  });

  it('comes with its behaviour, and an evaluation error with the one that led to it', () => {
    expect(readCaptured('lasso').behaviour?.ending.kind).to.equal('back');
    expect(readCaptured('stuttering').behaviour?.ending.kind).to.equal('stutters');
    for (const name of ['assert', 'invariant-fails', 'half-assigned']) {
      expect(readCaptured(name).behaviour?.states, name).to.have.length(2);
    }
    expect(readCaptured('holds')).to.not.have.property('behaviour');
  });
});

describe('faults of the spec', () => {
  const faults: [name: string, outcome: Outcome][] = [
    [
      'parse-error',
      {
        kind: 'SpecError',
        message: 'Parse error: Encountered "Beginning of definition" at line 6, column 1 and token "1"',
        span: span('ParseError', 6, 1, 6, 1),
      },
    ],
    [
      'lexical-error',
      {
        kind: 'SpecError',
        message: 'Lexical error at line 3, column 16. Encountered: " " (32), after: "?"',
        span: span('LexicalError', 3, 16, 3, 16),
      },
    ],
    [
      'open-comment',
      {
        kind: 'SpecError',
        message: 'Lexical error: EOF reached, possibly open comment starting around line 4',
        span: span('OpenComment', 4, 1, 4, 1),
      },
    ],
    [
      'semantic-error',
      {
        kind: 'SpecError',
        message:
          "Unknown operator: `zero'. (line 3, col 13 to line 3, col 16 of module SemanticError) and 1 more error",
        span: span('SemanticError', 3, 13, 3, 16),
      },
    ],
    [
      'missing-module',
      {
        kind: 'SpecError',
        message: 'Cannot find source file for module Nowhere imported in module MissingModule.',
      },
    ],
    [
      'missing-cfg',
      {
        kind: 'SpecError',
        message:
          'TLC encountered the following error when trying to read the configuration file nowhere.cfg: File not found.',
      },
    ],
    [
      'no-value',
      {
        kind: 'SpecError',
        message: 'The constant parameter N is not assigned a value by the configuration file.',
      },
    ],
    [
      'unknown-property',
      {
        kind: 'SpecError',
        message:
          'The invariant Nowhere specified in the configuration file is not defined in the specification.',
      },
    ],
    [
      'assume-false',
      {
        kind: 'AssumptionFalse',
        message: 'Assumption line 4, col 17 to line 4, col 21 of module Assumes is false. (and 1 more)',
        span: span('Assumes', 4, 17, 4, 21),
      },
    ],
    [
      'nested-evaluation',
      {
        kind: 'EvaluationError',
        message: 'Attempted to apply Tail to the empty sequence.',
        span: span('Nested', 6, 30, 6, 48),
      },
    ],
    [
      'assert',
      {
        kind: 'EvaluationError',
        message:
          'The first argument of Assert evaluated to FALSE; the second argument was: <<"x is too big", 1>>',
        span: span('Asserts', 5, 9, 5, 44),
      },
    ],
  ];
  for (const [name, outcome] of faults) {
    it(`are one line and a place: ${name}`, () => {
      expect(outcomeOf(name)).to.deep.equal(outcome);
    });
  }

  it('name the invariant that could not be evaluated', () => {
    expect(messageOf(outcomeOf('invariant-fails'))).to.match(
      /^Evaluating invariant Inv failed\. Naturals\.Plus: Cannot/,
    );
  });

  it('name the variables that a step leaves unassigned', () => {
    expect(messageOf(outcomeOf('half-assigned'))).to.include('not assigned: y, z.');
  });
});

describe('a run that did not end by itself', () => {
  it('is Timeout when its deadline had passed, and says after how many seconds', () => {
    expect(outcomeOf('explosion-terminated', { timedOut: 4 })).to.deep.equal({ kind: 'Timeout', seconds: 4 });
  });

  it('is Interrupted when the user ended it', () => {
    expect(outcomeOf('explosion-terminated', { interrupted: true })).to.deep.equal({ kind: 'Interrupted' });
  });

  it('is not Holds when its deadline had passed, whatever it printed', () => {
    expect(outcomeOf('holds', { timedOut: 4 }).kind).to.equal('Timeout');
  });

  it('is no error of the spec when the parser was ended, and Java had deleted what it was about to read', () => {
    const stdout = readFixture('ended-while-parsing.out');
    const ended = (changes: object) => outcomeOf('holds', { stdout, exit: 143, ...changes });
    expect(ended({ timedOut: 5 })).to.deep.equal({ kind: 'Timeout', seconds: 5 });
    expect(ended({ interrupted: true })).to.deep.equal({ kind: 'Interrupted' });
    expect(ended({}).kind).to.equal('Incomplete');
    expect(outcomeOf('parse-error', { timedOut: 5 }).kind).to.equal('SpecError');
  });

  it('is Violated when it had reported a violation before', () => {
    expect(outcomeOf('invariant', { timedOut: 4, exit: 143 }).kind).to.equal('Violated');
  });

  it('is NoResult when it was ended before it began to check', () => {
    const stdout = readFixture('holds.out').split('@!@!@STARTMSG 2185')[0] ?? '';
    expect(outcomeOf('holds', { stdout, exit: null, signal: 'SIGKILL' }).kind).to.equal('NoResult');
  });

  it('is not Holds wherever the log is cut, whatever it exits with', () => {
    for (const name of ['holds', 'temporal-holds', 'coverage']) {
      const log = readFixture(`${name}.out`);
      const end = log.lastIndexOf('@!@!@ENDMSG 2186 @!@!@') + '@!@!@ENDMSG 2186 @!@!@'.length;
      fc.assert(
        fc.property(fc.nat({ max: end - 1 }), fc.constantFrom(0, 1, 12, 143, null), (length, exit) => {
          const outcome = outcomeOf(name, { stdout: log.slice(0, length), exit });
          expect(outcome.kind).to.be.oneOf(['NoResult', 'Incomplete', 'Crashed']);
        }),
      );
    }
  });

  it('names no property whose name the log cuts off', () => {
    const log = readFixture('invariant.out');
    const stdout = log.slice(0, log.indexOf('Invariant Small') + 'Invariant Sm'.length);
    expect(outcomeOf('invariant', { stdout, exit: 143 }).kind).to.equal('Incomplete');
  });
});

describe('an engine that is not TLC, or contradicts itself', () => {
  const silent = { stdout: '', stderr: '' };

  it('is NoResult when it prints nothing', () => {
    for (const exit of [0, 1]) {
      const outcome = outcomeOf('holds', { ...silent, exit });
      expect(outcome).to.deep.equal({
        kind: 'NoResult',
        message: `the engine printed nothing and exited with ${exit}`,
      });
    }
  });

  it('is Crashed when it prints success and exits with 1', () => {
    const message = 'TLC reported success but exited with 1';
    expect(outcomeOf('holds', { exit: 1 })).to.deep.equal({ kind: 'Crashed', message });
  });

  it('is Crashed when it exits as for a violation and names none', () => {
    const stdout = readFixture('invariant.out').replace(/@!@!@STARTMSG 2110[\s\S]*ENDMSG 2217 @!@!@\n/, '');
    expect(messageOf(outcomeOf('invariant', { stdout }))).to.equal(
      'TLC exited with 12 (an invariant) but named no error',
    );
  });

  it('is Crashed when it reports a violation and exits as nothing explains', () => {
    expect(outcomeOf('invariant', { exit: 255 }).kind).to.equal('Crashed');
  });

  it('is NoResult when it prints something else, or success without its figures', () => {
    expect(outcomeOf('holds', { ...silent, stdout: 'hello\n' }).kind).to.equal('NoResult');
    const stdout = readFixture('holds.out').replace(
      /@!@!@STARTMSG (2199|2200|2190)[\s\S]*?ENDMSG \1 @!@!@\n/g,
      '',
    );
    expect(outcomeOf('holds', { stdout }).kind).to.equal('NoResult');
  });

  it('is NoResult when the totals are missing, though progress and the launcher tell of an empty queue', () => {
    const stdout = readFixture('holds.out').replace(/@!@!@STARTMSG 2199[\s\S]*?ENDMSG 2199 @!@!@\n/, '');
    expect(outcomeOf('holds', { stdout, stderr: '@wb progress 17 8 0 8\n' }).kind).to.equal('NoResult');
  });

  it('is NoResult when a log of success has an error message that is cut off', () => {
    const stdout = `${readFixture('holds.out')}@!@!@STARTMSG 2110:1 @!@!@\nInvar`;
    expect(outcomeOf('holds', { stdout }).kind).to.equal('NoResult');
  });

  it('is NoResult when it exits with 0 but does not say that no error was found, or how it searched', () => {
    for (const code of [2193, 2187]) {
      const message = new RegExp(`@!@!@STARTMSG ${code}[\\s\\S]*?ENDMSG ${code} @!@!@\\n`);
      const stdout = readFixture('holds.out').replace(message, '');
      expect(outcomeOf('holds', { stdout }).kind, String(code)).to.equal('NoResult');
    }
  });

  it('is NoResult when success is only printed text', () => {
    const stdout = 'Model checking completed. No error has been found.\n0 states left on queue.\n';
    expect(outcomeOf('holds', { ...silent, stdout }).kind).to.equal('NoResult');
  });

  it('is Incomplete when states are left on the queue', () => {
    const stdout = readFixture('holds.out').replace(/0 states left on queue\.\n@!@!@ENDMSG 2199/, '5$&');
    expect(outcomeOf('holds', { stdout }).kind).to.equal('Incomplete');
  });

  const jvmLines: Record<string, string> = {
    'bad-heap': 'Error occurred during initialization of VM: Too small maximum heap',
    'wrong-class': 'Error: Could not find or load main class tlc2.TLC',
    'no-main-class': 'no main manifest attribute, in /scratch/tlc.jar',
  };
  for (const [name, message] of Object.entries(jvmLines)) {
    it(`is Crashed with the JVM's own line: ${message}`, () => {
      expect(outcomeOf(name)).to.deep.equal({ kind: 'Crashed', message });
    });
  }

  it("is Crashed with the JVM's own line when the JVM itself fails in the middle", () => {
    expect(messageOf(outcomeOf('jvm-crash'))).to.match(
      /^A fatal error has been detected by the Java .*: +SIGSEGV/,
    );
  });

  it('finds the telling line behind options taken from the environment', () => {
    const stderr =
      'Picked up JAVA_TOOL_OPTIONS: -Xmx1\nInvalid maximum heap size: -Xmx99999t\nError: Could not create the Java Virtual Machine.\n';
    const message = 'Invalid maximum heap size: -Xmx99999t';
    expect(outcomeOf('holds', { stdout: '', stderr, exit: 1 })).to.deep.equal({ kind: 'Crashed', message });
  });

  it('takes options from the environment for noise', () => {
    expect(readCaptured('tool-options')).to.deep.include({ outcome: { kind: 'Holds' }, messages: [] });
  });
});

describe('simulation', () => {
  it('without a violation is Sampled and never Holds', () => {
    const reading = readCaptured('simulate', { simulate: true, simulatedTraces: 5 });
    expect(reading.outcome).to.deep.equal({ kind: 'Sampled' });
    expect(reading.counts).to.deep.equal({ generated: 51, traces: 5 });
    expect(outcomeOf('simulate', { simulate: false }).kind).to.equal('Sampled');
  });

  it('that was ended is not Sampled, and has no number of traces', () => {
    const reading = readCaptured('simulate', { simulate: true, simulatedTraces: 5, exit: 143 });
    expect(reading.outcome.kind).to.equal('Incomplete');
    expect(reading.counts).to.not.have.property('traces');
  });

  it('is Crashed when TLC searched instead', () => {
    expect(outcomeOf('holds', { simulate: true }).kind).to.equal('Crashed');
  });
});

describe('foldReading', () => {
  it('gives one outcome, and never Holds, for any text that is no log', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom(0, 1, 3, 143, null), (stdout, stderr, exit) => {
        const reading = foldReading({ ...capturedRun('holds'), stdout, stderr, exit });
        expect(reading.outcome.kind).to.be.oneOf(['NoResult', 'Crashed', 'OutOfMemory']);
      }),
    );
  });
});
