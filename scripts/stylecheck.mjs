// The house rules that no linter knows: names, barrels, languages, colours, reasons. Prints each fault with its place and
// ends with 1 if there is one. `node scripts/stylecheck.mjs [folder]` checks another copy of the tree.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'

const SOURCES = ['core', 'src', 'desk', 'server']
const BANNED = ['data', 'info', 'manager', 'helper', 'util', 'common', 'misc', 'service', 'process', 'record', 'payload']
/** Terms of the platform or of architecture 1 that contain a banned word and mean something exact. */
const TERMS = [/service ?worker/g, /\bdata key\b/g, /\bdata folder\b/g]
/** Files of words shared by all pages, and of the field blocks shared by all packs. */
const NAMED_ELSEWHERE = [/^src\/i18n\/\w+\/common\.ts$/]
const COLOUR_HOME = 'src/styles/tokens.css'
const COLOUR = /#(?:[\da-f]{8}|[\da-f]{6}|[\da-f]{3,4})\b(?![\w-])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(/i
const NAMED_COLOUR = /:\s*(?:white|black|red|green|blue|gray|grey|yellow|orange|purple|violet|silver|maroon|navy|teal)\b/i
/** Modern tone placement at the end of a syllable; ours is the traditional one (hòa, khỏe, ủy), after q it stands (quý). */
const MODERN_TONE = /\p{L}*(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\p{L})/iu
const PLACEHOLDER = /\{(\w+)\}/g

/** Every fault of the tree under `root`, as `path:line rule what`. */
export function stylecheck(root) {
  const files = SOURCES.flatMap((folder) => listFiles(root, folder))
  const faults = []
  const report = (file, line, rule, what) => faults.push(`${file}:${line} ${rule} ${what}`)
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    checkFileName(file, report)
    if (file.endsWith('.ts') || file.endsWith('.vue')) checkCode(file, text, report)
    if (file.endsWith('.css') || file.endsWith('.vue')) checkColours(file, text, report)
  }
  checkLocales(root, report)
  checkPackTexts(root, report)
  return faults
}

function checkFileName(file, report) {
  const name = basename(file)
  const stem = name.replace(/\..*$/, '')
  if (NAMED_ELSEWHERE.some((one) => one.test(file))) return
  for (const word of bannedWords(stem)) report(file, 1, 'name', `"${word}" says nothing: name what it is`)
  if (/^index\.ts$/.test(name)) report(file, 1, 'barrel', 'import from the file that makes the thing')
  if (name.endsWith('.vue') && !/^[A-Z][A-Za-z0-9]*\.vue$/.test(name)) report(file, 1, 'name', 'a .vue file is PascalCase')
  if (name.endsWith('.ts') && !/^[a-z][A-Za-z0-9]*(?:\.(?:worker|config|d))?\.ts$/.test(name)) report(file, 1, 'name', 'a .ts file is camelCase')
}

