/** How the kernels divide their work on a device: timed once, on the first network that is trained there. */
import { measuredTiles, startingTiles, tileChoices, type Tiles } from '../../../kernels/tiles';
import { refused, type WebgpuBackend } from './device';
import type { Recording } from './recording';
import { prepareReplay } from './replay';

type Record = (tiles: Tiles) => Recording;

/** Tiles by device, because they outlive a step. */
const chosen = new WeakMap<GPUDevice, Promise<Tiles>>();

/** The tiles that timing found for a device; the starting tiles if nothing was trained on it yet. */
export async function knownTiles({ device, adapterInfo }: WebgpuBackend): Promise<Tiles> {
  return measuredTiles(adapterInfo.architecture ?? '') ?? (await chosen.get(device)) ?? startingTiles;
}

/** @param record lowers the network that timing runs */
export function tilesOn(backend: WebgpuBackend, record: Record): Promise<Tiles> {
  const { device, adapterInfo } = backend;
  const measured = measuredTiles(adapterInfo.architecture ?? '');
  if (measured) return Promise.resolve(measured);
  const known = chosen.get(device) ?? timeTiles((tiles) => stepTime(backend, record(tiles)));
  chosen.set(device, known);
  // Forget a failure, because timing may succeed with the next network.
  known.catch(() => chosen.delete(device));
  return known;
}

/** The relative gain below which a difference counts as noise. */
const LEAST_GAIN = 0.03;
/** People wait for the timing, so no further choice is tried after this many milliseconds. */
const BUDGET_MS = 2000;

/**
 * Tries the choices one by one, and skips those that the device refuses.
 * @param time milliseconds of a step with these tiles
 */
export async function timeTiles(time: (tiles: Tiles) => Promise<number>, now = () => performance.now()): Promise<Tiles> {
  const started = now();
  let best = startingTiles;
  let fastest = await time(best);
  for (const choices of tileChoices)
    for (const choice of choices) {
      if (now() - started > BUDGET_MS) return best;
      const tiles = { ...best, ...choice };
      const taken = await time(tiles).catch(() => Infinity);
      if (taken < fastest * (1 - LEAST_GAIN)) [best, fastest] = [tiles, taken];
    }
  return best;
}

/**
 * Length of a stretch of steps in milliseconds, long enough that submitting costs little; most steps in it; number of stretches.
 */
const [STRETCH_MS, MOST_STEPS, STRETCHES] = [20, 8, 3];

/** Milliseconds of a step's kernels on the device, on zeros: the fastest stretch. */
async function stepTime(backend: WebgpuBackend, recording: Recording): Promise<number> {
  const { device } = backend;
  const replay = await prepareReplay(backend, recording);
  const run = async (steps: number): Promise<number> => {
    // A refused command takes no time, so its timing must not count.
    device.pushErrorScope('validation');
    const encoder = device.createCommandEncoder();
    for (let step = 0; step < steps; step++) replay.encode(encoder, recording.dispatches.length, null);
    const started = performance.now();
    device.queue.submit([encoder.finish()]);
    const refusal = device.popErrorScope();
    await device.queue.onSubmittedWorkDone();
    const taken = (performance.now() - started) / steps;
    const error = await refusal;
    if (error) throw refused(error.message);
    return taken;
  };
  try {
    await run(1);
    let least = await run(1);
    const steps = Math.min(MOST_STEPS, Math.ceil(STRETCH_MS / least));
    for (let stretch = 0; stretch < STRETCHES; stretch++) least = Math.min(least, await run(steps));
    return least;
  } finally {
    replay.dispose();
  }
}
