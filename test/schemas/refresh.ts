/** Writes schemas/; `npm run schemas`, after a change to a zod schema. The test beside it says when it was forgotten. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jsonSchemas } from '../../src/report/formats/json-schemas.js';

const FOLDER = new URL('../../schemas/', import.meta.url);

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [file, text] of jsonSchemas()) writeFileSync(new URL(file, FOLDER), text);