function checkCode(file, text, report) {
  const lines = text.split('\n')
  lines.forEach((line, index) => {
    const at = index + 1
    const exported = /^\s*export\s+(?:declare\s+)?(?:async\s+)?(?:function\*?|const|let|abstract class|class|interface|type)\s+(\w+)/.exec(line)
    if (exported && !NAMED_ELSEWHERE.some((one) => one.test(file))) {
      for (const word of bannedWords(exported[1])) report(file, at, 'name', `"${word}" in ${exported[1]} says nothing: name what it is`)
    }
    if (/^\s*export\s+\*/.test(line)) report(file, at, 'barrel', 'export * hides where a thing is made')
    if (/eslint-disable/.test(line) && !/ -- \S/.test(line)) report(file, at, 'reason', 'a disabled rule needs " -- why"')
    if (/@ts-(?:ignore|nocheck)/.test(line)) report(file, at, 'reason', 'types are not silenced')
    if (/@ts-expect-error\s*$/.test(line)) report(file, at, 'reason', '@ts-expect-error needs its reason')
    if (/\b(?:TODO|FIXME|XXX)\b/.test(line) && !/#\d+/.test(line)) report(file, at, 'todo', 'a TODO names its issue (#12)')
  })
}

function checkColours(file, text, report) {
  if (file === COLOUR_HOME) return
  const css = file.endsWith('.vue') ? blank(text, /<script[\s\S]*?<\/script>/g) : text
  const lines = blank(blank(css, /\/\*[\s\S]*?\*\//g), /<!--[\s\S]*?-->/g).split('\n')
  lines.forEach((line, index) => {
    const found = COLOUR.exec(line.replace(/url\([^)]*\)|(?:href|to|xlink:href)="#[^"]*"/g, '')) ?? (file.endsWith('.css') ? NAMED_COLOUR.exec(line) : null)
    if (found) report(file, index + 1, 'colour', `${found[0]} belongs in ${COLOUR_HOME}`)
  })
}

/** All languages hold the same texts with the same {places}. */
function checkLocales(root, report) {
  const home = join(root, 'src/i18n')
  if (!existsSync(home)) return
  const locales = readdirSync(home).filter((name) => statSync(join(home, name)).isDirectory())
  const read = (locale) => new Map(listFiles(root, `src/i18n/${locale}`).filter((one) => one.endsWith('.ts')).map((one) => [basename(one), leavesOf(root, one)]))
  const vietnamese = read('vi')
  for (const locale of locales) {
    const other = read(locale)
    for (const [name, leaves] of vietnamese) compareLeaves(`src/i18n/${locale}/${name}`, leaves, other.get(name), report)
    for (const name of other.keys()) if (!vietnamese.has(name)) report(`src/i18n/${locale}/${name}`, 1, 'locale', 'has no Vietnamese original')
  }
  for (const [name, leaves] of vietnamese) for (const [key, leaf] of leaves) checkVietnamese(`src/i18n/vi/${name}`, key, leaf.text, report)
}

function checkPackTexts(root, report) {
  for (const file of listFiles(root, 'procedures').filter((one) => /texts\.vi\.json$/.test(one))) {
    const folder = file.slice(0, -basename(file).length)
    const original = jsonLeaves(root, file)
    for (const [key, leaf] of original) checkVietnamese(file, key, leaf.text, report)
    const names = readdirSync(join(root, folder)).filter((name) => /texts\.\w+\.json$/.test(name) && !name.endsWith('.vi.json'))
    if (names.length === 0) report(file, 1, 'locale', 'stands alone: texts.en.json is missing')
    for (const name of names) compareLeaves(`${folder}${name}`, original, jsonLeaves(root, `${folder}${name}`), report)
  }
}

function compareLeaves(file, original, other, report) {
  if (other === undefined) return report(file, 1, 'locale', 'is missing')
  for (const [key, leaf] of original) {
    const found = other.get(key)
    if (found === undefined) report(file, 1, 'locale', `lacks ${key}`)
    else if (found.places !== leaf.places) report(file, 1, 'locale', `${key} has places {${found.places}}, the Vietnamese text {${leaf.places}}`)
    else if (found.text.trim() === '' && leaf.text.trim() !== '') report(file, 1, 'locale', `${key} is empty`)
  }
  for (const key of other.keys()) if (!original.has(key)) report(file, 1, 'locale', `${key} has no Vietnamese original`)
}

function checkVietnamese(file, key, text, report) {
  const modern = MODERN_TONE.exec(text)
  if (modern) report(file, 1, 'spelling', `${key}: "${modern[0]}" has the tone in the modern place`)
  if (text !== text.normalize('NFC')) report(file, 1, 'spelling', `${key} is not NFC`)
}

/** Every text of a locale file by its path: strings, and calls such as plural({...}), which count as one text. */
function leavesOf(root, file) {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true)
  const leaves = new Map()
  const walk = (node, path) => {
    if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) return walk(node.expression, path)
    if (!ts.isObjectLiteralExpression(node)) return leaves.set(path.join('.'), leafOf(stringsIn(node)))
    for (const property of node.properties) {
      if (ts.isPropertyAssignment(property)) walk(property.initializer, [...path, nameOf(property.name)])
    }
  }
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const one of statement.declarationList.declarations) if (one.initializer) walk(one.initializer, [one.name.getText()])
  }
  return leaves
}

function stringsIn(node) {
  if (ts.isStringLiteralLike(node)) return [node.text]
  const found = []
  node.forEachChild((child) => {
    if (!ts.isPropertyAssignment(child)) found.push(...stringsIn(child))
    else found.push(...stringsIn(child.initializer))
  })
  return found
}

function jsonLeaves(root, file) {
  const leaves = new Map()
  const walk = (value, path) => {
    if (typeof value === 'string') leaves.set(path.join('.'), leafOf([value]))
    // A list of words (what people call the procedure) may be longer in one language than in another.
    else if (Array.isArray(value) && value.every((one) => typeof one === 'string')) leaves.set(path.join('.'), leafOf(value))
    else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key])
  }
  walk(JSON.parse(readFileSync(join(root, file), 'utf8')), [])
  return leaves
}

function leafOf(texts) {
  const text = texts.join(' | ')
  const places = [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1]))].sort().join(', ')
  return { text, places }
}

function nameOf(name) {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : name.getText()
}

/** The banned words in a name; `userRecords` holds "record", `recordedAt` and `metadata` hold none. */
export function bannedWords(name) {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[_-]/g, ' ')
    .toLowerCase()
  const left = TERMS.reduce((text, term) => text.replace(term, ''), words).split(/\s+/)
  return BANNED.filter((word) => left.some((one) => one === word || one === `${word}s` || one === `${word}es`))
}

/** The text with every match turned into spaces, so that line numbers stay. */
function blank(text, pattern) {
  return text.replace(pattern, (match) => match.replace(/[^\n]/g, ' '))
}

function listFiles(root, folder) {
  const start = join(root, folder)
  if (!existsSync(start)) return []
  return readdirSync(start, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(start, name)).isFile())
    .map((name) => relative(root, join(start, name)).split(sep).join('/'))
    .sort()
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const faults = stylecheck(process.argv[2] ?? join(import.meta.dirname, '..'))
  for (const fault of faults) console.log(fault)
  console.log(faults.length === 0 ? 'style: no fault' : `style: ${faults.length} fault${faults.length === 1 ? '' : 's'}`)
  process.exitCode = faults.length === 0 ? 0 : 1
}
