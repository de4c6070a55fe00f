/** JSON Schemas of every document that persists, made from the zod schemas that read them. Pure. */
import { z } from 'zod';
import { baselineSchema } from '../../domain/baseline.js';
import { valueSchema, valueShape } from '../../domain/behaviour.js';
import { behaviourSchema, storedBehaviourSchema } from '../../domain/stored-behaviour.js';
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

/** What reads a value is a function; its shape stands beside the schemas that hold values. */
const VALUE = '#/$defs/value';

/** Texts by file name below schemas/. */
export function jsonSchemas(): Map<string, string> {
  return new Map(
    Object.entries(DOCUMENTS).map(([name, { schema, title, by }]) => {
      const file = `${name}.schema.json`;
      const { $schema, ...body } = describe(schema, by);
      if (JSON.stringify(body).includes(VALUE)) body.$defs = { ...body.$defs, value: valueDefinition() };
      return [file, `${JSON.stringify({ $schema, $id: file, title, ...body }, null, 2)}\n`];
    }),
  );
}

const withoutDocument = ({ $schema: _document, ...shape }: z.core.JSONSchema.BaseSchema) => shape;

/** The shape contains itself: zod's `#` is the document, which here is another one. */
function valueDefinition(): z.core.JSONSchema.BaseSchema {
  const shape = withoutDocument(describe(valueShape, 'program'));
  return JSON.parse(JSON.stringify(shape).replaceAll('"$ref":"#"', `"$ref":"${VALUE}"`)) as typeof shape;
}

function describe(schema: z.ZodType, by: Document['by']): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: by === 'person' ? 'input' : 'output',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      const isValue = (zodSchema as unknown) === valueSchema;
      // A reader of ours leaves out keys that it does not know; it does not refuse them.
      if (by === 'program' && def.type === 'object' && def.catchall === undefined)
        delete jsonSchema.additionalProperties;
      if (def.type === 'custom' && !isValue)
        throw new Error('describe: no JSON Schema says what this function reads');
      if (isValue) jsonSchema.$ref = VALUE;
      // What reads a behaviour makes every state whole: of the document, what it reads is said.
      if ((zodSchema as unknown) === behaviourSchema)
        Object.assign(jsonSchema, withoutDocument(describe(storedBehaviourSchema, by)));
    },
  });
}
