import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { EVIDENCE_PARTS } from '../../src/commands/session.js';

describe('the program that a record names', () => {
  it('is every folder of src/ but those that only show, compare or set up', () => {
    const folders = readdirSync(new URL('../../src', import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .filter((name) => !['report', 'gate', 'init'].includes(name));
    expect([...EVIDENCE_PARTS].sort()).to.deep.equal(folders.sort());
  });
});
