import { expect } from 'chai';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../../src/domain/problem.js';
import type { ReachabilityResult } from '../../../src/domain/reachability.js';
import { makeTempFolder, removeTempFolder } from '../../../src/host/temp-folders.js';
import { checkReachability } from '../../../src/native/reachability/reachability.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const fixtures = 'test/native/fixtures/reachability';

let stage: string;
/** The project's list without its exceptions, which belong to other code. */
let list: string;
before(async () => {
  stage = await makeTempFolder();
  const text = await readFile(join(root, 'native/async-signal-safe.json'), 'utf8');
  const { safe } = JSON.parse(text) as { safe: unknown };
  await writeFile(join(stage, 'list.json'), JSON.stringify({ safe }));
  list = relative(root, join(stage, 'list.json'));
});
after(() => removeTempFolder(stage));

const check = (file: string, allowed = list, flags: string[] = []) =>
  checkReachability(root, { files: [`${fixtures}/${file}`], allowed, flags });
/** Faults as `file:line: message`, without the folder. */
const linesOf = (result: ReachabilityResult): string[] =>
  result.faults.map((f) => `${f.path.replace(`${fixtures}/`, '')}:${f.line}: ${f.message}`);

describe('the check of handlers', () => {
  it('passes handlers that reach only what is listed, however they are registered', async () => {
    const result = await check('clean.cpp');
    expect(linesOf(result)).to.deep.equal([]);
    expect(result.state).to.equal('passed');
    expect(result.handlers.map((h) => [h.name, h.kinds[0], h.registered[0]?.by])).to.deep.equal([
      ['clean::onSignal', 'signal handler', 'signal'],
      ['clean::onInfo', 'signal handler', 'sigaction'],
      ['clean::Watch::onMember', 'signal handler', 'signal'],
      ['clean::afterForkInChild', 'child handler of a fork', 'pthread_atfork'],
      ['lambda in clean::install', 'signal handler', 'signal'],
    ]);
    expect(result.handlers[0]).to.deep.include({ functions: 2, calls: ['__errno_location', 'write'] });
    // SIG_IGN is a registration without a handler.
    expect(result.without).to.equal(1);
  });

  it('finds malloc two calls below a handler, with every call on the way', async () => {
    const result = await check('malloc-two-deep.cpp');
    expect(result.state).to.equal('failed');
    expect(linesOf(result)).to.deep.equal([
      'malloc-two-deep.cpp:5: handler onInterrupt reaches malloc through logStats, grow (async-signal-unsafe)',
    ]);
    expect(result.faults[0]?.trail).to.deep.equal([
      `${fixtures}/malloc-two-deep.cpp:13: onInterrupt calls logStats`,
      `${fixtures}/malloc-two-deep.cpp:9: logStats calls grow`,
      `${fixtures}/malloc-two-deep.cpp:5: grow calls malloc`,
    ]);
    expect(result.faults[0]?.hint).to.contain('set a flag');
  });

  it('goes into other files, and keeps static functions of one name apart', async () => {
    expect(linesOf(await check('two-files'))).to.deep.equal([
      'two-files/report.cpp:4: handler onInterrupt reaches puts through report, sharedReport (async-signal-unsafe)',
    ]);
  });

  it('a weak function or variable may be that of another file', async () => {
    expect(linesOf(await check('weak'))).to.deep.equal([
      'weak/strong.c:3: handler onTerminate calls printf (async-signal-unsafe)',
      'weak/strong.c:6: handler onInterrupt reaches puts through note (async-signal-unsafe)',
    ]);
  });

  it('a registering function as the first value of a variable is a fault: calls through it are not seen', async () => {
    expect(linesOf(await check('first-value.c'))).to.deep.equal([
      'first-value.c:1: handler not resolved: table takes the address of pthread_atfork, and calls through it are not seen',
    ]);
  });

  it('follows arrays that are copied whole', async () => {
    expect(linesOf(await check('copied-array.c'))).to.deep.equal([
      'copied-array.c:6: handler second calls fflush (async-signal-unsafe)',
    ]);
  });

  it('a file that is left out makes its functions unsafe', async () => {
    expect(linesOf(await check('two-files/install.cpp'))).to.deep.equal([
      'two-files/install.cpp:5: handler onInterrupt reaches sharedReport through report (async-signal-unsafe)',
    ]);
  });

  it('follows initialisers, literals, constants, tables, pointers, copies, parameters and results to the handler', async () => {
    expect(linesOf(await check('designated.c'))).to.deep.equal([
      'designated.c:6: handler fromInitialiser calls printf (async-signal-unsafe)',
      'designated.c:7: handler fromLiteral calls fprintf (async-signal-unsafe)',
      'designated.c:8: handler fromTemplate calls perror (async-signal-unsafe)',
      'designated.c:9: handler fromTable calls putchar (async-signal-unsafe)',
      'designated.c:10: handler fromPointer calls puts (async-signal-unsafe)',
      'designated.c:11: handler fromCopy calls fflush (async-signal-unsafe)',
      'designated.c:12: handler fromParameter calls rewind (async-signal-unsafe)',
      'designated.c:13: handler fromResult calls clearerr (async-signal-unsafe)',
    ]);
  });

  it('a handler is found by where it lies, whatever types its place is written and read by', async () => {
    expect(linesOf(await check('views.c'))).to.deep.equal([
      'views.c:5: handler fromArgument calls printf (async-signal-unsafe)',
      'views.c:6: handler fromBase calls fprintf (async-signal-unsafe)',
      'views.c:7: handler fromUnion calls putchar (async-signal-unsafe)',
      'views.c:8: handler fromCopy calls fflush (async-signal-unsafe)',
    ]);
  });

  for (const [file, lines] of Object.entries({
    'lambda.cpp': ['lambda.cpp:5: handler lambda in install calls printf (async-signal-unsafe)'],
    'local-static.cpp': [
      'local-static.cpp:5: handler onInterrupt reaches __cxa_guard_acquire through readOnce (async-signal-unsafe)',
      'local-static.cpp:5: handler onInterrupt reaches __cxa_guard_release through readOnce (async-signal-unsafe)',
    ],
    'throwing.cpp': [
      'throwing.cpp:4: handler onInterrupt calls operator new (async-signal-unsafe)',
      'throwing.cpp:5: handler onInterrupt calls __cxa_allocate_exception (async-signal-unsafe)',
      'throwing.cpp:5: handler onInterrupt calls __cxa_throw (async-signal-unsafe)',
    ],
    'always-inline.cpp': [
      'always-inline.cpp:4: handler onInterrupt reaches free through drop (async-signal-unsafe)',
    ],
    'assembly.c': ['assembly.c:3: handler onInterrupt calls inline assembly: what it does is not known'],
    'virtual.cpp': [
      'virtual.cpp:10: handler onInterrupt calls a function through a pointer: which one is not known',
    ],
    'chain.cpp': [
      'chain.cpp:11: handler chain::onInterrupt calls a function through a pointer: which one is not known',
    ],
    'thread-local.cpp': [
      'thread-local.cpp:9: handler computedInChild reaches the initialiser of a thread-local variable through the wrapper of computed (async-signal-unsafe)',
      'thread-local.cpp:9: handler computedInChild reaches the loader for the thread-local computed through the wrapper of computed (async-signal-unsafe)',
      'thread-local.cpp:10: handler streamInChild calls the loader for the thread-local stream (async-signal-unsafe)',
    ],
    'overload.cpp': ['overload.cpp:6: handler onInterrupt calls write (async-signal-unsafe)'],
    'declared.cpp': [
      'declared.cpp:5: handler elsewhere, which install hands to signal, is only declared: its code is in none of the files',
    ],
    'restore.cpp': [
      'restore.cpp:13: handler not resolved: what stop hands to sigaction may be the handler that was installed before',
    ],
    'unresolved.cpp': [
      'unresolved.cpp:6: handler not resolved: what installConfigured hands to signal may be configured, which is defined in none of the files',
      'unresolved.cpp:8: handler not resolved: what installGiven hands to signal may be a parameter of installGiven, which these files never call',
      'unresolved.cpp:10: handler not resolved: what installNumber hands to signal may be an expression that is not followed',
      'unresolved.cpp:14: handler not resolved: findInstall takes the address of sigaction, and calls through it are not seen',
    ],
    'out-of-sight.c': [
      'out-of-sight.c:11: handler not resolved: what installFound hands to sigaction may be what is written through the result of a call through a pointer',
      'out-of-sight.c:20: handler not resolved: what installPeer hands to signal may be what is written through a pointer in itself',
      'out-of-sight.c:25: handler not resolved: what installNothing hands to sigaction may be a value that none of these files sets',
    ],
    'by-name.cpp': [
      'by-name.cpp:11: handler not resolved: find takes the address of pthread_atfork, and calls through it are not seen',
      'by-name.cpp:15: handler not resolved: installByName takes the address of signal, and calls through it are not seen',
    ],
    'no-child.cpp': [
      `workbench.json:1: nothing to check: no signal handler and no fork handler is registered in ${fixtures}/no-child.cpp (2 registrations, none with a handler)`,
    ],
    'broken.cpp': ["broken.cpp:3: does not compile: use of undeclared identifier 'undeclared'"],
  })) {
    it(`fails ${file}, and says where and why`, async () => {
      const result = await check(file);
      expect(result.state).to.equal('failed');
      expect(linesOf(result)).to.deep.equal(lines);
      for (const fault of result.faults) expect(fault.hint).to.not.equal('');
    });
  }

  it('fails a static member function that builds a string', async () => {
    const lines = linesOf(await check('member.cpp'));
    expect(lines[0]).to.equal(
      'member.cpp:6: handler Profiler::handle calls std::string::operator= (async-signal-unsafe)',
    );
  });

  it('an option of the user that optimises does not hide a call', async () => {
    const result = await check('always-inline.cpp', undefined, ['-O2', '-std=c++20', '-std=c11']);
    expect(linesOf(result)).to.have.length(1);
  });

  it('a thread-local variable that the loader places at the start is no call', async () => {
    const result = await check('thread-local.cpp', undefined, ['-ftls-model=initial-exec']);
    expect(result.faults.map((f) => f.handler)).to.deep.equal(['computedInChild']);
  });
});

