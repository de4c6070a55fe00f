import { expect } from 'chai';
import { foldClaimMap, type DeclaredClaims } from '../../src/evidence/claim-map.js';
import type { AnchorMap } from '../../src/domain/run-record.js';

const module: DeclaredClaims = {
  name: 'M',
  fileRel: 'specs/M/M.tla',
  manifestRel: 'specs/M/manifest.json',
  claims: {
    Safe: { statement: 'is safe', kind: 'invariant' },
    Bare: { statement: 'has no code', kind: 'invariant' },
    TypeOK: { statement: 'types', kind: 'invariant', auxiliary: true },
  },
};
const anchors = (functions: AnchorMap['functions']): AnchorMap => ({ functions, faults: [], sources: [] });
const at = (
  name: string,
  line: number,
  claims: string[],
  unmodelled?: string,
): AnchorMap['functions'][number] => ({
  name,
  path: 'native/a.cpp',
  line,
  claims,
  ...(unmodelled === undefined ? {} : { unmodelled }),
});

describe('the claim map', () => {
  it('lists the functions of each claim', () => {
    const map = foldClaimMap([module], anchors([at('f', 3, ['M!Safe', 'M!Bare']), at('g', 9, ['M!Safe'])]));
    expect(map.entries.map((e) => `${e.id}: ${e.functions.map((f) => f.name).join(' ')}`)).to.deep.equal([
      'M!Safe: f g',
      'M!Bare: f',
      'M!TypeOK: ',
    ]);
    expect(map.faults).to.deep.equal([]);
  });

  it('a claim without native function is a fault, an auxiliary one is not', () => {
    const map = foldClaimMap([module], anchors([at('f', 3, ['M!Safe'])]));
    expect(map.faults).to.deep.equal([
      { path: 'specs/M/manifest.json', line: 1, message: 'claim M!Bare has no native function' },
    ]);
  });

  it('an anchor to an unknown claim dangles, and the nearest known one is named', () => {
    const map = foldClaimMap([module], anchors([at('f', 3, ['M!Safe', 'M!Bare']), at('g', 9, ['M!Saef'])]));
    expect(map.faults).to.deep.equal([
      {
        path: 'native/a.cpp',
        line: 9,
        message: 'dangling @claim above g: no module declares M!Saef; did you mean M!Safe?',
      },
    ]);
  });

  it('functions without spec are kept with their reasons', () => {
    const map = foldClaimMap([], anchors([at('f', 3, [], 'prints only')]));
    expect(map.unmodelled).to.deep.equal([
      { name: 'f', path: 'native/a.cpp', line: 3, reason: 'prints only' },
    ]);
  });
});
