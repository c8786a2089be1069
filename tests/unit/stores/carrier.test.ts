import { describe, expect, it } from 'vitest'
import { useCarrier } from '../../../src/stores/carrier.ts'
import { aPlan, anId } from '../../support/screens/fakeTablet.ts'
import { screenApp } from '../../support/screens/screenApp.ts'

const first = <T>(list: readonly T[] | undefined): T => {
  const [one] = list ?? []
  if (one === undefined) throw new Error('an empty list')
  return one
}

describe('the carrier store', () => {
  it('hands a file over under a name with the day and nothing of anybody, and notes what is in it', async () => {
    const { outside, tablet } = screenApp()
    const carrier = useCarrier()
    await carrier.makePlan(true)

    await carrier.save(first(carrier.plan?.files))

    expect(outside.files.map(({ fileName }) => fileName)).toEqual(['tiepsuc-2026-11-24.ndjson'])
    expect(await first(outside.files).content.text()).toBe('{"file":1}\n')
    expect(tablet.asked).toEqual(['plan with photos', `exported ${anId('001')}`])
  })

  it('numbers the files of a large export', async () => {
    const { outside, tablet } = screenApp()
    tablet.plan = aPlan([50, 50, 7])
    const carrier = useCarrier()
    await carrier.makePlan(true)

    for (const file of carrier.plan?.files ?? []) await carrier.save(file)

    expect(outside.files.map(({ fileName }) => fileName)).toEqual(['tiepsuc-2026-11-24-1-of-3.ndjson', 'tiepsuc-2026-11-24-2-of-3.ndjson', 'tiepsuc-2026-11-24-3-of-3.ndjson'])
    expect([...carrier.handed]).toEqual([1, 2, 3])
  })

  it.each(['cancelled', 'tapAgain', 'failed'] as const)('notes nothing as written when sharing was %s', async (answer) => {
    const { outside, tablet } = screenApp()
    outside.sheet = answer
    const carrier = useCarrier()
    await carrier.makePlan(false)

    expect(await carrier.share(first(carrier.plan?.files))).toBe(answer)
    expect(tablet.asked).toEqual(['plan without photos'])
    expect([...carrier.handed]).toEqual([])
  })

  it('shares at the second tap what the first one had to write too long for', async () => {
    const { outside, tablet } = screenApp()
    outside.sheet = 'tapAgain'
    const carrier = useCarrier()
    await carrier.makePlan(true)
    const file = first(carrier.plan?.files)
    await carrier.share(file)
    let written = 0
    const write = tablet.outbox.writeExport
    Object.assign(tablet.outbox, { writeExport: (one: typeof file) => ((written += 1), write(one)) })

    outside.sheet = 'shared'

    expect(await carrier.share(file)).toBe('shared')
    expect(written).toBe(0)
    expect(tablet.asked).toContain(`exported ${anId('001')}`)
  })
})
