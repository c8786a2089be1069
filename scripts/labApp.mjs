// Builds what the fault lab's real browsers open, when its sources have changed. For the lab's own tests.
import { buildOrStop, labApp } from './lib/build.mjs'

await buildOrStop(labApp)
