// npm test: everything that must hold, cheapest first, ending at the first stage that does not.
// --only=lint,types,imports,build,unit,e2e runs some of it. The last line is the sum of all tests.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { findBrowser } from './lib/browser.mjs'
import { buildChanged, labApp } from './lib/build.mjs'
import { installMissing } from './lib/install.mjs'
import { requireNode } from './lib/nodeVersion.mjs'
import { inRoot } from './lib/place.mjs'
import { seconds, stop } from './lib/progress.mjs'
import { run, runTool } from './lib/run.mjs'

const minuteMs = 60_000
const sources = ['core', 'src', 'desk', 'server']
const results = { unit: 'test-results/unit.json', e2e: 'test-results/e2e.json' }

/** What a person set for an office of their own must not reach the tests' offices. */
const settingsOfAnOffice = [
  ...['PORT', 'HOST', 'DATABASE_URL', 'DATA_DIR', 'KEYS_DIR', 'WEB_DIR', 'PROCEDURES_DIR', 'PUBLIC_ORIGINS', 'TLS_CERT', 'TLS_KEY'],
  ...['TRUST_PROXY', 'LOG_LEVEL', 'OFFICE_NAME', 'OFFICE_UNIT', 'OFFICE_PHONE', 'OFFICE_HOURS', 'OFFICE_ADDRESS', 'NODE_OPTIONS', 'NODE_ENV'],
  ...['FEE_ACCOUNT_BIN', 'FEE_ACCOUNT_NUMBER', 'FEE_ACCOUNT_HOLDER', 'FEE_ACCOUNT_CONFIRMED_BY'],
]

// Reading alone keeps one core busy at a time: what only reads is done together.
const stages = [
  { name: 'lint', title: 'Lint', work: lint, together: 'reading' },
  { name: 'types', title: 'Types', work: types, together: 'reading' },
  { name: 'imports', title: 'Import rule', work: () => runTool('dependency-cruiser/bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.cjs', ...sources], quiet(5)), together: 'reading' },
  { name: 'build', title: 'Build', work: () => buildChanged(labApp) },
  { name: 'unit', title: 'Unit, contract, pack, property and architecture tests', work: unit, count: countVitest },
  { name: 'e2e', title: 'End-to-end tests', work: e2e, count: countPlaywright },
]

requireNode()
const wanted = stagesWanted(process.argv.slice(2))
for (const name of settingsOfAnOffice) delete process.env[name]
await installMissing()
if (wanted.some(({ name }) => name === 'unit' || name === 'e2e')) process.env.PLAYWRIGHT_CHROMIUM = await findBrowser()
mkdirSync(inRoot('test-results'), { recursive: true })
for (const file of Object.values(results)) rmSync(inRoot(file), { force: true })

const sum = { passed: 0, failed: 0 }
const took = []
for (const group of groupsOf(wanted)) {
  const passed = await Promise.all(group.map(runStage))
  if (passed.includes(false)) break
}
report()

/** Neighbours that may run at the same time, others alone; in order. */
function groupsOf(list) {
  const groups = []
  for (const stage of list) {
    const last = groups.at(-1)
    if (stage.together !== undefined && last?.[0].together === stage.together) last.push(stage)
    else groups.push([stage])
  }
  return groups
}

async function runStage({ title, work, count }) {
  const startedAt = Date.now()
  process.stdout.write(`\n── ${title}\n`)
  let trouble
  try {
    await work()
  } catch (cause) {
    process.stdout.write(cause.output ?? '')
    trouble = cause.message
  }
  const counted = count?.() ?? { passed: 0, failed: 0 }
  // A stage can fail with no failed test to show for it: a lint error, an error outside of any test.
  if (trouble !== undefined) counted.failed = Math.max(1, counted.failed)
  sum.passed += counted.passed
  sum.failed += counted.failed
  took.push({ title, ms: Date.now() - startedAt, failed: counted.failed > 0 })
  if (counted.failed > 0) process.stdout.write(`\n✗ ${title} failed${trouble === undefined ? '' : ` (${trouble})`}. The stages after it were not run.\n`)
  return counted.failed === 0
}

function report() {
  process.stdout.write('\n')
  for (const { title, ms, failed } of took) process.stdout.write(`${failed ? '✗' : '✓'} ${title}: ${seconds(ms)}\n`)
  process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed\n`)
  process.exitCode = sum.failed === 0 ? 0 : 1
}

async function lint() {
  await runTool('eslint/bin/eslint.js', ['.'], quiet(10))
  await run(process.execPath, [inRoot('scripts', 'stylecheck.mjs')], quiet(2))
}

async function types() {
  const check = (tool, project) => runTool(tool, ['-p', project, '--pretty', 'false'], quiet(10))
  const results = await Promise.allSettled([
    check('vue-tsc/bin/vue-tsc.js', 'tsconfig.app.json'),
    (async () => {
      for (const project of ['worker', 'server']) await check('typescript/bin/tsc', `tsconfig.${project}.json`)
      // Plain tsc sees components without their props.
      await check('vue-tsc/bin/vue-tsc.js', 'tsconfig.tests.json')
    })(),
  ])
  const failed = results.filter(({ status }) => status === 'rejected').map(({ reason }) => reason)
  for (const { output } of failed.slice(1)) process.stdout.write(output ?? '')
  if (failed.length > 0) throw failed[0]
}

function unit() {
  return runTool('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results.unit}`], shown(15))
}

function e2e() {
  return runTool('@playwright/test/cli.js', ['test'], { name: 'playwright test', ...shown(process.env.LONG === undefined ? 20 : 60) })
}

function shown(minutes) {
  return { show: true, limitMs: minutes * minuteMs }
}

/** Says what it found only when it found something. */
function quiet(minutes) {
  return { limitMs: minutes * minuteMs }
}

function countVitest() {
  const { numPassedTests = 0, numFailedTests = 0, numFailedTestSuites = 0 } = resultsIn(results.unit)
  return { passed: numPassedTests, failed: Math.max(numFailedTests, Math.min(1, numFailedTestSuites)) }
}

function countPlaywright() {
  const { expected = 0, unexpected = 0, flaky = 0 } = resultsIn(results.e2e).stats ?? {}
  return { passed: expected, failed: unexpected + flaky }
}

function resultsIn(file) {
  try {
    return JSON.parse(readFileSync(inRoot(file), 'utf8'))
  } catch (cause) {
    if (cause.code === 'ENOENT' || cause instanceof SyntaxError) return {} // the stage ended before it could write them
    throw cause
  }
}

function stagesWanted(args) {
  const only = args.find((arg) => arg.startsWith('--only='))?.slice('--only='.length).split(',')
  const known = stages.map(({ name }) => name)
  const unknown = [...args.filter((arg) => !arg.startsWith('--only=')), ...(only ?? []).filter((name) => !known.includes(name))]
  if (unknown.length > 0) stop(`npm test does not know ${unknown.join(', ')}: say --only= with some of ${known.join(', ')}.`)
  if (only === undefined) return stages
  // The end-to-end tests run the built app.
  return stages.filter(({ name }) => only.includes(name) || (name === 'build' && (only.includes('e2e') || only.includes('unit'))))
}
