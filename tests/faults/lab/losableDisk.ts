/**
 * A disk whose power can be cut: a file system of its own in a file, shut down by the kernel without writing anything more, as
 * file systems themselves are tested. What nobody had flushed is then gone, and mounting it again replays its journal. For root on
 * Linux with ext4, loop devices and perl (which every Debian has, and which can say an ioctl).
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface LosableDisk {
  /** Nothing that lies here reaches the disk from now on; processes that work here get errors. */
  cutsPower(): void
  /** Ends whoever still works here and mounts what had been flushed. */
  comesBack(): Promise<void>
  remove(): Promise<void>
}

const sizeBytes = 4 * 1024 ** 3
/** The journal is written every five minutes instead of five seconds: only a flush helps. */
const mountOptions = 'loop,noatime,commit=300'
/** EXT4_IOC_SHUTDOWN without a flush of the log, after include/uapi/linux/ext4.h. */
const shutDown = "open(my $d, '<', shift) or die $!; my $how = pack('L', 2); ioctl($d, 0x8004587d, $how) or die $!"

/** A sentence on why there is none here, or null. */
export function whyNoLosableDisk(): string | null {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return 'the power of a disk is cut by root on Linux only'
  return existsSync('/dev/loop-control') ? null : 'there are no loop devices here'
}

/** Mounts a new disk at `folder`, which is made. */
export function aLosableDisk(folder: string): LosableDisk {
  const why = whyNoLosableDisk()
  if (why !== null) throw new Error(why)
  const beside = mkdtempSync(join(tmpdir(), 'tiepsuc-disk-'))
  const image = join(beside, 'image')
  writeFileSync(image, '')
  truncateSync(image, sizeBytes)
  must('mkfs.ext4', '-q', '-F', image)
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const at = realpathSync(folder)
  must('mount', '-o', mountOptions, image, at)
  rmSync(join(at, 'lost+found'), { recursive: true })
  return {
    cutsPower: () => must('perl', '-e', shutDown, at),
    async comesBack() {
      await unmounts(at)
      must('mount', '-o', mountOptions, image, at)
    },
    async remove() {
      await unmounts(at)
      rmSync(beside, { recursive: true, force: true })
    },
  }
}

async function unmounts(at: string): Promise<void> {
  for (let left = 100; left > 0; left -= 1) {
    for (const pid of whoWorksIn(at)) endsQuietly(pid)
    if (spawnSync('umount', [at]).status === 0) return
    await sleep(100)
  }
  throw new Error(`${at} stays busy`)
}

/** Processes whose folder is there: those of a database whose disk is gone. */
function whoWorksIn(at: string): readonly number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      return readlinkSync(`/proc/${name}/cwd`).startsWith(`${at}/`) ? [Number(name)] : []
    } catch (cause) {
      if (isGone(cause)) return []
      throw cause
    }
  })
}

function endsQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (cause) {
    if (!isGone(cause)) throw cause
  }
}

/** It ended while it was looked at, or is not ours to look at. */
const isGone = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && ['ENOENT', 'ESRCH', 'EACCES'].includes(String(cause.code))

function must(program: string, ...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`)
}
