import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { aMarker, searchBytes, searchFolders } from '../../support/markers.ts'
import { unsnappy } from '../../support/snappy.ts'

const marker = aMarker('Ten')
const around = (bytes: Uint8Array) => Buffer.concat([Buffer.from('xx'), bytes, Buffer.from('yyy')])
/** Snappy with literals only is still Snappy. */
const snappy = (bytes: Uint8Array) => Buffer.concat([Buffer.from([bytes.length]), Buffer.from([(bytes.length - 1) << 2]), bytes])
const folder = mkdtempSync(join(tmpdir(), 'markers-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('the search for markers', () => {
  it.each<[string, Uint8Array]>([
    ['UTF-8', around(Buffer.from(marker))],
    ['UTF-16LE', around(Buffer.from(marker, 'utf16le'))],
    ['decomposed letters', around(Buffer.from(marker.normalize('NFD')))],
    ['base64 at any place', Buffer.from(around(Buffer.from(marker)).toString('base64'))],
    ['base64url at another place', Buffer.from(Buffer.from(`x${marker}`).toString('base64url'))],
    ['gzip', around(gzipSync(marker))],
    ['a Snappy value of IndexedDB', around(Buffer.concat([Buffer.from([0xff, 0x11, 0x02]), snappy(Buffer.from(marker, 'utf16le'))]))],
  ])('finds one in %s', (_, bytes) => {
    expect(searchBytes(bytes, [marker])).not.toEqual([])
  })

  it.each([0, 1, 2])('finds one in base64url where its letters differ from base64, %i bytes after a boundary', (shift) => {
    // "oẵ" is written with "-" or "_" at one of the three places.
    const ours = 'Tenabcdefghoẵ'
    const text = Buffer.from(`${'x'.repeat(shift)}${ours}yy`).toString('base64url')

    expect(searchBytes(Buffer.from(text), [ours])).not.toEqual([])
  })

  it('finds nothing where there is nothing', () => {
    expect(searchBytes(around(Buffer.from(aMarker('Ten'))), [marker])).toEqual([])
  })

  it('names the file', () => {
    writeFileSync(join(folder, 'one.log'), marker)

    expect(searchFolders([folder], [marker])).toContain(`${join(folder, 'one.log')}: ${marker} (utf-8)`)
  })
})

describe('Snappy', () => {
  it('copies what it has already written', () => {
    // "abcd" as a literal, then a copy of 8 bytes from 4 back (RFC-less format: tag 01, length 8, offset 4)
    const stream = new Uint8Array([12, 3 << 2, 97, 98, 99, 100, ((8 - 4) << 2) | 1, 4])

    expect(Buffer.from(unsnappy(stream) ?? []).toString()).toBe('abcdabcdabcd')
  })
})
