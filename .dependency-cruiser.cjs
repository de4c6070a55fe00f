// The one-way rule of docs/architecture.md: a folder of src/ imports only from folders below it in this list.
const order = [
  'commands',
  'init',
  'gate',
  'report',
  'evidence',
  'mutation',
  'conformance',
  'native',
  'engine',
  'store',
  'project',
  'source',
  'host',
  'domain',
];
const upward = order.map((folder, i) => ({
  name: `${folder}-imports-only-downwards`,
  severity: 'error',
  comment: `src/${folder} may import only from: ${[folder, ...order.slice(i + 1)].join(', ')}`,
  from: { path: `^src/${folder}/` },
  to: { path: `^src/`, pathNot: `^src/(${[folder, ...order.slice(i + 1)].join('|')})/` },
}));
module.exports = {
  forbidden: [
    ...upward,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'only-host-imports-execa',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/host/' },
      to: { path: 'execa' },
    },
    {
      name: 'only-source-imports-grammars',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/source/' },
      to: { path: 'web-tree-sitter' },
    },
    {
      name: 'domain-has-no-io',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      // The script of the HTML report is read as text and put into the page.
      from: { orphan: true, path: '^src/', pathNot: '^src/report/html/page-script[.]js$' },
      to: {},
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
