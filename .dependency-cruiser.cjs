// Who may import whom. Default deny: what no line of `allowed` names is an error, so a renamed folder fails instead of
// slipping past a rule that forbids its old name. The `forbidden` rules say the same again with a name that explains.
// tests/architecture plants one violation per named rule and expects that name.

const OFFLINE_BASE = '^src/offline/[^/]+[.]ts$'
const KEYLESS = '^src/offline/(outbox|feed|packs|emergency)/'
const VAULT = '^src/offline/vault/'
const SCREEN = '^src/(stores|pages|components|forms|composables)/'

/** A package by its exact name, wherever it is installed. */
const npm = (...names) => names.map((name) => `(^|/)node_modules/${name}/`)

const VIEW = npm('vue', '@vue/[^/]+', '@lucide/vue', '@tanstack/vue-virtual', 'uqr')

/** Served by ourselves: left alone the library asks a public network for it. */
const WASM_URL = '^zxing-wasm/reader/zxing_reader[.]wasm[?]url$'

module.exports = {
  forbidden: [
    {
      name: 'service-worker-never-reaches-the-vault',
      comment: 'The worker runs without anybody present: it must not reach the volunteer\'s key, however many files away.',
      severity: 'error',
      from: { path: '^src/sw/' },
      to: { path: [VAULT, SCREEN], reachable: true },
    },
    {
      name: 'keyless-never-reaches-the-vault',
      comment: 'Outbox, feed and packs run in the worker and with a locked tablet.',
      severity: 'error',
      from: { path: KEYLESS },
      to: { path: VAULT, reachable: true },
    },
    {
      name: 'one-door-from-vault-to-outbox',
      comment: 'Only finalise.ts turns a draft into sealed bytes.',
      severity: 'error',
      from: { path: VAULT, pathNot: '^src/offline/vault/finalise[.]ts$' },
      to: { path: '^src/offline/outbox/' },
    },
    {
      name: 'casebook-alone-opens-the-feed',
      comment: 'What the office writes back is opened in one place.',
      severity: 'error',
      from: { path: VAULT, pathNot: '^src/offline/vault/casebook[.]ts$' },
      to: { path: '^src/offline/feed/' },
    },
    {
      name: 'core-knows-nothing-outside',
      comment: 'Core is what tablet and office agree on: no storage, network, clock or framework.',
      severity: 'error',
      from: { path: '^core/' },
      to: { pathNot: ['^core/', ...npm('valibot', 'jose', 'json-logic-engine')] },
    },
    {
      name: 'jose-only-in-sealing',
      comment: 'One folder knows how things are sealed and signed.',
      severity: 'error',
      from: { pathNot: '^core/sealing/' },
      to: { path: npm('jose') },
    },
    {
      name: 'conditions-only-in-procedure',
      severity: 'error',
      from: { pathNot: '^core/procedure/' },
      to: { path: npm('json-logic-engine') },
    },
    {
      name: 'tablet-and-office-never-meet',
      comment: 'They share core and the wire, nothing else.',
      severity: 'error',
      from: { path: '^(src|desk)/' },
      to: { path: '^server/' },
    },
    {
      name: 'office-never-imports-a-screen',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(src|desk)/' },
    },
    {
      name: 'desk-is-not-the-tablet',
      comment: 'The desk may share the looks of the tablet, never its stores or its offline store.',
      severity: 'error',
      from: { path: '^desk/' },
      to: { path: '^src/', pathNot: '^src/(components|styles|i18n)/' },
    },
    {
      name: 'tablet-is-not-the-desk',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^desk/' },
    },
    {
      name: 'components-know-no-stores',
      comment: 'Props in, events out.',
      severity: 'error',
      from: { path: '^src/(components|styles|i18n)/' },
      to: { path: '^src/', pathNot: '^src/(components|styles|i18n)/' },
    },
    {
      name: 'stores-know-no-screen',
      severity: 'error',
      from: { path: '^src/stores/' },
      to: { path: '^src/(pages|forms|components|composables|sw)/|^src/(main|router|routes)[.]ts$|[.]vue$' },
    },
    {
      name: 'pages-reach-offline-through-stores',
      severity: 'error',
      from: { path: '^src/(pages|forms|components|composables)/' },
      to: { path: '^src/(offline|sw)/' },
    },
    {
      name: 'offline-knows-no-screen',
      severity: 'error',
      from: { path: '^src/offline/' },
      to: { path: [SCREEN, '^src/(sw|i18n|styles)/', ...npm('vue', 'pinia', 'vue-router')] },
    },
    {
      name: 'forms-own-vee-validate',
      severity: 'error',
      from: { pathNot: '^src/forms/' },
      to: { path: npm('vee-validate') },
    },
    {
      name: 'dexie-only-in-offline',
      severity: 'error',
      from: { pathNot: '^src/offline/' },
      to: { path: npm('dexie') },
    },
    {
      name: 'database-only-in-server',
      severity: 'error',
      from: { pathNot: '^server/' },
      to: { path: npm('kysely', 'pg', 'pg-copy-streams', 'better-auth') },
    },
    {
      name: 'passphrase-only-in-the-vault',
      comment: 'Argon2 belongs to the vault on the tablet and to the office\'s key files.',
      severity: 'error',
      from: { pathNot: [VAULT, '^server/'] },
      to: { path: npm('hash-wasm') },
    },
    { name: 'tests-are-not-imported', severity: 'error', from: { path: '^(core|src|desk|server)/' }, to: { path: '^tests/' } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'everything-resolves',
      comment: 'One address is made by Vite and is no module: that of the wasm file.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: WASM_URL },
    },
  ],

  allowedSeverity: 'error',
  allowed: [
    { from: { path: '^core/sealing/' }, to: { path: ['^core/', ...npm('jose', 'valibot')] } },
    { from: { path: '^core/procedure/' }, to: { path: ['^core/', ...npm('json-logic-engine', 'valibot')] } },
    { from: { path: '^core/' }, to: { path: ['^core/', ...npm('valibot')] } },

    { from: { path: OFFLINE_BASE }, to: { path: ['^core/', OFFLINE_BASE, ...npm('dexie', 'valibot')] } },
    { from: { path: KEYLESS }, to: { path: ['^core/', OFFLINE_BASE, KEYLESS, ...npm('dexie', 'valibot')] } },
    { from: { path: VAULT }, to: { path: ['^core/', OFFLINE_BASE, VAULT, '^src/offline/packs/', ...npm('dexie', 'valibot', 'hash-wasm')] } },
    { from: { path: '^src/offline/tablet/' }, to: { path: ['^core/', '^src/offline/'] } },
    { from: { path: '^src/offline/vault/finalise[.]ts$' }, to: { path: '^src/offline/outbox/' } },
    { from: { path: '^src/offline/vault/casebook[.]ts$' }, to: { path: '^src/offline/feed/' } },
    { from: { path: '^src/sw/' }, to: { path: ['^core/', OFFLINE_BASE, KEYLESS, '^src/sw/', ...npm('workbox-[^/]+')] } },

    { from: { path: '^src/recover/' }, to: { path: ['^core/', OFFLINE_BASE, KEYLESS, '^src/recover/'] } },

    { from: { path: '^src/i18n/' }, to: { path: ['^core/', '^src/i18n/', ...npm('vue')] } },
    { from: { path: '^src/styles/' }, to: { path: ['^src/styles/', ...npm('@fontsource/[^/]+')] } },
    { from: { path: '^src/components/' }, to: { path: ['^core/', '^src/(components|i18n|styles)/', ...VIEW, ...npm('vue-router', 'signature_pad')] } },
    { from: { path: '^src/outside[.]ts$' }, to: { path: '^src/stores/outside[.]ts$' } },
    { from: { path: '^src/stores/' }, to: { path: ['^core/', '^procedures/(common|calendar)/', '^src/(stores|offline|i18n)/', ...npm('vue', 'pinia', 'minisearch')] } },
    { from: { path: '^src/stores/vietQr[.]ts$' }, to: { path: npm('vietnam-qr-pay') } },
    { from: { path: '^src/composables/zxingReader[.]ts$' }, to: { path: [...npm('zxing-wasm'), WASM_URL] } },
    { from: { path: '^src/composables/photoShrink[.]worker[.]ts$' }, to: { path: npm('valibot') } },
    { from: { path: '^src/composables/' }, to: { path: ['^core/', '^src/(composables|stores|i18n)/', ...npm('vue', 'vue-router')] } },
    { from: { path: '^src/forms/' }, to: { path: ['^core/', '^src/(forms|components|composables|stores|i18n|styles)/', ...VIEW, ...npm('vee-validate')] } },
    { from: { path: '^src/pages/' }, to: { path: ['^core/', '^src/(pages|forms|components|composables|stores|i18n|styles)/', ...VIEW, ...npm('vue-router')] } },
    { from: { path: '^src/(router[.]ts|routes[.]ts|App[.]vue)$' }, to: { path: ['^core/', '^src/(pages|components|composables|stores|i18n|styles)/', '^src/[^/]+[.](ts|vue)$', ...VIEW, ...npm('vue-router')] } },
    { from: { path: '^src/(main|wiring|updates)[.]ts$' }, to: { path: ['^core/', '^src/', ...npm('vue', 'pinia', 'vue-router', 'workbox-window', '@fontsource/[^/]+')], pathNot: '^src/sw/' } },

    { from: { path: '^desk/' }, to: { path: ['^core/', '^procedures/common/', '^desk/', '^src/(components|styles|i18n)/', ...VIEW, ...npm('pinia', 'vue-router', 'valibot', '@fontsource/[^/]+')] } },

    { from: { path: '^server/packs/check/' }, to: { path: npm('jsonc-parser') } },
    { from: { path: '^server/' }, to: { path: ['^core/', '^server/', ...npm('hono', '@hono/[^/]+', 'hono-openapi', '@standard-community/[^/]+', '@valibot/to-json-schema', 'openapi-types', 'valibot', 'kysely', 'pg', '@types/pg', 'pg-copy-streams', '@types/pg-copy-streams', 'better-auth', 'pino', 'hash-wasm', 'uqr')] } },
    { from: { path: '^server/' }, to: { dependencyTypes: ['core'] } },
  ],

  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^server/vite[.]config[.]ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.vue', '.js', '.mjs', '.d.ts', '.json'],
    },
  },
}
