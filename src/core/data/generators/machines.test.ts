import { describe, expect, it } from 'vitest';
import { areaUnderCurve, expectAllDifferent, expectRepeatable } from '../../../../tests/support/generatedSets';
import { createRandom } from '../../random';
import { exampleAt, type Dataset, type Examples } from '../dataset';
import { wholeFrames } from '../features/logMel';
import { linearErrors } from '../linearAutoencoder';
import { faults } from './faults';
import { machinesDataset, makeMachine, makeRecording, MACHINES, VECTORS } from './machines';
import { level, Resonator } from './sound';

/** The loudness of 16 bands in dB, each eight times in place of 128 finer ones. */
function bands(samples: Float32Array): Float32Array {
  const frames = Math.floor((samples.length - 1024) / 512) + 1;
  const values = new Float32Array(frames * 128);
  const filtered = new Float32Array(samples.length);
  for (let band = 0; band < 16; band++) {
    const centre = 100 * 1.3 ** band;
    const ring = new Resonator(centre, centre / 6);
    for (let at = 0; at < samples.length; at++) filtered[at] = ring.band(samples[at] as number);
    for (let frame = 0; frame < frames; frame++) {
      const loudness = 20 * Math.log10(1e-6 + level(filtered, frame * 512, frame * 512 + 1024));
      values.fill(loudness, frame * 128 + band * 8, frame * 128 + band * 8 + 8);
    }
  }
  return values;
}

/** Of each recording: its machine, whether it is faulty, and the mean of its examples. */
function recordingsOf(dataset: Dataset, examples: Examples) {
  return Array.from({ length: examples.count / VECTORS }, (_, recording) => {
    const mean = new Float64Array(640);
    for (let vector = 0; vector < VECTORS; vector++)
      exampleAt(dataset, examples, recording * VECTORS + vector).forEach((value: number, at: number) => {
        mean[at] = (mean[at] as number) + value / VECTORS;
      });
    const first = recording * VECTORS;
    return { machine: examples.groups?.[first] as number, faulty: examples.labels[first] === 1, mean };
  });
}

/** How well the distance to the nearest training recording of the same machine tells faulty recordings, over all machines. */
function nearestCurve(difficulty: number): number {
  const dataset = machinesDataset(48, 32, bands, { difficulty });
  const normal = recordingsOf(dataset, dataset.train);
  const tested = recordingsOf(dataset, dataset.test);
  const scores = tested.map(({ machine, mean }) =>
    Math.min(
      ...normal
        .filter((other) => other.machine === machine)
        .map((other) => Math.hypot(...mean.map((value, at) => value - (other.mean[at] as number)))),
    ),
  );
  return areaUnderCurve(
    scores,
    tested.map(({ faulty }) => faulty),
  );
}

describe('the built-in sounds for anomaly detection', () => {
  it('are the same for the same seed, and a larger set starts with the smaller one', () => {
    expectRepeatable((train, test, seed) => machinesDataset(train, test, bands, { seed }));
  });

  it('never repeat a piece', () => {
    expectAllDifferent(machinesDataset(8, 8, bands));
  });

  it('are normal in training, and faulty in every second test recording of each machine', () => {
    const dataset = machinesDataset(8, 16, bands);
    expect(dataset).toMatchObject({ synthetic: true, shape: [640], classNames: ['normal', 'anomalous'] });
    expect(dataset.groupNames).toHaveLength(MACHINES);
    expect(dataset.train.count).toBe(8 * VECTORS);
    expect(Math.max(...dataset.train.labels)).toBe(0);
    const tested = recordingsOf(dataset, dataset.test);
    for (let machine = 0; machine < MACHINES; machine++)
      expect(tested.filter((recording) => recording.machine === machine).map(({ faulty }) => faulty)).toEqual([false, true, false, true]);
    const { recordings, labels, groups } = dataset.test;
    recordings?.forEach((recording, index) => {
      expect(recording).toBe(Math.floor(index / VECTORS));
      expect([labels[index], groups?.[index]]).toEqual([labels[recording * VECTORS], groups?.[recording * VECTORS]]);
    });
  });

  it('are cut into five frames in a row, each piece a frame later', () => {
    let frame = 0;
    const counting = (samples: Float32Array) =>
      new Float32Array(128 * Math.floor(samples.length / 512)).map((_, at) => (at % 128 === 0 ? frame++ : 0));
    const dataset = machinesDataset(1, 0, counting);
    for (const vector of [0, 1, VECTORS - 1]) {
      const example = exampleAt(dataset, dataset.train, vector);
      expect([0, 1, 2, 3, 4].map((at) => example[at * 128])).toEqual([0, 1, 2, 3, 4].map((at) => 2 + vector + at));
    }
  });

  it('stay within -1 and 1, and a fault does not make them louder', () => {
    const machine = makeMachine(createRandom(1, 'machine'));
    const levels = [null, ...faults].map((fault) => {
      const samples = makeRecording(machine, fault, createRandom(1, 'recording'), 0);
      expect(Math.max(...samples.map(Math.abs))).toBeLessThanOrEqual(1);
      return level(samples);
    });
    for (const found of levels) expect(Math.abs(found - 0.05)).toBeLessThan(0.005);
  });

  it('are harder to tell if they are to be', () => {
    const [easy, hard] = [nearestCurve(0.3), nearestCurve(1)];
    expect(easy).toBeGreaterThan(0.9);
    expect(hard).toBeLessThan(easy - 0.1);
    expect(hard).toBeGreaterThan(0.5);
  });

  // Networks with as narrow a middle have 0.93 and more in searches.
  it('are heard in part by a linear autoencoder, but not well', () => {
    const { train, test, shape } = machinesDataset(64, 64, wholeFrames);
    const errors = linearErrors({ train, test, shape });
    const scores = Array.from({ length: 64 }, (_, recording) =>
      errors.subarray(recording * VECTORS, (recording + 1) * VECTORS).reduce((sum, error) => sum + error, 0),
    );
    const curves = Array.from({ length: MACHINES }, (_, machine) => {
      const own = scores.map((_score, recording) => recording).filter((recording) => test.groups?.[recording * VECTORS] === machine);
      return areaUnderCurve(
        own.map((recording) => scores[recording] as number),
        own.map((recording) => test.labels[recording * VECTORS] === 1),
      );
    });
    const mean = curves.reduce((sum, curve) => sum + curve, 0) / MACHINES;
    expect(mean).toBeGreaterThan(0.6);
    expect(mean).toBeLessThan(0.85);
  });

  it('keep every harmonic below half of the sample rate at the greatest speed', () => {
    for (let id = 0; id < 50; id++) {
      const { rotation, harmonics } = makeMachine(createRandom(id, 'machine'));
      expect(1.34 * rotation * Math.max(...harmonics.map(([multiple]) => multiple))).toBeLessThan(8000);
    }
  });
});
