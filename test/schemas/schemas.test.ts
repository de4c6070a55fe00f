import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { glob } from 'tinyglobby';
import { jsonSchemas } from '../../src/report/formats/json-schemas.js';
import { summarise } from '../../src/store/besides.js';
import { readRecord, viewOf, type RecordName } from '../report/recorded.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): unknown => JSON.parse(readFileSync(ROOT + path, 'utf8'));
const RECORDS: RecordName[] = ['check-locks', 'check-odd', 'check-one', 'short', 'verify', 'check-edited'];

/** What is wrong with a document by the published schema, read from schemas/ as a user would. */
function faults(schema: string, document: unknown): string {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const isValid = ajv.compile(read(`schemas/${schema}.schema.json`) as object);
  isValid(JSON.parse(JSON.stringify(document)));
  return (isValid.errors ?? []).map((e) => `${e.instancePath} ${e.message ?? ''}`).join('; ');
}

describe('schemas/', () => {
  it('has what the zod schemas say now; `npm run schemas` writes it', () => {
    const published = readdirSync(`${ROOT}schemas`).filter((file) => file.endsWith('.json'));
    expect(published.sort()).to.deep.equal([...jsonSchemas().keys()].sort());
    for (const [file, text] of jsonSchemas())
      expect(
        readFileSync(`${ROOT}schemas/${file}`, 'utf8') === text,
        `${file}: run npm run schemas`,
      ).to.equal(true);
  });

  it('fits the workbench.json, manifests and smoke tests of this project', async () => {
    expect(faults('workbench', read('workbench.json'))).to.equal('');
    const manifests = await glob('specs/**/manifest.json', { cwd: ROOT });
    expect(manifests).to.not.have.length(0);
    for (const manifest of manifests) expect(faults('manifest', read(manifest)), manifest).to.equal('');
    for (const tests of await glob('native/smoke/tests/**/*.json', { cwd: ROOT }))
      expect(faults('smoke-tests', read(tests)), tests).to.equal('');
    expect(faults('async-signal-safe', read('native/async-signal-safe.json'))).to.equal('');
  });

  it('fits real records, their summaries and their views', async () => {
    for (const name of RECORDS) {
      const record = await readRecord(name);
      expect(faults('run-record', record), name).to.equal('');
      expect(faults('run-summary', summarise(record)), name).to.equal('');
      expect(faults('report-view', await viewOf([name])), name).to.equal('');
    }
  });

  it('refuses a mistyped key of a person, and a record without what a report needs', async () => {
    expect(faults('workbench', { specks: 'specs' })).to.contain('additional properties');
    expect(faults('manifest', { modules: [{ path: 'A.tla', modells: [] }] })).to.not.equal('');
    const { models: _left, ...rest } = await readRecord('verify');
    expect(faults('run-record', rest)).to.contain("required property 'models'");
  });

  it('lets a reader of a newer record pass: keys that a program adds are no fault', async () => {
    expect(faults('run-record', { ...(await readRecord('verify')), added: 1 })).to.equal('');
  });
});
