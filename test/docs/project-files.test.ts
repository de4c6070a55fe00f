import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { projectSchema } from '../../src/domain/project.js';
import { smokeFileSchema } from '../../src/domain/smoke.js';
import { readChecked } from '../../src/project/schema-errors.js';

const page = readFileSync(new URL('../../docs/project-files.md', import.meta.url), 'utf8');
const [project = '', smoke = ''] = page.split(/^## The file of the smoke tests$/m);
const exampleOf = (part: string): string => /```json\n([^]*?)```/.exec(part)?.[1] ?? '';

/** Names of all properties in a JSON Schema, at every depth. */
function keysIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = (schema as { properties?: Record<string, unknown> }).properties ?? {};
  return [...Object.keys(own), ...Object.values(schema).flatMap(keysIn)];
}

describe('docs/project-files.md', () => {
  it('has examples that the schemas accept', () => {
    expect(readChecked(exampleOf(project), 'example', projectSchema, 'PROJECT').problems).to.deep.equal([]);
    expect(readChecked(exampleOf(smoke), 'example', smokeFileSchema, 'SMOKE').problems).to.deep.equal([]);
  });

  for (const [name, schema, part] of [
    ['workbench.json', projectSchema, project],
    ['the smoke tests', smokeFileSchema, smoke],
  ] as const) {
    it(`names every key of ${name}`, () => {
      const keys = new Set(keysIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })));
      expect(keys.size).to.be.above(10);
      // `native` and the like are named with their keys behind a dot.
      for (const key of keys) expect(part, key).to.match(new RegExp(`[\`.]${key.replace('$', '\\$')}[\`.]`));
    });
  }
});