describe('exceptions of the check of handlers', () => {
  let own: string;
  beforeEach(async () => {
    own = await makeTempFolder();
    await symlink(join(root, fixtures), join(own, 'native'));
  });
  afterEach(() => removeTempFolder(own));

  const checkWith = async (file: string, exceptions: unknown[]) => {
    const safe = [{ reason: 'for the tests', names: ['write'] }];
    await writeFile(join(own, 'list.json'), JSON.stringify({ safe, exceptions }, null, 2));
    return checkReachability(own, { files: [file], allowed: 'list.json' });
  };
  const because = 'it was there before this library came';

  it('an indirect call that is listed with its reason passes, and the reason is shown', async () => {
    const listed = { function: 'chain::onInterrupt', kind: 'indirect call', reason: because };
    const result = await checkWith('native/chain.cpp', [listed]);
    expect(result.state).to.equal('passed');
    expect(result.handlers[0]?.excused).to.deep.equal([`chain::onInterrupt: indirect call: ${because}`]);
  });

  it('a registration that is listed passes, and so does assembly', async () => {
    const handler = { function: 'stop', kind: 'handler', reason: because };
    expect((await checkWith('native/restore.cpp', [handler])).state).to.equal('passed');
    const assembly = { function: 'onInterrupt', kind: 'inline assembly', reason: because };
    expect((await checkWith('native/assembly.c', [assembly])).state).to.equal('passed');
  });

  it('one that is listed for another kind, or for another function, excuses nothing and is a fault itself', async () => {
    const wrong = [
      { function: 'chain::onInterrupt', kind: 'inline assembly', reason: because },
      { function: 'other', kind: 'indirect call', reason: because },
    ];
    const result = await checkWith('native/chain.cpp', wrong);
    expect(result.faults.map((f) => [f.path, f.line, f.kind])).to.deep.equal([
      ['list.json', 12, 'unused exception'],
      ['list.json', 17, 'unused exception'],
      ['native/chain.cpp', 11, 'indirect call'],
    ]);
  });

  it('one call more than the list says is a fault, and one fewer', async () => {
    const text = await readFile(join(root, fixtures, 'chain.cpp'), 'utf8');
    await mkdir(join(own, 'src'));
    const twice = text.replace('seen = 1;', 'seen = 1;\n  previous.sa_sigaction(number, nullptr, nullptr);');
    await writeFile(join(own, 'src', 'twice.cpp'), twice);
    const listed = { function: 'onInterrupt', kind: 'indirect call', reason: because };
    const more = await checkWith('src/twice.cpp', [listed]);
    expect(more.faults.map((f) => [f.line, f.kind])).to.deep.equal([[12, 'indirect call']]);
    expect((await checkWith('src/twice.cpp', [{ ...listed, count: 2 }])).state).to.equal('passed');
    const fewer = await checkWith('src/twice.cpp', [{ ...listed, count: 3 }]);
    expect(fewer.faults.map((f) => f.message)).to.deep.equal([
      'the exception for onInterrupt covers 3 × indirect call, and the handlers reach 2',
    ]);
  });

  it('what an excused call is known to reach is followed all the same', async () => {
    const source = [
      '#include <signal.h>',
      '#include <stdlib.h>',
      'static void target(int number) { free((void *)(long)number); }',
      'static void (*step)(int) = target;',
      'static void onInterrupt(int number) { step(number); }',
      'void install(void) { signal(SIGINT, onInterrupt); }',
    ];
    await mkdir(join(own, 'src'));
    await writeFile(join(own, 'src', 'step.c'), source.join('\n'));
    const listed = { function: 'onInterrupt', kind: 'indirect call', reason: because };
    const result = await checkWith('src/step.c', [listed]);
    expect(result.faults.map((f) => f.message)).to.deep.equal([
      'handler onInterrupt reaches free through target (async-signal-unsafe)',
    ]);
  });
});

