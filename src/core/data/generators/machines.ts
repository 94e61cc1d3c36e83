/**
 * Built-in sounds for anomaly detection: the hum of four machines, each with harmonics of its rotation, teeth that mesh and a frame
 * that rings. Each recording has its own speed and load, as machines at work have, and its own background. So the harmonics of normal
 * sounds move from band to band along a curve, which a plane of few dimensions does not hold. Training recordings are all normal; half
 * of the test recordings have one of five faults.
 */
import { word } from '../../language/say';
import { sayLater } from '../../language/told';
import { createRandom, type Random } from '../../random';
import { pieceWords, type Dataset, type Examples, type Sound } from '../dataset';
import { between, eitherWay, mixed, whiteNoise } from './chance';
import type { Split } from './examples';
import { addFault, faults, type Fault } from './faults';
import { colouredNoise, level, Resonator, SAMPLE_RATE } from './sound';

export const MACHINES = 4;
/** Frames of log-mel that a recording is cut into, and how many of them make an example. */
const KEPT_FRAMES = 64;
const STACKED_FRAMES = 5;
const BANDS = 128;
/** Examples per recording. */
export const VECTORS = KEPT_FRAMES - STACKED_FRAMES + 1;
/** The first frames and the last ones are left out, because padding may reach into them. */
const FIRST_FRAME = 2;
/** Samples of a frame and between frames. Source: MLPerf Tiny, anomaly_detection/baseline.yaml. */
const [WINDOW, HOP] = [1024, 512];
const SAMPLES = (KEPT_FRAMES + 2 * FIRST_FRAME) * HOP + WINDOW;
const PERIOD = 4096;

export interface MachineSettings {
  readonly seed?: number;
  /** 0 for loud faults in steady machines, 1 for faint ones in machines that vary. */
  readonly difficulty?: number;
}

/** What stays the same from recording to recording. */
export interface Machine {
  /** Turns per second at its usual speed. */
  readonly rotation: number;
  /** Multiples of the rotation, and their loudness without load and under full load. */
  readonly harmonics: readonly (readonly [multiple: number, idle: number, loaded: number])[];
  /** Hz of the frame that noise and hum set ringing. */
  readonly resonances: readonly [number, number];
  readonly noise: number;
  readonly colour: number;
  /** How much the noise swells with each turn. */
  readonly swell: number;
}

/**
 * The same counts and settings give the same sounds; a larger set starts with the smaller one.
 * @param trainRecordings of about two seconds, all normal; each gives `VECTORS` examples
 * @param testRecordings half of them with a fault; machines, and normal and faulty recordings take turns
 * @param logMel all frames of a sound at 16 kHz one after the other, 128 values each; frames of 1024 samples start every 512
 */
export function machinesDataset(
  trainRecordings: number,
  testRecordings: number,
  logMel: (samples: Float32Array) => Float32Array,
  { seed = 1, difficulty = 0.75 }: MachineSettings = {},
): Dataset {
  const machines = Array.from({ length: MACHINES }, (_, id) => makeMachine(createRandom(seed, `machines, machine ${id}`)));
  const sounds: Sound[] = [];
  const record = (split: Split, count: number) =>
    cut(count, logMel, (index) => {
      const random = createRandom(seed, `machines, ${split}, ${index}`);
      const fault = faultOf(split, index);
      const samples = makeRecording(machines[index % MACHINES] as Machine, fault, random, difficulty);
      const faulty = fault !== null;
      // One normal and one faulty recording of each machine are kept to be listened to.
      if (split === 'test' && index < 2 * MACHINES) sounds.push({ label: Number(faulty), group: index % MACHINES, samples });
      return { samples, faulty };
    });
  return {
    name: word('Built-in machine hum'),
    words: pieceWords,
    synthetic: true,
    shape: [STACKED_FRAMES * BANDS],
    classNames: ['normal', 'anomalous'],
    groupNames: machines.map((_, id) => `machine ${id + 1}`),
    texts: {
      classes: [sayLater('normal'), sayLater('anomalous')],
      groups: machines.map((_, id) => sayLater('machine {number}', { number: id + 1 })),
    },
    warnings: [],
    sounds,
    train: record('train', trainRecordings),
    test: record('test', testRecordings),
  };
}

/** After a round of normal recordings, one of each machine, comes a round of faulty ones; then the fault changes. */
function faultOf(split: Split, index: number): Fault | null {
  const round = Math.floor(index / MACHINES);
  return split === 'test' && round % 2 === 1 ? (faults[((round - 1) / 2 + index) % faults.length] as Fault) : null;
}

interface Recording {
  readonly samples: Float32Array;
  readonly faulty: boolean;
}

