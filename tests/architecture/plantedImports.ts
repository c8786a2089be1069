// One bad import for each rule of .dependency-cruiser.cjs. Both ends are planted, so that nothing here depends on what
// the tree happens to hold; `from` is the file that the rule must name.

export interface PlantedImport {
  readonly rule: string
  readonly from: string
  readonly files: Readonly<Record<string, string>>
}

const LEAF = 'export const planted = 1\n'
const VAULT = 'src/offline/vault/plantedVault.ts'
const OUTBOX = 'src/offline/outbox/plantedOutbox.ts'
const STORE = 'src/stores/plantedStore.ts'

const uses = (specifier: string): string => `import * as planted from '${specifier}'\nexport const used = planted\n`
const vue = (specifier: string): string => `<script setup lang="ts">\nimport * as planted from '${specifier}'\nvoid planted\n</script>\n<template>\n  <p />\n</template>\n`

export const PLANTED_LEAVES: Readonly<Record<string, string>> = {
  [VAULT]: LEAF,
  [OUTBOX]: LEAF,
  [STORE]: LEAF,
  'src/offline/feed/plantedFeed.ts': LEAF,
  'src/offline/plantedBase.ts': LEAF,
  'src/components/PlantedLeaf.vue': '<template>\n  <p />\n</template>\n',
  'desk/plantedDesk.ts': LEAF,
  'server/plantedOffice.ts': LEAF,
  'tests/support/plantedSupport.ts': LEAF,
}

export const PLANTED_IMPORTS: readonly PlantedImport[] = [
  {
    rule: 'service-worker-never-reaches-the-vault',
    from: 'src/sw/plantedSw.ts',
    files: {
      'src/sw/plantedSw.ts': uses('../offline/feed/plantedChain.ts'),
      'src/offline/feed/plantedChain.ts': uses('../outbox/plantedChain.ts'),
      'src/offline/outbox/plantedChain.ts': "export const later = () => import('../vault/plantedVault.ts')\n",
    },
  },
  {
    rule: 'keyless-never-reaches-the-vault',
    from: 'src/offline/packs/plantedPacks.ts',
    files: { 'src/offline/packs/plantedPacks.ts': "import type { planted } from '../vault/plantedVault.ts'\nexport type Used = typeof planted\n" },
  },
  {
    rule: 'one-door-from-vault-to-outbox',
    from: 'src/offline/vault/plantedDoor.ts',
    files: { 'src/offline/vault/plantedDoor.ts': uses('../outbox/plantedOutbox.ts') },
  },
  {
    rule: 'casebook-alone-opens-the-feed',
    from: 'src/offline/vault/plantedReader.ts',
    files: { 'src/offline/vault/plantedReader.ts': uses('../feed/plantedFeed.ts') },
  },
  { rule: 'core-knows-nothing-outside', from: 'core/plantedCore.ts', files: { 'core/plantedCore.ts': uses('node:fs') } },
  { rule: 'jose-only-in-sealing', from: 'core/wire/plantedJose.ts', files: { 'core/wire/plantedJose.ts': uses('jose') } },
  { rule: 'conditions-only-in-procedure', from: 'core/application/plantedLogic.ts', files: { 'core/application/plantedLogic.ts': uses('json-logic-engine') } },
  { rule: 'tablet-and-office-never-meet', from: 'src/stores/plantedMeeting.ts', files: { 'src/stores/plantedMeeting.ts': uses('../../server/plantedOffice.ts') } },
  { rule: 'office-never-imports-a-screen', from: 'server/plantedScreen.ts', files: { 'server/plantedScreen.ts': uses('../src/offline/plantedBase.ts') } },
  { rule: 'desk-is-not-the-tablet', from: 'desk/plantedStoreUser.ts', files: { 'desk/plantedStoreUser.ts': uses('../src/stores/plantedStore.ts') } },
  { rule: 'tablet-is-not-the-desk', from: 'src/pages/PlantedDeskUser.vue', files: { 'src/pages/PlantedDeskUser.vue': vue('../../desk/plantedDesk.ts') } },
  { rule: 'components-know-no-stores', from: 'src/components/PlantedStoreUser.vue', files: { 'src/components/PlantedStoreUser.vue': vue('../stores/plantedStore.ts') } },
  { rule: 'stores-know-no-screen', from: 'src/stores/plantedScreenUser.ts', files: { 'src/stores/plantedScreenUser.ts': uses('../components/PlantedLeaf.vue') } },
  { rule: 'pages-reach-offline-through-stores', from: 'src/pages/PlantedShortcut.vue', files: { 'src/pages/PlantedShortcut.vue': vue('../offline/vault/plantedVault.ts') } },
  { rule: 'offline-knows-no-screen', from: 'src/offline/plantedScreenUser.ts', files: { 'src/offline/plantedScreenUser.ts': uses('vue') } },
  { rule: 'forms-own-vee-validate', from: 'src/pages/PlantedForm.vue', files: { 'src/pages/PlantedForm.vue': vue('vee-validate') } },
  { rule: 'dexie-only-in-offline', from: 'src/stores/plantedTable.ts', files: { 'src/stores/plantedTable.ts': uses('dexie') } },
  { rule: 'database-only-in-server', from: 'src/offline/plantedDatabase.ts', files: { 'src/offline/plantedDatabase.ts': uses('kysely') } },
  { rule: 'passphrase-only-in-the-vault', from: 'src/offline/outbox/plantedHash.ts', files: { 'src/offline/outbox/plantedHash.ts': uses('hash-wasm') } },
  { rule: 'tests-are-not-imported', from: 'server/plantedTestUser.ts', files: { 'server/plantedTestUser.ts': uses('../tests/support/plantedSupport.ts') } },
  {
    rule: 'no-cycles',
    from: 'core/plantedOne.ts',
    files: { 'core/plantedOne.ts': uses('./plantedTwo.ts'), 'core/plantedTwo.ts': uses('./plantedOne.ts') },
  },
  { rule: 'everything-resolves', from: 'core/plantedLost.ts', files: { 'core/plantedLost.ts': uses('./nowhere.ts') } },
  // Default deny: a folder that no line names may import nothing, so a renamed vault cannot slip past the rules above.
  { rule: 'not-in-allowed', from: 'src/safe/plantedRenamed.ts', files: { 'src/safe/plantedRenamed.ts': uses('../offline/outbox/plantedOutbox.ts') } },
]
