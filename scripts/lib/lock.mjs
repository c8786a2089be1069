// One install and one build at a time: `npm start` and `npm test` may be called at once on a fresh clone.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { inRoot } from './place.mjs'

/** Runs `work` while no other script holds the lock of that name; a dead holder's lock is taken over. */
export async function withLock(name, work) {
  const path = inRoot('.cache', `${name}.lock`)
  const mine = `${path}.${process.pid}`
  mkdirSync(inRoot('.cache'), { recursive: true })
  writeFileSync(mine, String(process.pid))
  try {
    let told = false
    while (!take(mine, path)) {
      if (!told) process.stdout.write(`  … waiting for another script of this folder (${name})\n`)
      told = true
      await pause(300)
    }
  } finally {
    rmSync(mine, { force: true })
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

function take(mine, path) {
  try {
    linkSync(mine, path)
    return true
  } catch (cause) {
    if (cause.code !== 'EEXIST') throw cause
  }
  const holder = holderOf(path)
  if (holder !== undefined && !lives(holder)) takeAway(path, holder)
  return false
}

function takeAway(path, deadHolder) {
  const aside = `${path}.${process.pid}.aside`
  try {
    renameSync(path, aside)
    // A faster script may have made a fresh lock in between: it gets it back.
    if (holderOf(aside) !== deadHolder) linkSync(aside, path)
  } catch (cause) {
    if (cause.code !== 'ENOENT' && cause.code !== 'EEXIST') throw cause
  }
  rmSync(aside, { force: true })
}

function holderOf(path) {
  try {
    return Number(readFileSync(path, 'utf8')) || undefined
  } catch (cause) {
    if (cause.code === 'ENOENT') return undefined
    throw cause
  }
}

function lives(pid) {
  try {
    return process.kill(pid, 0)
  } catch (cause) {
    return cause.code === 'EPERM'
  }
}
