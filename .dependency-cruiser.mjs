/** Who may import whom (docs/architecture.md). Checked by `npm run check`. */
const lib = (name) => `^libs/${name}/`;
const only = (name, allowed) => ({
  name: `${name}-imports-only-${allowed.join('-') || 'nothing'}`,
  comment: `libs/${name} may import ${allowed.length ? allowed.join(', ') : 'no other library'}.`,
  severity: 'error',
  from: { path: lib(name), pathNot: '\\.spec\\.ts$|/test/' },
  to: { path: '^(libs|apps|deploy|prisma)/', pathNot: [lib(name), ...allowed.map(lib)].join('|') },
});

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: { pathNot: '^prisma/generated/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('person', []),
    only('linkage', ['person']),
    only('policy', []),
    only('ledger', []),
    only('crypto', []),
    only('contracts', ['person']),
    {
      name: 'apps-never-import-apps',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'connector-never-imports-platform',
      comment: 'It runs at an agency.',
      severity: 'error',
      from: { path: '^apps/connector/' },
      to: { path: '^(libs/platform|prisma|deploy)/' },
    },
    {
      name: 'libs-and-apps-never-import-deploy',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '\\.spec\\.ts$|/test/' },
      to: { path: '^(deploy|test)/' },
    },
    {
      name: 'kafkajs-stands-behind-few-doors',
      comment: 'No release since 2023: it must be replaceable.',
      severity: 'error',
      from: {
        pathNot: '^(dist/)?(libs/platform/src/kafka|apps/connector/src/sending|deploy/embedded|test)/|\\.spec\\.ts$',
      },
      to: { path: 'node_modules/kafkajs' },
    },
    {
      name: 'pure-libs-do-no-io',
      severity: 'error',
      from: {
        path: '^libs/(person|linkage|ledger)/src/',
        pathNot: '\\.spec\\.ts$|loading\\.ts$|/models?/|name-tables\\.ts$|name-frequencies\\.ts$|model\\.ts$',
      },
      to: { path: '^(node:)?(fs|net|http|https|child_process|fs/promises)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|prisma/generated' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
