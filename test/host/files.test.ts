import { expect } from 'chai';
import fc from 'fast-check';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../src/domain/problem.js';
import { canonicalPieces, insertKey, rememberText } from '../../src/host/canonical-json.js';
import {
  canonicalJson,
  parseJson,
  sha256,
  sha256File,
  sha256Json,
  writeFileAtomic,
} from '../../src/host/files.js';
import { addLazy, lazyArray } from '../../src/host/lazy.js';

const shuffle = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffle);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffle(member)]),
  );
};

describe('host/files', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fîles '));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('an atomic write makes folders, replaces, and leaves nothing beside the file', async () => {
    const path = join(folder, 'deep', 'run.json');
    await writeFileAtomic(path, 'old');
    await writeFileAtomic(path, 'new');
    expect(await readFile(path, 'utf8')).to.equal('new');
    expect(await readdir(join(folder, 'deep'))).to.deep.equal(['run.json']);
  });

  it('a write that fails keeps what was there and leaves nothing behind', async () => {
    const path = join(folder, 'taken');
    await mkdir(join(path, 'inside'), { recursive: true });
    const failure = await writeFileAtomic(path, 'x').catch((error: unknown) => error);
    expect(failure).to.be.an('error');
    expect((await readdir(folder)).filter((name) => name.includes('tmp'))).to.deep.equal([]);
  });

  it('many writers at once leave one of the whole files', async () => {
    const path = join(folder, 'contended');
    const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(50_000));
    await Promise.all(texts.map((text) => writeFileAtomic(path, text)));
    expect(texts).to.contain(await readFile(path, 'utf8'));
  });

  it('canonical JSON does not depend on the order of keys and keeps the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        expect(canonicalJson(shuffle(plain))).to.equal(canonicalJson(plain));
        expect(JSON.parse(canonicalJson(plain))).to.deep.equal(plain);
      }),
      { numRuns: 200 },
    );
    expect(canonicalJson({ b: 1, a: undefined })).to.equal('{"b":1}');
  });

  it('hashes of text, file and value agree with sha256', async () => {
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(sha256('')).to.equal(empty);
    await writeFileAtomic(join(folder, 'hashed'), '{"a":1}');
    expect(await sha256File(join(folder, 'hashed'))).to.equal(sha256Json({ a: 1 }));
  });

  it('broken JSON is a Problem with file and line', () => {
    const read = (text: string): string => {
      try {
        parseJson(text, 'specs/X/manifest.json');
        return 'read';
      } catch (error) {
        return error instanceof Problem ? error.message : 'another error';
      }
    };
    expect(read('{\n  "a": 1,\n  "b": }\n')).to.match(/^specs\/X\/manifest\.json:3: not JSON/);
    expect(read('{\n  "a": [1,\n')).to.match(/^specs\/X\/manifest\.json:2: not JSON/);
  });
});

describe('canonical JSON whose parts are known', () => {
  const keys = fc.dictionary(fc.string(), fc.jsonValue());

  it('with a key inserted is that of the object with the key', () => {
    fc.assert(
      fc.property(keys, fc.string(), fc.jsonValue(), (object, key, value) => {
        const { [key]: _replaced, ...rest } = object;
        expect(insertKey(canonicalJson(rest), key, canonicalJson(value))).to.equal(
          canonicalJson({ ...rest, [key]: value }),
        );
      }),
    );
  });

  it('in pieces is the same text', () => {
    const members = fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.constant(undefined)));
    fc.assert(
      fc.property(members, (object) => {
        expect(canonicalPieces(object).join('')).to.equal(canonicalJson(object));
      }),
    );
    const known = rememberText({ b: 1 }, '{"b":1}');
    expect(canonicalPieces({ z: [known, undefined], y: known })).to.deep.equal([
      ...['{"y":{"b":1}', ',"z":[', '{"b":1}', ',null', ']', '}'],
    ]);
  });

  it('is written as it was remembered, however deep it stands', () => {
    const known = rememberText({ b: 1, a: [2] }, '{"a":[2],"b":1}');
    expect(canonicalJson({ z: [known], y: 0 })).to.equal('{"y":0,"z":[{"a":[2],"b":1}]}');
  });
});

describe('lazy values', () => {
  it('are made at the first look, once, and then are a value like any other', () => {
    let made = 0;
    const states = lazyArray(3, () => {
      made += 1;
      return ['a', 'b', 'c'];
    });
    const view = addLazy({ id: 1 }, 'states', () => states.map((state) => state.toUpperCase()));
    expect([states.length, Object.keys(view), made]).to.deep.equal([3, ['id', 'states'], 0]);
    expect(JSON.stringify({ ...view })).to.equal('{"id":1,"states":["A","B","C"]}');
    expect([states.at(-1), [...states], states[0], Array.isArray(states), made]).to.deep.equal([
      'c',
      ['a', 'b', 'c'],
      'a',
      true,
      1,
    ]);
  });
});
