// Loaded before a process (`node --import`), it makes the process live CLOCK_BEHIND_MS ago: an office whose badges and keys
// have run out by today is one that was set up long before.
const behindMs = Number(process.env.CLOCK_BEHIND_MS ?? 0)
const Present = Date
const now = () => Present.now() - behindMs

globalThis.Date = class extends Present {
  constructor(...parts) {
    super(...(parts.length === 0 ? [now()] : parts))
  }
  static now = now
}
