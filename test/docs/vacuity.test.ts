import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { findingKind } from '../../src/domain/manifest.js';

describe('docs/vacuity.md and docs/manifest.md', () => {
  for (const page of ['vacuity', 'manifest'])
    it(`${page}.md has a row for each kind of finding that a manifest can accept, and none besides`, () => {
      const text = readFileSync(new URL(`../../docs/${page}.md`, import.meta.url), 'utf8');
      const table = text.slice(text.search(/^\| (Finding|`finding`) \|/m)).split('\n\n')[0] ?? '';
      const rows = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]);
      expect(rows.filter((row) => row !== 'finding')).to.have.members([...findingKind.options]);
    });
});
