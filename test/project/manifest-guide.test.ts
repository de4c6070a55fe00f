import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { z } from 'zod';
import {
  acceptedFindingSchema,
  claimEntrySchema,
  manifestModelSchema,
  manifestModuleSchema,
  manifestSchema,
  modelExpectationSchema,
  protectiveStepSchema,
  resultKind,
  reductionKind,
  tableSchema,
} from '../../src/domain/manifest.js';
import { readChecked } from '../../src/project/schema-errors.js';

const guide = readFileSync(new URL('../../docs/manifest.md', import.meta.url), 'utf8');

describe('docs/manifest.md', () => {
  it('has an example that the schema accepts', () => {
    const example = /```json\n([^]*?)```/.exec(guide)?.[1] ?? '';
    expect(readChecked(example, 'docs/manifest.md', manifestSchema, 'MANIFEST').problems).to.deep.equal([]);
  });

  it('names every key of the schema and every value of a result and a reduction', () => {
    const schemas: z.ZodObject[] = [
      manifestSchema,
      manifestModuleSchema,
      manifestModelSchema,
      modelExpectationSchema,
    ];
    schemas.push(claimEntrySchema, acceptedFindingSchema, protectiveStepSchema, tableSchema);
    const keys = schemas.flatMap((schema) => Object.keys(schema.shape));
    for (const word of [...keys, ...resultKind.options, ...reductionKind.options]) {
      expect(guide.replace('`workbench.', '`'), word).to.match(
        new RegExp(`[\`.]${word.replace('$', '\\$')}\``),
      );
    }
  });
});
