/** How much memory a browser's processes hold, as Linux counts it; elsewhere nothing is said. */
import { readdirSync, readFileSync } from 'node:fs'

/** Resident bytes of every process whose command line names the folder, its children among them. */
function residentBytes(folder: string): number {
  let sum = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer') || !hasAncestor(pid, folder)) continue
      sum += Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
    } catch (cause) {
      // A process that ends while it is looked at holds nothing.
      if (!(cause instanceof Error)) throw cause
    }
  }
  return sum
}

function hasAncestor(pid: string, folder: string): boolean {
  let [at, steps] = [pid, 0]
  while (Number(at) > 1 && steps < 6) {
    if (readFileSync(`/proc/${at}/cmdline`, 'utf8').includes(folder)) return true
    at = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${at}/status`, 'utf8'))?.[1] ?? '1'
    steps += 1
  }
  return false
}

/** What the pages of this browser held at most above the beginning while `work` ran, in MiB; null where nothing tells. */
export async function peakOf(folder: string, work: () => Promise<void>): Promise<number | null> {
  if (process.platform !== 'linux') {
    await work()
    return null
  }
  const before = residentBytes(folder)
  let peak = before
  const looking = setInterval(() => {
    peak = Math.max(peak, residentBytes(folder))
  }, 20)
  try {
    await work()
  } finally {
    clearInterval(looking)
  }
  return Math.round((peak - before) / 1024 / 1024)
}
