/** A readable page from the OpenAPI document: plain HTML, made here, with a style sheet of its own and nothing from outside. */
import { html } from 'hono/html'
import type { generateSpecs } from 'hono-openapi'

type Specs = Awaited<ReturnType<typeof generateSpecs>>
type Html = ReturnType<typeof html>

const verbs = ['get', 'put', 'post'] as const
const groups = [
  { tag: 'open', title: 'Open: the bytes authorise themselves' },
  { tag: 'tablet', title: 'Signed in: an enrolled tablet with DPoP' },
  { tag: 'desk', title: "The officers' desk" },
] as const

interface Operation {
  readonly verb: string
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly detail: string
  readonly takes: readonly Body[]
  readonly answers: readonly { readonly status: string; readonly what: string; readonly bodies: readonly Body[] }[]
}

interface Body {
  readonly type: string
  readonly shape: string | null
}

/** The page. */
export function docsPage(specs: Specs): Html {
  const operations = operationsOf(specs)
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${specs.info.title}</title><link rel="stylesheet" href="/api/docs.css"></head>
<body><main>
<h1>${specs.info.title}</h1>
<p>${specs.info.description} The same as a document: <a href="/api/openapi.json">openapi.json</a>.</p>
<nav><ul>${operations.map(({ verb, path }) => html`<li><a href="#${anchor(verb, path)}"><code>${verb.toUpperCase()} ${path}</code></a></li>`)}</ul></nav>
${groups.map(({ tag, title }) => html`<h2>${title}</h2>${operations.filter((one) => one.tag === tag).map(section)}`)}
</main></body></html>`
}

function section({ verb, path, summary, detail, takes, answers }: Operation): Html {
  return html`<section id="${anchor(verb, path)}"><h3><code>${verb.toUpperCase()} ${path}</code></h3>
<p><strong>${summary}.</strong> ${detail}</p>
${takes.length === 0 ? '' : html`<h4>Body</h4>${takes.map(body)}`}
<h4>Answers</h4><dl>${answers.map(({ status, what, bodies }) => html`<dt>${status}</dt><dd>${what} ${bodies.map(body)}</dd>`)}</dl></section>`
}

function body({ type, shape }: Body): Html {
  return html`<p><code>${type}</code></p>${shape === null ? '' : html`<pre tabindex="0">${shape}</pre>`}`
}

function anchor(verb: string, path: string): string {
  return `${verb}${path.replaceAll(/[^a-zA-Z0-9]+/g, '-')}`
}

function operationsOf(specs: Specs): readonly Operation[] {
  return Object.entries(specs.paths).flatMap(([path, item]) =>
    verbs.flatMap((verb) => {
      const operation = item[verb]
      if (operation === undefined) return []
      const takes = operation.requestBody !== undefined && 'content' in operation.requestBody ? bodiesOf(operation.requestBody.content) : []
      const answers = Object.entries(operation.responses).map(([status, answer]) =>
        '$ref' in answer ? { status, what: '', bodies: [] } : { status, what: answer.description, bodies: bodiesOf(answer.content ?? {}) },
      )
      return [{ verb, path, tag: operation.tags?.[0] ?? '', summary: operation.summary ?? '', detail: operation.description ?? '', takes, answers }]
    }),
  )
}

/** Problems have one shape, said once in the document; repeating it would bury the rest. */
function bodiesOf(content: Readonly<Record<string, { readonly schema?: unknown }>>): readonly Body[] {
  return Object.entries(content).map(([type, { schema }]) => ({
    type,
    shape: schema === undefined || type.endsWith('problem+json') ? null : JSON.stringify(schema, null, 2),
  }))
}

export const docsStyle = `:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
body { margin: 0; } main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 3rem; } section { border-top: 1px solid; padding: .5rem 0 1.5rem; }
pre { overflow: auto; max-height: 24rem; padding: .75rem; border: 1px solid; border-radius: .25rem; font-size: .875rem; }
code { overflow-wrap: anywhere; } nav ul { columns: 18rem; padding-left: 1rem; }
dl { display: grid; grid-template-columns: 4rem 1fr; gap: .25rem 1rem; } dd { margin: 0; } dt { font-weight: 700; }
`