describe('the check of handlers in a bad environment', () => {
  let own: string;
  beforeEach(async () => {
    own = await makeTempFolder();
  });
  afterEach(() => removeTempFolder(own));

  const problemOf = async (work: Promise<unknown>): Promise<Problem> => {
    const error = await work.catch((e: unknown) => e);
    expect(error).to.be.instanceOf(Problem);
    return error as Problem;
  };

  it('without clang it is not run, which is no pass', async () => {
    const config = { files: [fixtures], allowed: list };
    const result = await checkReachability(root, config, { env: { PATH: own } });
    expect(result).to.deep.include({ state: 'not run', reason: 'clang-19 is not installed', handlers: [] });
  });

  it('a clang whose IR is of another kind is not used', async () => {
    const script = '#!/bin/sh\necho "Debian clang version 13.0.1"\n';
    await writeFile(join(own, 'clang-19'), script, { mode: 0o755 });
    const config = { files: [fixtures], allowed: list };
    const result = await checkReachability(root, config, { env: { PATH: own } });
    expect(result.reason).to.equal('clang-19 is too old (Debian clang version 13.0.1)');
  });

  it('a system header that is not installed makes it not run', async () => {
    const result = await check('missing-header.cpp');
    expect(result.state).to.equal('not run');
    expect(result.reason).to.equal("does not compile: 'no-such-library/header.h' file not found");
  });

  it('a missing header beside a fault that is shown leaves the fault', async () => {
    const files = [`${fixtures}/missing-header.cpp`, `${fixtures}/lambda.cpp`];
    const result = await checkReachability(root, { files, allowed: list });
    expect(result.state).to.equal('failed');
  });

  it('a path with blanks and letters of other scripts is read', async () => {
    const folder = join(own, 'ein Ordner', 'обработчик');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'a b.cpp'), await readFile(join(root, fixtures, 'malloc-two-deep.cpp')));
    await writeFile(join(own, 'list.json'), '{"safe":[{"reason":"r","names":["write"]}]}');
    const result = await checkReachability(own, { files: ['ein Ordner'], allowed: 'list.json' });
    expect(result.faults[0]).to.deep.include({ path: 'ein Ordner/обработчик/a b.cpp', line: 5 });
  });

  it('a list, a file or a folder that is not there is wrong input', async () => {
    const noList = await problemOf(check('clean.cpp', 'native/no-such-list.json'));
    expect(noList.message).to.match(/^native\/no-such-list\.json: no such file/);
    const noFile = await problemOf(check('no-such-file.cpp'));
    expect([noFile.code, noFile.exit]).to.deep.equal(['REACH-MISSING', 2]);
  });

  it('a wrong key of the list is wrong input, with its line', async () => {
    await writeFile(join(own, 'list.json'), '{\n  "safe": [{ "reason": "r", "name": ["write"] }]\n}');
    const problem = await problemOf(checkReachability(own, { files: ['.'], allowed: 'list.json' }));
    expect(problem.message).to.match(/^list\.json:2: /);
    expect(problem.code).to.equal('REACH-SCHEMA');
  });
});

describe('native/async-signal-safe.json', () => {
  it("has POSIX's functions, and neither fork nor any that takes a lock", async () => {
    const text = await readFile(join(root, 'native/async-signal-safe.json'), 'utf8');
    const { safe } = JSON.parse(text) as { safe: { names: string[] }[] };
    const names = safe.flatMap((group) => group.names);
    expect(names).to.include.members(['write', '_exit', 'raise', 'sigaction', '_Fork', 'llvm.memcpy']);
    for (const name of ['malloc', 'free', 'printf', 'exit', 'fork', 'aio_suspend', 'pthread_mutex_lock']) {
      expect(names).to.not.include(name);
    }
    expect(new Set(names).size).to.equal(names.length);
  });
});
