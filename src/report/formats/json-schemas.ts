/** JSON Schemas of every document that persists, made from the zod schemas that read them. Pure. */
import { z } from 'zod';
import { baselineSchema } from '../../domain/baseline.js';
import { historyPointSchema } from '../../domain/history.js';
import { manifestSchema } from '../../domain/manifest.js';
import { projectSchema } from '../../domain/project.js';
import { allowListSchema } from '../../domain/reachability.js';
import { runRecordSchema } from '../../domain/run-record.js';
import { smokeFileSchema } from '../../domain/smoke.js';
import { reportViewSchema } from '../view/report-view.js';

interface Document {
  schema: z.ZodType;
  title: string;
  /** Who writes it: what a person writes may leave out what has a default. */
  by: 'person' | 'program';
}

const DOCUMENTS: Record<string, Document> = {
  workbench: { schema: projectSchema, title: 'workbench.json', by: 'person' },
  manifest: { schema: manifestSchema, title: 'specs/<Module>/manifest.json', by: 'person' },
  'smoke-tests': { schema: smokeFileSchema, title: 'Smoke tests, native/smoke/tests.json', by: 'person' },
  'async-signal-safe': { schema: allowListSchema, title: 'What handlers may call', by: 'person' },
  'run-record': { schema: runRecordSchema, title: 'runs/<id>/run.json', by: 'program' },
  'run-summary': { schema: historyPointSchema, title: 'runs/<id>/summary.json', by: 'program' },
  baseline: { schema: baselineSchema, title: 'runs/baseline.json', by: 'program' },
  'report-view': { schema: reportViewSchema, title: 'workbench report --format json', by: 'program' },
};

/** Texts by file name below schemas/. */
export function jsonSchemas(): Map<string, string> {
  return new Map(
    Object.entries(DOCUMENTS).map(([name, { schema, title, by }]) => {
      const file = `${name}.schema.json`;
      const { $schema, ...body } = z.toJSONSchema(schema, {
        target: 'draft-2020-12',
        io: by === 'person' ? 'input' : 'output',
        // A reader of ours leaves out keys that it does not know; it does not refuse them.
        override: ({ zodSchema, jsonSchema }) => {
          const { def } = zodSchema._zod;
          if (by === 'program' && def.type === 'object' && def.catchall === undefined)
            delete jsonSchema.additionalProperties;
        },
      });
      return [file, `${JSON.stringify({ $schema, $id: file, title, ...body }, null, 2)}\n`];
    }),
  );
}
