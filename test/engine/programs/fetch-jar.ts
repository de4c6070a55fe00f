/** One of several processes that fetch the same jar: `fetch-jar.ts CACHE URL SHA256` prints the jar's hash. */
import { locateJar } from '../../../src/engine/jar.js';

const [cache = '', url = '', sha256 = ''] = process.argv.slice(2);
const jar = await locateJar({
  cache,
  sources: [{ kind: 'url', name: 'test', url, sha256 }],
  env: {},
  fetch: true,
});
process.stdout.write(jar.sha256);
