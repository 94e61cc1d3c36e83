/**
 * Speaks sequences of phones: a train of glottal pulses and breath noise pass through formant resonators in a row, and hisses through
 * one of their own. Source of the method: Klatt, "Software for a cascade/parallel formant synthesizer", 1980.
 */
import type { Random } from '../../random';
import { between, eitherWay, mixed, whiteNoise } from './chance';
import { phone, phoneNames, type PhoneName } from './phones';
import { Resonator, SAMPLE_RATE } from './sound';

/** Samples between two settings of the resonators: 5 ms. */
const FRAME = 80;
/** Bandwidths of the five formants in Hz, and their centres at rest; phones move the first three. */
const WIDTHS = [70, 100, 150, 250, 350] as const;
const FORMANTS = [500, 1500, 2500, 3500, 4500] as const;
/** Frames of a stop's burst, and silent frames in which the last sound dies away. */
const BURST = 3;
const FADE = 3;
/** Makes an open vowel about as loud as a hiss of loudness 1. */
const VOICE_GAIN = 6;

export interface Speaker {
  /** Middling pitch in Hz. */
  readonly pitch: number;
  /** Factor of all formants: a short vocal tract has high ones. */
  readonly scale: number;
  /** Factor of all lengths. */
  readonly pace: number;
  /** Noise in the voice. */
  readonly breath: number;
  /** How much of its pitch the voice loses during a word. */
  readonly fall: number;
  /** How loud hisses are beside the voice. */
  readonly hiss: number;
  /** Factors of each phone's formants. */
  readonly accent: Readonly<Record<PhoneName, readonly [number, number, number]>>;
}

/** @param spread 0 for speakers who are all alike, 1 for speakers as different as men, women and children */
export function makeSpeaker(random: Random, spread: number): Speaker {
  // A short vocal tract comes with a high pitch, though not always.
  const size = spread * eitherWay(random);
  const factor = () => 1 + 0.09 * spread * eitherWay(random);
  return {
    pitch: 165 * 2 ** (0.7 * size + 0.25 * spread * eitherWay(random)),
    scale: 1.08 * 2 ** (0.22 * size + 0.07 * spread * eitherWay(random)),
    pace: 2 ** (0.35 * spread * eitherWay(random)),
    breath: mixed(0.03, 0.15, spread * random.uniform()),
    fall: between(random, 0.05, 0.05 + 0.3 * spread),
    hiss: 2 ** (spread * eitherWay(random)),
    accent: Object.fromEntries(phoneNames.map((name) => [name, [factor(), factor(), factor()] as const])) as Speaker['accent'],
  };
}

/** What the synthesizer follows, a value per frame. */
const tracks = ['f1', 'f2', 'f3', 'voice', 'hiss', 'hissAt', 'hissWidth'] as const;
type Track = (typeof tracks)[number];
type Score = Record<Track, Float32Array>;

/** Frames on each side that a value is averaged over: the tongue moves slowly, a stop opens at once. */
const slowness: Readonly<Record<Track, number>> = { f1: 5, f2: 6, f3: 6, voice: 2, hiss: 1, hissAt: 0, hissWidth: 0 };

/** @param spread how much the same speaker varies, 0 to 1 @returns samples of open amplitude, about 1 where they are loud */
export function speak(names: readonly PhoneName[], speaker: Speaker, random: Random, spread: number): Float32Array {
  const score = scoreOf(names, speaker, random, spread);
  const frames = score.voice.length;
  const samples = new Float32Array(frames * FRAME);
  const white = whiteNoise(random);
  const formants = WIDTHS.map((width, index) => new Resonator((FORMANTS[index] as number) * speaker.scale, width));
  const hissing = new Resonator(1000, 1000);
  const [f1, f2, f3, f4, f5] = formants as [Resonator, Resonator, Resonator, Resonator, Resonator];
  const highest = speaker.pitch * (1 + 0.06 * spread * eitherWay(random));
  let [phase, strength, flowBefore, period] = [0, 1, 0, highest / SAMPLE_RATE];
  for (let frame = 0; frame < frames; frame++) {
    const at = (track: Track) => score[track][frame] as number;
    f1.tune(at('f1'), WIDTHS[0]);
    f2.tune(at('f2'), WIDTHS[1]);
    f3.tune(at('f3'), WIDTHS[2]);
    hissing.tune(at('hissAt'), at('hissWidth'));
    const hissGain = at('hiss') / hissing.bandDeviation;
    const voiceGain = VOICE_GAIN * at('voice');
    for (let sample = 0; sample < FRAME; sample++) {
      phase += period;
      if (phase >= 1) {
        phase -= 1;
        // Jitter and shimmer: no two periods of a voice are the same.
        period = (highest * (1 - (speaker.fall * frame) / frames) * (1 + 0.012 * white())) / SAMPLE_RATE;
        strength = 1 + 0.05 * white();
      }
      const flow = strength * glottalFlow(phase);
      // The lips radiate the change of the flow.
      const source = flow - flowBefore + 0.1 * speaker.breath * white();
      flowBefore = flow;
      const voiced = f5.next(f4.next(f3.next(f2.next(f1.next(voiceGain * source)))));
      samples[frame * FRAME + sample] = voiced + hissing.band(hissGain * white());
    }
  }
  return samples;
}

/** Air through the vocal folds in one period, `phase` from 0 to 1. Source: Rosenberg, "Effect of glottal pulse shape", 1971, type C. */
function glottalFlow(phase: number): number {
  if (phase < 0.4) return 0.5 * (1 - Math.cos((Math.PI * phase) / 0.4));
  return phase < 0.56 ? Math.cos((0.5 * Math.PI * (phase - 0.4)) / 0.16) : 0;
}

function scoreOf(names: readonly PhoneName[], speaker: Speaker, random: Random, spread: number): Score {
  const vary = (share: number) => 1 + share * spread * eitherWay(random);
  const lengths = names.map((name) => Math.max(4, Math.round((phone(name).length * speaker.pace * vary(0.25)) / 5)));
  const frames = lengths.reduce((sum, length) => sum + length, FADE);
  const score = Object.fromEntries(tracks.map((track) => [track, new Float32Array(frames)])) as Score;
  let from = 0;
  names.forEach((name, index) => {
    const { formants, voice, hiss, hissAt, hissWidth, stop } = phone(name);
    const last = index === names.length - 1;
    const to = last ? frames : from + (lengths[index] as number);
    const opensAt = from + (lengths[index] as number) - BURST;
    const fill = (track: Track, value: number, start = from, end = to) => score[track].fill(value, start, end);
    (['f1', 'f2', 'f3'] as const).forEach((track, number) =>
      fill(track, (formants[number] as number) * (speaker.accent[name][number] as number) * speaker.scale * vary(0.06)),
    );
    const sounding = last ? to - FADE : to;
    fill('voice', voice * vary(0.2), from, stop ? opensAt : sounding);
    fill('hiss', hiss * speaker.hiss * vary(0.4), stop ? opensAt : from, sounding);
    fill('hissAt', Math.min(7500, hissAt * Math.sqrt(speaker.scale) * vary(0.1)));
    fill('hissWidth', hissWidth);
    from = to;
  });
  for (const track of tracks) score[track] = smoothed(score[track], slowness[track]);
  return score;
}

/** The mean of each value and those up to `reach` frames away. */
function smoothed(values: Float32Array, reach: number): Float32Array {
  return values.map((_, at) => {
    const near = values.subarray(Math.max(0, at - reach), at + reach + 1);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}
