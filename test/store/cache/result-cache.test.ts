import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../../src/host/files.js';
import { besidePath, entryPath } from '../../../src/store/cache/entry-files.js';
import { resultFolder } from '../../../src/store/cache/place.js';
import { openResultCache, type CacheOptions } from '../../../src/store/cache/result-cache.js';

const KEY = sha256('inputs');
const NOW = Date.parse('2026-01-02T00:00:00Z');

describe('the cache of results', () => {
  let home: string;
  let env: NodeJS.ProcessEnv;
  let notes: string[];
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'wb-results-'));
    env = { XDG_CACHE_HOME: join(home, 'cache') };
    notes = [];
  });
  afterEach(async () => {
    await rm(home, { recursive: true, force: true });
  });

  const open = (options: Partial<CacheOptions> = {}) =>
    openResultCache({ env, now: () => NOW, onNote: (line) => notes.push(line), ...options });
  const log = (text = 'what TLC said'): string => {
    const file = join(home, `run-${sha256(text).slice(0, 6)}.log`);
    writeFileSync(file, text);
    return file;
  };
  const keep = (key = KEY, parts = ['{"a":1}'], text?: string, options: Partial<CacheOptions> = {}) => {
    const cache = open(options);
    cache.keep('run', key, { from: 'r1', at: '2026-01-01T00:00:00.000Z', parts, files: [log(text)] });
    return cache;
  };
  const target = (): string => join(home, 'next', 'logs', '0001.log');
  const find = (options: Partial<CacheOptions> = {}) => open(options).find('run', KEY, 'M', [target()]);
  const entry = (key = KEY): string => entryPath(resultFolder(env), 'run', key);

  it('gives back what was kept, where it comes from, and puts its log into place', () => {
    keep();
    expect(find()).to.deep.equal({ from: 'r1', at: '2026-01-01T00:00:00.000Z', parts: ['{"a":1}'] });
    expect(readFileSync(target(), 'utf8')).to.equal('what TLC said');
  });

  it('a log that was pruned with its record is still there', async () => {
    keep();
    await rm(log());
    expect(find()).to.have.property('from', 'r1');
    expect(existsSync(target())).to.equal(true);
  });

  it('finds nothing under another key, with --fresh, and with a size of 0', () => {
    keep();
    expect(open().find('run', sha256('other inputs'), 'M')).to.equal(undefined);
    expect(find({ fresh: true })).to.equal(undefined);
    expect(find({ env: { ...env, TLA_WORKBENCH_CACHE_MB: '0' } })).to.equal(undefined);
    expect(notes).to.deep.equal([]);
  });

  it('what is kept with --fresh replaces what was there', () => {
    keep();
    keep(KEY, ['{"a":2}'], 'anew', { fresh: true });
    expect(find()?.parts).to.deep.equal(['{"a":2}']);
    expect(readFileSync(target(), 'utf8')).to.equal('anew');
  });

  it('a damaged entry is said once, is not used, and can be kept anew', () => {
    keep();
    writeFileSync(entry(), readFileSync(entry(), 'utf8').replace('"a":1', '"a":9'));
    expect(find()).to.equal(undefined);
    expect(notes).to.deep.equal([
      'cache: the entry of M is damaged (its content is not what was stored); not used',
    ]);
    expect(find()).to.equal(undefined);
    expect(notes).to.have.length(1);
    keep();
    expect(find()).to.have.property('from', 'r1');
  });

  it('an entry whose log was changed is damaged, and leaves no log behind', () => {
    keep();
    const beside = besidePath(resultFolder(env), 'run', KEY, sha256('what TLC said'));
    writeFileSync(beside, 'what TLC never said');
    expect(find()).to.equal(undefined);
    expect(notes.join()).to.contain('a file of it is not what was stored');
    expect(existsSync(target())).to.equal(false);
    keep();
    expect(find()).to.have.property('from', 'r1');
  });

  for (const [what, pathOf] of [
    ['an entry', () => entry()],
    ['a log of an entry', () => besidePath(resultFolder(env), 'run', KEY, sha256('what TLC said'))],
  ] as const)
    it(`a folder in the place of ${what} is damage; it is said once, and makes way for what is kept next`, async () => {
      keep();
      await rm(pathOf());
      await mkdir(join(pathOf(), 'with'), { recursive: true });
      expect(find()).to.equal(undefined);
      expect(notes.join()).to.match(/^cache: the entry of M is damaged \(EISDIR\); not used$/);
      expect(existsSync(target())).to.equal(false);
      keep();
      expect(find()).to.have.property('from', 'r1');
      expect(notes).to.have.length(1);
    });

  it('an entry that cannot be read makes way for what is kept next, and is said', async () => {
    keep();
    await rm(entry());
    symlinkSync(entry(), entry());
    expect(find()).to.equal(undefined);
    expect(notes).to.deep.equal(['cache: the entry of M is damaged (ELOOP); not used']);
    keep();
    expect(find()).to.have.property('from', 'r1');
  });

  it('an entry whose log is gone is none, and that is no damage', async () => {
    keep();
    await rm(besidePath(resultFolder(env), 'run', KEY, sha256('what TLC said')));
    expect(find()).to.equal(undefined);
    expect(notes).to.deep.equal([]);
  });

  it('two that keep one key at once leave the whole result of one of them', () => {
    const [a, b] = [open(), open()];
    const result = (word: string) => ({ from: word, at: '', parts: [`"${word}"`], files: [log(word)] });
    for (let i = 0; i < 20; i += 1) {
      a.keep('run', KEY, result('a'));
      b.keep('run', KEY, result('b'));
      const found = find();
      expect(found?.parts).to.deep.equal([`"${found?.from ?? ''}"`]);
      expect(readFileSync(target(), 'utf8')).to.equal(found?.from);
    }
    expect(notes).to.deep.equal([]);
    expect(readdirSync(join(entry(), '..')).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
  });

  it('a folder that cannot be written to is said once, and nothing fails', async () => {
    await mkdir(join(home, 'cache'));
    writeFileSync(join(home, 'cache', 'tla-workbench'), 'a file where a folder should be');
    const cache = keep();
    cache.keep('run', sha256('2'), { from: 'r1', at: '', parts: ['1'], files: [] });
    cache.close();
    expect(find()).to.equal(undefined);
    expect(notes).to.have.length(1);
    expect(notes[0]).to.match(/^cache: results cannot be kept in .* \(ENOTDIR|EEXIST\)$/);
  });

  it('keeps within its size: what was used least recently goes first, with its log', () => {
    const keys = ['1', '2', '3', '4'].map((name) => sha256(name));
    keys.forEach((key, i) => {
      keep(key, ['1'], 'x'.repeat(1000) + String(i));
      utimesSync(entry(key), i + 1000, i + 1000);
    });
    // The oldest is used: then the second is the least recently used.
    expect(open().find('run', keys[0] ?? '', 'M', [target()])).to.not.equal(undefined);
    const cache = open({ limitBytes: 3 * 1400 });
    cache.keep('run', sha256('5'), { from: 'r1', at: '', parts: ['1'], files: [] });
    cache.close();
    expect(keys.map((key) => existsSync(entry(key)))).to.deep.equal([true, false, true, true]);
    const left = keys.map(
      (key) => readdirSync(join(entry(key), '..')).filter((n) => n.startsWith(key)).length,
    );
    expect(left[1]).to.equal(0);
  });

  it('what a killed workbench left behind goes when it is old, and not before', () => {
    keep();
    const left = `${entry()}.${'0'.repeat(8)}.tmp`;
    writeFileSync(left, 'half');
    const trim = (hours: number): void => {
      const cache = open({ now: () => Date.now() + hours * 3_600_000 });
      cache.keep('run', KEY, { from: 'r1', at: '', parts: ['1'], files: [] });
      cache.close();
    };
    trim(0);
    expect(existsSync(left)).to.equal(true);
    trim(2);
    expect(existsSync(left)).to.equal(false);
  });
});
