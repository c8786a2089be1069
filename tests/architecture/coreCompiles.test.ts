import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyTree, runNode, toolPath, type TreeCopy } from '../support/treeCopy.ts'

const WINDOW = 'core/plantedWindow.ts'
const PROCESS = 'core/plantedProcess.ts'
const WORKER_DOCUMENT = 'src/offline/outbox/plantedDocument.ts'

describe('core is compiled for the browser, the worker and Node', () => {
  let copy: TreeCopy
  const said: Record<string, string> = {}

  beforeAll(async () => {
    copy = copyTree(['core', 'src/env.d.ts', 'src/offline', 'tsconfig.json', 'tsconfig.base.json', 'tsconfig.app.json', 'tsconfig.worker.json', 'tsconfig.server.json', 'package.json'])
    copy.plant(WINDOW, 'export const width = window.innerWidth\n')
    copy.plant(PROCESS, "export const port = process.env['PORT']\n")
    copy.plant(WORKER_DOCUMENT, 'export const title = document.title\n')
    const compile = async (project: string, tool: string): Promise<void> => {
      said[project] = (await runNode(toolPath(tool), ['-p', `tsconfig.${project}.json`, '--pretty', 'false'], copy.root)).output
    }
    await Promise.all([compile('app', 'typescript/bin/tsc'), compile('worker', 'typescript/bin/tsc')])
    await compile('server', 'typescript/bin/tsc')
  })

  afterAll(() => {
    copy.remove()
  })

  it('so a core file that touches window fails for the worker and for Node, and only there', () => {
    expect(said['worker']).toContain(`${WINDOW}(1,`)
    expect(said['server']).toContain(`${WINDOW}(1,`)
    expect(said['app']).not.toContain(WINDOW)
  })

  it('so a core file that touches process fails for the browser and for the worker, and only there', () => {
    expect(said['app']).toContain(`${PROCESS}(1,`)
    expect(said['worker']).toContain(`${PROCESS}(1,`)
    expect(said['server']).not.toContain(PROCESS)
  })

  it('and an outbox file that touches the document fails for the worker', () => {
    expect(said['worker']).toContain(`${WORKER_DOCUMENT}(1,`)
  })
})
