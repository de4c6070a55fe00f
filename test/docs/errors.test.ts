import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { EXIT } from '../../src/domain/problem.js';
import { readUsedCodes } from './used-codes.js';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

/** Rows of the tables whose first column is a code. */
const documented = [...page.matchAll(/^\| `([A-Z-]+)` \| (.+) \| (.+) \| (\d+) \|$/gm)].map((row) => ({
  code: row[1] ?? '',
  exit: Number(row[4]),
}));

describe('docs/errors.md', () => {
  const used = readUsedCodes();

  it('names every error code that src/ uses, and no other', () => {
    expect(used.unread, 'codes the test cannot read').to.deep.equal([]);
    expect(documented.map((row) => row.code).sort()).to.deep.equal([...used.exits.keys()].sort());
  });

  it('gives every code the exit code that src/ gives it', () => {
    for (const { code, exit } of documented) {
      expect([...(used.exits.get(code) ?? [])], code).to.deep.equal([exit]);
    }
  });

  it('lists the exit codes of the program', () => {
    const rows = [...page.matchAll(/^\| (\d+) \| `(\w+)` \|/gm)].map(([, exit, name]) => [
      name,
      Number(exit),
    ]);
    expect(Object.fromEntries(rows)).to.deep.equal(EXIT);
  });

  it('the reader of codes finds a code family, a condition and a constant', () => {
    for (const code of ['SMOKE-SCHEMA', 'RUN-AMBIGUOUS', 'JAVA-SILENT', 'EDIT-TWICE', 'INTERNAL']) {
      expect([...used.exits.keys()]).to.include(code);
    }
  });
});
