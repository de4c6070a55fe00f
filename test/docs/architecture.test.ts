import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';

const root = fileURLToPath(new URL('../../', import.meta.url));
const architecture = readFileSync(`${root}docs/architecture.md`, 'utf8');
const pages = readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => `docs/${path.replaceAll('\\', '/')}`)
  .sort();

/** Text without fenced blocks: what they name belongs to an example. */
const proseOf = (page: string): string => readFileSync(root + page, 'utf8').replace(/^```[^]*?^```$/gm, '');

/** Paths in backticks that begin with a folder of this repository; `<…>` stands for something else each time. */
function namedPaths(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '');
  const folders = readdirSync(root, { withFileTypes: true }).filter((e) => e.isDirectory());
  return quoted.filter(
    (path) => folders.some((folder) => path.startsWith(`${folder.name}/`)) && !/[<>*…]/.test(path),
  );
}

describe('docs/architecture.md', () => {
  it('names every folder of src/ with a line of its own, from top to bottom as the import rule has them', () => {
    const rows = [...architecture.matchAll(/^\| `src\/(\w+)\/` \|/gm)].map((match) => match[1]);
    const folders = readdirSync(`${root}src`, { withFileTypes: true }).filter((e) => e.isDirectory());
    expect([...rows].sort()).to.deep.equal(folders.map((e) => e.name).sort());
    const rule = createRequire(import.meta.url)(`${root}.dependency-cruiser.cjs`) as {
      forbidden: { name: string }[];
    };
    const order = rule.forbidden.flatMap((r) => /^(\w+)-imports-only-downwards$/.exec(r.name)?.[1] ?? []);
    expect(rows).to.deep.equal(order.filter((folder) => rows.includes(folder)));
  });

  it('begins with principles, then the flow, the phases, the folders, the hard cases', () => {
    const headings = [...architecture.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
    expect(headings.map((h) => h?.split(/[ ,]/).slice(0, 2).join(' '))).to.deep.equal([
      ...['Principles', 'The flow', 'The phases', 'The folders', 'The hard'],
    ]);
  });

  it('the check of names finds a file that is gone', () => {
    const named = namedPaths('see `src/engine/gone.ts` and `src/<folder>/x.ts` and `npm test`');
    expect(named).to.deep.equal(['src/engine/gone.ts']);
    expect(existsSync(`${root}src/engine/gone.ts`)).to.equal(false);
  });
});

describe('the pages of docs/', () => {
  for (const page of pages) {
    it(`${page} names only files and folders that exist`, () => {
      const gone = namedPaths(proseOf(page)).filter((path) => !existsSync(root + path));
      // manifest.md and the how-tos speak of example files under specs/ that are the reader's own.
      const own = /^specs\/(Clock|Counter)\//;
      expect(gone.filter((path) => !own.test(path))).to.deep.equal([]);
    });

    it(`${page} links only to files that exist`, () => {
      const links = [...proseOf(page).matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map((match) => match[1] ?? '');
      const gone = links.filter((link) => !existsSync(new URL(link, `file://${root}${page}`)));
      expect(gone).to.deep.equal([]);
    });
  }

  it('hold no path of one machine and no address of a package registry', () => {
    for (const page of pages) {
      const text = readFileSync(root + page, 'utf8');
      expect(text, page).to.not.match(/\/(?:root|work|home)\/|registry\.|repo1?\.maven/);
    }
  });
});

describe('docs/decisions/', () => {
  const records = pages.filter((page) => /decisions\/\d/.test(page));

  it('is numbered without a gap, and its list links every record', () => {
    const list = readFileSync(`${root}docs/decisions/README.md`, 'utf8');
    records.forEach((page, i) => {
      expect(page).to.match(new RegExp(`/${String(i + 1).padStart(2, '0')}-[a-z-]+\\.md$`));
      expect(list).to.contain(`(${page.replace('docs/decisions/', '')})`);
    });
  });

  for (const page of records) {
    it(`${page} has context, decision and consequence in at most 40 lines`, () => {
      const text = readFileSync(root + page, 'utf8');
      expect(text.trimEnd().split('\n')).to.have.length.at.most(40);
      const parts = [...text.matchAll(/^\*\*(\w+)\.\*\*/gm)].map((match) => match[1]);
      expect(parts).to.deep.equal(['Context', 'Decision', 'Consequence']);
    });
  }
});
