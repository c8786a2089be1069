/** Snappy (raw format) and LevelDB tables, just enough to look for a text inside them. */

/** The uncompressed bytes of a raw Snappy stream, or null when it is not one. */
export function unsnappy(bytes: Uint8Array): Uint8Array | null {
  let at = 0
  let length = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    if (byte === undefined || shift > 28) return null
    length |= (byte & 0x7f) << shift
    if (byte < 0x80) break
  }
  if (length < 0 || length > 64 * 1024 * 1024) return null
  const out = new Uint8Array(length)
  let to = 0
  while (to < length) {
    const tag = bytes[at++]
    if (tag === undefined) return null
    const copy = tag & 3
    if (copy === 0) {
      let run = tag >> 2
      if (run >= 60) {
        const extra = run - 59
        run = 0
        for (let i = 0; i < extra; i += 1) run |= (bytes[at++] ?? 0) << (8 * i)
      }
      run += 1
      if (at + run > bytes.length || to + run > length) return null
      out.set(bytes.subarray(at, at + run), to)
      at += run
      to += run
      continue
    }
    let run: number
    let back: number
    if (copy === 1) {
      run = 4 + ((tag >> 2) & 7)
      back = ((tag >> 5) << 8) | (bytes[at++] ?? 0)
    } else {
      run = (tag >> 2) + 1
      back = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
      if (copy === 3) back |= ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
      at += copy === 3 ? 4 : 2
    }
    if (back <= 0 || back > to || to + run > length) return null
    for (let i = 0; i < run; i += 1, to += 1) out[to] = out[to - back] ?? 0
  }
  return out
}

/** The data blocks of a LevelDB table (.ldb), uncompressed. */
export function levelDbBlocks(table: Uint8Array): Uint8Array[] {
  if (table.length < 48) return []
  const footer = table.subarray(table.length - 48)
  const at = { at: 0 }
  varint(footer, at)
  varint(footer, at)
  const index = block(table, varint(footer, at), varint(footer, at))
  if (index === null) return []
  return entries(index).flatMap((value) => {
    const handle = { at: 0 }
    const found = block(table, varint(value, handle), varint(value, handle))
    return found === null ? [] : [found]
  })
}

function block(table: Uint8Array, offset: number, size: number): Uint8Array | null {
  if (offset + size + 5 > table.length) return null
  const bytes = table.subarray(offset, offset + size)
  return table[offset + size] === 1 ? unsnappy(bytes) : bytes
}

function entries(index: Uint8Array): Uint8Array[] {
  const view = new DataView(index.buffer, index.byteOffset, index.byteLength)
  if (index.length < 4) return []
  const end = index.length - 4 - 4 * view.getUint32(index.length - 4, true)
  const values: Uint8Array[] = []
  const at = { at: 0 }
  while (at.at < end) {
    varint(index, at)
    const own = varint(index, at)
    const size = varint(index, at)
    at.at += own
    values.push(index.subarray(at.at, at.at + size))
    at.at += size
  }
  return values
}

function varint(bytes: Uint8Array, cursor: { at: number }): number {
  let value = 0
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[cursor.at++]
    if (byte === undefined) return value
    value += (byte & 0x7f) * factor
    if (byte < 0x80) return value
  }
}
