import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { findingKind } from '../../src/domain/manifest.js';

describe('docs/vacuity.md', () => {
  it('has a row for each kind of finding that a manifest can accept, and none besides', () => {
    const page = readFileSync(new URL('../../docs/vacuity.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]);
    expect(rows).to.have.members([...findingKind.options]);
  });
});
