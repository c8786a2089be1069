import { describe, expect, test } from 'vitest'
import { digestOf } from '../../../../core/sealing/digest.ts'
import { signHoldings, verifyHoldings, type Held } from '../../../../core/wire/holdings.ts'
import { anEpoch, anId, anOffice } from '../../../support/office.ts'

const aHeld = async (text: string): Promise<Held> => ({ id: anId(), digest: await digestOf(text) })

describe('the office’s answer about what it holds', () => {
  test('is taken when the pinned office signed it about exactly the list that was asked', async () => {
    const office = await anOffice()
    const [one, other] = [await aHeld('one'), await aHeld('other')]
    const statement = await signHoldings({ epoch: anEpoch, head: 7, lacking: [other.id], uncovered: [one.id] }, [one, other], office.signingKey, office.signingKid)

    expect(await verifyHoldings(statement, office.keySet, [one, other])).toMatchObject({ lacking: [other.id], uncovered: [one.id] })
    expect(await verifyHoldings(statement, office.keySet, [other, one])).toBeNull()
    expect(await verifyHoldings(statement, office.keySet, [one])).toBeNull()
    expect(await verifyHoldings(statement, (await anOffice()).keySet, [one, other])).toBeNull()
  })

  test('may be about nothing: then it only tells epoch and head', async () => {
    const office = await anOffice()
    const statement = await signHoldings({ epoch: anEpoch, head: 7, lacking: [], uncovered: [] }, [], office.signingKey, office.signingKid)
    expect(await verifyHoldings(statement, office.keySet, [])).toMatchObject({ epoch: anEpoch, head: 7 })
  })
})
