/**
 * Speech sounds as a source and the resonances that shape it. Formants of vowels are the averages of men in Peterson and Barney,
 * "Control methods used in a study of the vowels", 1952; those of consonants are rounded from Klatt, "Software for a cascade/parallel
 * formant synthesizer", 1980, tables 2 and 3.
 */

export interface Phone {
  /** Length in ms at a middling tempo. */
  readonly length: number;
  /** The first three formants in Hz. */
  readonly formants: readonly [number, number, number];
  /** Loudness of the voice, 0 to 1. */
  readonly voice: number;
  /** Loudness of the hiss, 0 to 1, and its centre and bandwidth in Hz. */
  readonly hiss: number;
  readonly hissAt: number;
  readonly hissWidth: number;
  /** A stop is silent, or nearly so, until a short burst at its end. */
  readonly stop: boolean;
}

const sound = (length: number, f1: number, f2: number, f3: number, voice: number): Phone => ({
  length,
  formants: [f1, f2, f3],
  voice,
  hiss: 0,
  hissAt: 1000,
  hissWidth: 1000,
  stop: false,
});
const vowel = (f1: number, f2: number, f3: number, length = 130) => sound(length, f1, f2, f3, 1);
const glide = (f1: number, f2: number, f3: number) => sound(70, f1, f2, f3, 0.75);
const nasal = (f2: number, f3: number) => sound(90, 270, f2, f3, 0.45);
const fricative = (f2: number, hissAt: number, hissWidth: number, hiss: number, voice = 0): Phone => ({
  ...sound(120, 330, f2, 2550, voice),
  hiss,
  hissAt,
  hissWidth,
});
const stop = (f2: number, hissAt: number, hiss: number, voice: number): Phone => ({
  ...sound(75, 250, f2, 2500, voice),
  hiss,
  hissAt,
  hissWidth: 1500,
  stop: true,
});

/** Written as in ARPAbet, the usual spelling of English sounds in ASCII. */
const phones = {
  IY: vowel(270, 2290, 3010),
  IH: vowel(390, 1990, 2550, 100),
  EH: vowel(530, 1840, 2480),
  AE: vowel(660, 1720, 2410, 150),
  AH: vowel(640, 1190, 2390, 120),
  AA: vowel(730, 1090, 2440, 150),
  AO: vowel(570, 840, 2410, 160),
  UH: vowel(440, 1020, 2240, 90),
  UW: vowel(300, 870, 2240),
  ER: vowel(490, 1350, 1690),
  W: glide(290, 610, 2150),
  Y: glide(260, 2070, 3020),
  R: glide(310, 1060, 1380),
  L: glide(310, 1050, 2880),
  M: nasal(1270, 2130),
  N: nasal(1750, 2600),
  HH: { ...sound(60, 500, 1500, 2500, 0), hiss: 0.15, hissAt: 1500, hissWidth: 2500 },
  F: fricative(1100, 3500, 5000, 0.12),
  V: fricative(1100, 3200, 4000, 0.07, 0.4),
  TH: fricative(1290, 4500, 4000, 0.1),
  S: fricative(1390, 5200, 1700, 0.35),
  Z: fricative(1390, 5200, 1700, 0.25, 0.35),
  SH: fricative(1840, 2900, 1200, 0.45),
  P: stop(1100, 900, 0.25, 0),
  B: stop(1100, 800, 0.15, 0.12),
  T: stop(1600, 3900, 0.4, 0),
  D: stop(1600, 3600, 0.25, 0.12),
  K: stop(1990, 1900, 0.35, 0),
  G: stop(1990, 1800, 0.2, 0.12),
} satisfies Record<string, Phone>;

export type PhoneName = keyof typeof phones;

export const phoneNames = Object.keys(phones) as PhoneName[];

export const phone = (name: PhoneName): Phone => phones[name];

/** A spelling such as "S T AA P" as phones. */
const spelled = (spelling: string) => spelling.split(' ') as PhoneName[];

/** The sounds of the words that the networks tell apart, in the benchmark's order. */
export const words: readonly (readonly [name: string, phones: readonly PhoneName[]])[] = [
  ['down', spelled('D AA UH N')],
  ['go', spelled('G AO UW')],
  ['left', spelled('L EH F T')],
  ['no', spelled('N AO UW')],
  ['off', spelled('AO F')],
  ['on', spelled('AA N')],
  ['right', spelled('R AA IY T')],
  ['stop', spelled('S T AA P')],
  ['up', spelled('AH P')],
  ['yes', spelled('Y EH S')],
];

/** The sounds of words that a network must know as other ones: some are near to those above. */
export const otherWords: readonly (readonly PhoneName[])[] = [
  'B EH D',
  'B ER D',
  'K AE T',
  'D AO G',
  'EH IY T',
  'F AA IY V',
  'F AO R',
  'HH AE P IY',
  'HH AA UH S',
  'M AA R V IH N',
  'N AA IY N',
  'W AH N',
  'S EH V EH N',
  'SH IY L AH',
  'S IH K S',
  'TH R IY',
  'T R IY',
  'T UW',
  'W AA UH',
  'Z IY R AO UW',
].map(spelled);
