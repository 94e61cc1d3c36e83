/** Faults of rotating machines, as sounds that come on top of their hum. */
import type { Random } from '../../random';
import { between, whiteNoise } from './chance';
import { level, Resonator, SAMPLE_RATE } from './sound';

export const faults = ['clicks', 'rattle', 'detuned', 'subharmonics', 'rubbing'] as const;
export type Fault = (typeof faults)[number];

/** A sample of a fault. @param turn how often the machine has turned until then */
type Voice = (turn: number) => number;

const voices: Readonly<Record<Fault, (random: Random) => Voice>> = {
  /** A damaged bearing: every ball that rolls over the spot sets the frame ringing. */
  clicks(random) {
    const perTurn = between(random, 2.6, 5.4);
    const ring = new Resonator(between(random, 2000, 5500), between(random, 250, 600));
    const white = whiteNoise(random);
    let next = 0;
    return (turn) => {
      const hit = turn * perTurn >= next;
      // Balls slip, so that the hits are not quite regular.
      if (hit) next = turn * perTurn + 1 + 0.02 * white();
      return ring.band(hit ? 1 : 0);
    };
  },
  /** A loose part: bursts of noise at random times. */
  rattle(random) {
    const ring = new Resonator(between(random, 1200, 4000), between(random, 500, 1500));
    const white = whiteNoise(random);
    const perSample = between(random, 8, 20) / SAMPLE_RATE;
    const fading = Math.exp(-1 / (between(random, 0.01, 0.04) * SAMPLE_RATE));
    let loudness = 0;
    return () => {
      loudness = random.uniform() < perSample ? 1 : loudness * fading;
      return ring.band(loudness * white());
    };
  },
  /** A belt that slips: harmonics of another rotation beat with the machine's own. */
  detuned(random) {
    const ratio = between(random, 1.05, 1.35);
    const first = 4 + random.integer(12);
    return (turn) => {
      const angle = 2 * Math.PI * ratio * turn;
      return Math.sin(first * angle) + 0.7 * Math.sin((first + 3) * angle) + 0.5 * Math.sin((first + 7) * angle);
    };
  },
  /** Something loose at the shaft: tones halfway between the harmonics. */
  subharmonics(random) {
    const first = 8.5 + random.integer(16);
    return (turn) => {
      const angle = 2 * Math.PI * turn;
      return Math.sin(first * angle) + Math.sin((first + 1) * angle) + Math.sin((first + 2) * angle);
    };
  },
  /** Something that touches the shaft: a hiss once a turn. */
  rubbing(random) {
    const ring = new Resonator(between(random, 3500, 6500), between(random, 1500, 3000));
    const white = whiteNoise(random);
    return (turn) => ring.band(Math.max(0, Math.sin(2 * Math.PI * turn)) * white());
  },
};

/** Adds a fault with this root mean square. @param turns how often the machine has turned until each sample */
export function addFault(fault: Fault, samples: Float32Array, turns: Float32Array, loudness: number, random: Random): void {
  const voice = voices[fault](random);
  const sound = turns.map((turn) => voice(turn));
  const gain = loudness / level(sound);
  sound.forEach((value, at) => {
    samples[at] = (samples[at] as number) + gain * value;
  });
}