/** Cuts recordings into examples of several frames in a row, each of which starts a frame later. */
function cut(count: number, logMel: (samples: Float32Array) => Float32Array, recordingAt: (index: number) => Recording): Examples {
  const size = STACKED_FRAMES * BANDS;
  const values = new Float32Array(count * VECTORS * size);
  const [labels, groups] = [new Uint8Array(count * VECTORS), new Uint8Array(count * VECTORS)];
  const recordings = new Uint32Array(count * VECTORS);
  for (let index = 0; index < count; index++) {
    const { samples, faulty } = recordingAt(index);
    const frames = logMel(samples);
    const first = index * VECTORS;
    for (let vector = 0; vector < VECTORS; vector++) {
      const from = (FIRST_FRAME + vector) * BANDS;
      values.set(frames.subarray(from, from + size), (first + vector) * size);
    }
    labels.fill(Number(faulty), first, first + VECTORS);
    groups.fill(index % MACHINES, first, first + VECTORS);
    recordings.fill(index, first, first + VECTORS);
  }
  return { count: count * VECTORS, values, labels, groups, recordings };
}

export function makeMachine(random: Random): Machine {
  const teeth = 16 + random.integer(16);
  const harmonic = (multiple: number, least: number, most: number) =>
    [multiple, between(random, least, most), between(random, least, most)] as const;
  const low = Array.from({ length: 10 }, (_, index) => harmonic(index + 1, 0.2 / (index + 1) ** 0.7, 1 / (index + 1) ** 0.7));
  // Teeth that mesh sound with sidebands one rotation apart.
  const mesh = [1, 2, 3, 4, 5, 6].flatMap((order) =>
    [-1, 0, 1].map((sideband) => {
      const loudness = (sideband === 0 ? 0.2 : 0.08) / Math.sqrt(order);
      return harmonic(order * teeth + sideband, loudness, 4 * loudness);
    }),
  );
  return {
    // Even at the greatest speed the highest harmonic stays below half of the sample rate.
    rotation: between(random, 18, 29),
    harmonics: [...low, ...mesh],
    resonances: [between(random, 400, 1800), between(random, 2200, 6000)],
    noise: between(random, 0.09, 0.24),
    colour: between(random, 0.3, 0.9),
    swell: between(random, 0.1, 0.5),
  };
}

/** @returns about two seconds at 16 kHz, in -1..1; faulty ones are as loud as normal ones */
export function makeRecording(machine: Machine, fault: Fault | null, random: Random, difficulty: number): Float32Array {
  const samples = colouredNoise(SAMPLES, machine.colour, random);
  const white = whiteNoise(random);
  const rings = machine.resonances.map((centre) => new Resonator(centre * (1 + 0.005 * eitherWay(random)), 0.15 * centre));
  const [low, high] = rings as [Resonator, Resonator];
  const [lowGain, highGain] = rings.map((ring) => (machine.noise * between(random, 0.95, 1.05)) / ring.bandDeviation) as [number, number];
  const load = 0.5 + mixed(0.05, 0.4, difficulty) * eitherWay(random);
  const hum = wave(machine, load, (gain) => gain * (1 + 0.06 * eitherWay(random)));
  // The speed follows a slow wave, of which a recording has a piece.
  const range = mixed(0.01, 0.34, difficulty);
  const [rate, phase] = [between(random, 0.05, 0.12), 2 * Math.PI * random.uniform()];
  const background = 0.15 * machine.noise * 10 ** (mixed(0.1, 0.6, difficulty) * eitherWay(random));
  const turns = new Float32Array(SAMPLES);
  let turn = random.uniform();
  for (let at = 0; at < SAMPLES; at++) {
    turn += (machine.rotation * (1 + range * Math.sin((2 * Math.PI * rate * at) / SAMPLE_RATE + phase))) / SAMPLE_RATE;
    turns[at] = turn;
    const inTurn = turn - Math.floor(turn);
    const tone = hum[Math.floor(PERIOD * inTurn)] as number;
    const swell = 1 + machine.swell * (4 * Math.abs(inTurn - 0.5) - 1);
    // A harmonic is louder while it passes a resonance of the frame.
    const driven = swell * white() + 0.3 * tone;
    samples[at] = tone + low.band(lowGain * driven) + high.band(highGain * driven) + background * (samples[at] as number);
  }
  // From 0.9 down to 0.2 in equal ratios.
  if (fault) addFault(fault, samples, turns, 0.9 ** (1 - difficulty) * 0.2 ** difficulty * level(samples), random);
  const gain = (0.05 * 10 ** (mixed(0.5, 4, difficulty) * 0.05 * eitherWay(random))) / level(samples);
  return samples.map((sample) => Math.max(-1, Math.min(1, gain * sample)));
}

/** One turn of the machine's harmonics. @param load from 0 to 1 @param vary the loudness of a harmonic in this recording */
function wave({ harmonics }: Machine, load: number, vary: (gain: number) => number): Float32Array {
  const period = new Float32Array(PERIOD);
  harmonics.forEach(([multiple, idle, loaded], index) => {
    const varied = vary(mixed(idle, loaded, load));
    // Fixed phases spread the harmonics over the turn.
    for (let at = 0; at < PERIOD; at++)
      period[at] = (period[at] as number) + varied * Math.sin((2 * Math.PI * multiple * at) / PERIOD + index * index);
  });
  return period;
}
