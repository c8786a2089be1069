/** Somebody with a device key of their own who sends envelopes: enrolled or not, under ids and names that are others'. */
import { birth, anEnvelope, type TestDevice, type TestOffice } from '../../../support/office.ts'
import { signEnrolment } from '../../../../core/sealing/enrolment.ts'
import { generateDeviceKey } from '../../../../core/sealing/keys.ts'
import { signHeader } from '../../../../core/sealing/header.ts'
import type { ApplicationId, DeviceId, Digest } from '../../../../core/ids.ts'
import { parseOutcomeAnswer } from '../../../../core/wire/answer.ts'
import { envelopeType, writeEnvelope } from '../../../../core/wire/envelope.ts'
import type { Ward } from '../ward.ts'

export interface Sent {
  readonly id: ApplicationId
  readonly digest: Digest
  /** The office's signed word, or null: it said no without a signature, or was not there. */
  readonly outcome: string | null
  /** Null when nobody answered. */
  readonly status: number | null
}

export class Stranger {
  private readonly ward: Ward
  private readonly device: TestDevice

  private constructor(ward: Ward, device: TestDevice) {
    this.ward = ward
    this.device = device
  }

  static async of(ward: Ward): Promise<Stranger> {
    return new Stranger(ward, await generateDeviceKey())
  }

  /** Becomes a device of the office; false when that was away. */
  async enrols(): Promise<boolean> {
    const ticket = await this.ward.office.ticket()
    if (ticket === null) return false
    const { device, publicJwk, privateKey } = this.device
    const proof = await signEnrolment(ticket.enrol, device, privateKey)
    const answer = await this.ask('/api/v1/enrolments', 'POST', JSON.stringify({ ticket: ticket.enrol, key: publicJwk, proof }), 'application/json')
    return answer?.ok === true
  }

  /** Sends an application of its own under this id; `as` names another device in a header that this one signs. */
  async sends(id: ApplicationId, as: DeviceId | null = null): Promise<Sent> {
    const keys = { keySet: this.ward.office.inside().keys.keySet } as TestOffice
    const device = as ?? this.device.device
    const made = await anEnvelope(keys, { ...this.device, device }, { application: { id } })
    const header = await signHeader({ id, digest: made.digest, device, pack: birth, parts: [], seq: 1 }, this.device.privateKey)
    const answer = await this.ask(`/api/v1/envelopes/${id}`, 'PUT', writeEnvelope({ envelope: made.envelope, header }), envelopeType)
    const said = answer?.ok === true ? parseOutcomeAnswer(await answer.json()) : null
    return { id, digest: made.digest, outcome: said?.outcome ?? null, status: answer?.status ?? null }
  }

  private async ask(path: string, method: string, body: string, type: string): Promise<Response | null> {
    try {
      return await fetch(`${this.ward.office.run.origin}${path}`, { method, body, headers: { 'content-type': type, 'x-forwarded-for': '192.0.2.251' } })
    } catch (cause) {
      if (cause instanceof TypeError) return null // the office is away: nothing was sent
      throw cause
    }
  }
}
