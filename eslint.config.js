// Style as errors: a rule that only warns is a rule nobody keeps.
// Sizes, forbidden globals and types are checked here; names, locales and colours by scripts/stylecheck.mjs;
// who may import whom by .dependency-cruiser.cjs.
import tseslint from 'typescript-eslint'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import vueParser from 'vue-eslint-parser'

const SOURCE = ['core/**/*.{ts,vue}', 'src/**/*.{ts,vue}', 'desk/**/*.{ts,vue}', 'server/**/*.ts']
const TYPED = ['**/*.ts', '**/*.vue']
const CONFIGS = ['vite.config.ts', 'server/vite.config.ts', 'tests/faults/vite.config.ts', 'vitest.config.ts', 'playwright.config.ts', 'eslint.config.js', '.dependency-cruiser.cjs']

/** The few files where the outside (clock, chance, network, storage, browser) may be touched; all else is handed ports. */
const OUTSIDE = [
  'src/main.ts',
  'src/outside.ts',
  'src/wiring.ts',
  'src/recover/main.ts',
  'src/updates.ts',
  'src/composables/cameraAccess.ts',
  'src/sw/wiring.ts',
  'src/offline/storage.ts',
  'src/offline/crashPoints.ts',
  'src/**/*.worker.ts',
  'desk/wiring.ts',
  'desk/api.ts',
  'desk/main.ts',
]

const OUTSIDE_NAMES = ['fetch', 'navigator', 'indexedDB', 'localStorage', 'sessionStorage', 'caches', 'setInterval']
const HANDED_IN = 'comes in through a port (src/offline/ports.ts); only the wiring files touch it'

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Name the export: its file bears the same name.' }
const noEnum = { selector: 'TSEnumDeclaration', message: 'A union of string literals says the same without run-time code.' }
const noFocus = {
  selector: "MemberExpression[object.name=/^(it|test|describe|suite)$/][property.name=/^(only|skip|skipIf|runIf|todo|fixme|fails)$/]",
  message: 'A test runs or does not exist.',
}
const noSilentCatch = {
  selector: 'CatchClause > BlockStatement[body.length=0]',
  message: 'A failure is handled, returned, or thrown on with its cause; a comment does none of these.',
}
const always = [noEnum, noFocus, noSilentCatch]
const outsideSyntax = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: `The time ${HANDED_IN}.` },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: `The time ${HANDED_IN}.` },
  { selector: "MemberExpression[object.name='performance'][property.name='now']", message: `The time ${HANDED_IN}.` },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: `Chance ${HANDED_IN}.` },
  { selector: "MemberExpression[object.name='crypto'][property.name=/^(getRandomValues|randomUUID)$/]", message: `Chance ${HANDED_IN}.` },
  {
    selector: `MemberExpression[object.name=/^(window|self|globalThis)$/][property.name=/^(${OUTSIDE_NAMES.join('|')})$/]`,
    message: `It ${HANDED_IN}.`,
  },
]

/** The plug-ins' rules as they come, every one of them an error. */
const asErrors = (configs) =>
  configs.map((config) => ({
    ...config,
    rules: Object.fromEntries(
      Object.entries(config.rules ?? {}).map(([name, setting]) => {
        if (setting === 'warn' || setting === 1) return [name, 'error']
        if (Array.isArray(setting) && (setting[0] === 'warn' || setting[0] === 1)) return [name, ['error', ...setting.slice(1)]]
        return [name, setting]
      }),
    ),
  }))

/** Layout of templates is left to their writers. */
const templateLayoutOff = {
  'vue/attributes-order': 'off',
  'vue/first-attribute-linebreak': 'off',
  'vue/html-closing-bracket-newline': 'off',
  'vue/html-closing-bracket-spacing': 'off',
  'vue/html-indent': 'off',
  'vue/html-self-closing': 'off',
  'vue/max-attributes-per-line': 'off',
  'vue/multiline-html-element-content-newline': 'off',
  'vue/singleline-html-element-content-newline': 'off',
}

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.data/**', '.cache/**', 'test-results/**', 'playwright-report/**', 'docs/pictures/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  { files: TYPED, extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked] },
  ...asErrors(vue.configs['flat/recommended']),
  ...asErrors(accessibility.configs['flat/recommended']),
  {
    files: TYPED,
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.app.json', './tsconfig.worker.json', './tsconfig.server.json', './tsconfig.tests.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true }],
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser, ecmaVersion: 'latest', sourceType: 'module' } },
  },
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', ...always],
    },
  },

  {
    files: SOURCE,
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true, IIFEs: true }],
      'no-restricted-syntax': ['error', ...always, noDefaultExport],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
    },
  },
  {
    files: ['core/**/*.ts', 'src/**/*.{ts,vue}', 'desk/**/*.{ts,vue}'],
    ignores: OUTSIDE,
    rules: {
      'no-restricted-syntax': ['error', ...always, noDefaultExport, ...outsideSyntax],
      'no-restricted-globals': ['error', ...OUTSIDE_NAMES.map((name) => ({ name, message: `${name} ${HANDED_IN}.` }))],
    },
  },

  {
    files: ['**/*.vue'],
    rules: {
      ...templateLayoutOff,
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      // A <script setup> on one line loses the types of its props in vue-tsc 3.3.
      'vue/block-tag-newline': ['error', { singleline: 'always', multiline: 'always' }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/multi-word-component-names': 'off',
      'vue/no-bare-strings-in-template': 'error',
      'vue/no-undef-components': ['error', { ignorePatterns: ['RouterLink', 'RouterView'] }],
      'vue/no-unused-refs': 'error',
      'vue/no-v-html': 'error',
      'vue/prefer-true-attribute-shorthand': 'off',
      'vue/require-default-prop': 'off',
      // A label holds its control, or names it by id: either will do.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      'vuejs-accessibility/form-control-has-label': 'off',
    },
  },

  // Types inside .vue files are vue-tsc's work: each would make the linter build its program anew (half of the whole time).
  { files: ['**/*.vue'], ...tseslint.configs.disableTypeChecked },
  // The style guide shows samples to makers; no citizen, volunteer or officer reads it.
  { files: ['src/pages/StyleguidePage.vue', 'src/pages/styleguide/**/*.vue'], rules: { 'vue/no-bare-strings-in-template': 'off' } },
  { files: ['server/log.ts', 'scripts/**', 'tests/support/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.d.ts'], rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/triple-slash-reference': 'off' } },
  { files: CONFIGS, rules: { 'no-restricted-syntax': ['error', ...always] } },
  {
    files: ['tests/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
)
