/**
 * Makes the program: `node bundle.js FOLDER`, called by build.sh. Contract: the one place that knows what dist/ consists of;
 * types are not looked at. What every command loads lies in few files: Node takes longer to find and read three hundred
 * than a command takes to run.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as esbuild from 'esbuild';

const [, , target] = process.argv;
if (target === undefined) throw new Error('usage: node bundle.js FOLDER');
const require = createRequire(import.meta.url);

/** Loaded seldom, and from where they are installed: the one comes with WebAssembly, the other is the project's own. */
const KEPT_APART = ['web-tree-sitter', 'typescript'];

/** Files that the program reads as they are; a checkout that lacks one lacks its part of the program as well. */
const AS_THEY_ARE = ['report/html/page.css', 'report/html/page-script.js'];

/** @type {import('esbuild').Plugin} zod brings its messages in fifty languages; ours are in English. */
const englishOnly = {
  name: 'english only',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

/**
 * What string-width builds as it is loaded takes longer than loading all of our own modules: it is loaded when it is called.
 * @type {import('esbuild').Plugin}
 */
const lateTables = {
  name: 'late tables',
  setup: (build) => {
    build.onResolve({ filter: /^string-width$/ }, ({ kind, resolveDir }) =>
      kind === 'require-call'
        ? undefined
        : { path: 'string-width', namespace: 'late', pluginData: resolveDir },
    );
    build.onLoad({ filter: /.*/, namespace: 'late' }, ({ pluginData }) => ({
      contents: "export default (...given) => require('string-width').default(...given);",
      resolveDir: String(pluginData),
    }));
  },
};

/** Hash over the code of one folder of src/: what `hashProgram` tells two programs apart by. @param {string} folder */
function hashPart(folder) {
  const hash = (/** @type {string | Buffer} */ bytes) => createHash('sha256').update(bytes).digest('hex');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const code = names.filter((name) => /\.[cm]?[jt]sx?$/.test(name));
  return hash(code.map((name) => `${name} ${hash(readFileSync(join(folder, name)))}\n`).join(''));
}

await esbuild.build({
  entryPoints: ['src/cli.ts'],
  outdir: target,
  bundle: true,
  splitting: true,
  chunkNames: 'parts/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: KEPT_APART,
  plugins: [englishOnly, lateTables],
  // Packages in the older form ask for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
  logLevel: 'warning',
});
chmodSync(join(target, 'cli.js'), 0o755);
const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
const parts = Object.fromEntries(folders.map(({ name }) => [name, hashPart(join('src', name))]));
writeFileSync(join(target, 'parts.json'), `${JSON.stringify(parts, null, 2)}\n`);
for (const file of AS_THEY_ARE.filter((name) => existsSync(join('src', name)))) {
  mkdirSync(dirname(join(target, file)), { recursive: true });
  copyFileSync(join('src', file), join(target, file));
}
mkdirSync(join(target, 'grammars'), { recursive: true });
for (const name of [
  '@tlaplus/tree-sitter-tlaplus/tree-sitter-tlaplus.wasm',
  'tree-sitter-cpp/tree-sitter-cpp.wasm',
])
  copyFileSync(require.resolve(name), join(target, 'grammars', name.replace(/^.*\//, '')));
