// What a person sees while something takes long: one line a step that lives on a terminal, and plain lines elsewhere.
const live = process.stdout.isTTY === true && process.env.CI === undefined
const tickMs = live ? 200 : 20_000
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** Ends the script with one plain sentence and exit code 1. */
export function stop(sentence) {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}

/** Runs `work`, showing that it goes on; gives back its value. A failure is thrown on after the line is closed. */
export async function step(title, work) {
  const startedAt = Date.now()
  let count = 0
  const show = () => {
    const passed = seconds(Date.now() - startedAt)
    if (live) process.stdout.write(`\r\x1b[2K  ${frames[count++ % frames.length]} ${title} (${passed})`)
    else process.stdout.write(`  … ${title} (${passed})\n`)
  }
  if (live) show()
  else process.stdout.write(`  … ${title}\n`)
  const timer = setInterval(show, tickMs)
  const close = (mark) => {
    clearInterval(timer)
    process.stdout.write(`${live ? '\r\x1b[2K' : ''}  ${mark} ${title} (${seconds(Date.now() - startedAt)})\n`)
  }
  try {
    const value = await work()
    close('✓')
    return value
  } catch (cause) {
    close('✗')
    throw cause
  }
}

/** A duration in words: `0.4 s`, `12 s`, `3 min 05 s`. */
export function seconds(ms) {
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`
  const whole = Math.round(ms / 1_000)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}
