/** Decides which spoken clips test: those of other speakers than the network learns from, wherever names or lists allow it. */
import { sha1 } from '@noble/hashes/legacy.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { WorkbenchError } from '../../core/errors';
import { firstLater, sentencesLater } from '../../core/language/lists';
import { sayLater, type Told } from '../../core/language/told';
import { createRandom } from '../../core/random';
import type { Part } from '../partNames';

export interface SpokenClip {
  /** Its folder and file name, as in the lists: "yes/0a7c2a8d_nohash_0.wav". */
  readonly key: string;
  readonly speaker: string;
  /** What the folders above its word say it is for. */
  readonly part?: Part | null;
}

interface ClassedClip extends SpokenClip {
  /** The class that this clip is learnt as; null if it is one that may be without clips to learn from. */
  readonly needed: string | null;
}

export interface Split {
  /** Whether each clip tests. */
  readonly tests: readonly boolean[];
  /** Whether each clip is for validation, if the data say so; none of these tests. */
  readonly validates?: readonly boolean[];
  /** How the split was made, for people. */
  readonly sentences: readonly Told[];
}

/** Shares of all clips that drawn test speakers should have: at least, and at most unless every speaker has more. */
const DRAWN = { least: 0.2, most: 0.4 } as const;
/** Messages name this many speakers and count the rest. */
const NAMED = 10;

/** The lists of a data set, each the keys of its clips; null without that list. */
interface Lists {
  readonly testing: ReadonlySet<string> | null;
  readonly validation: ReadonlySet<string> | null;
}

/** What one rule says: which clips test, and perhaps which of the others are for validation. */
interface Tests {
  readonly tests: readonly boolean[];
  readonly forValidation?: (clip: SpokenClip) => boolean;
  readonly sentences: readonly Told[];
}

/**
 * Decides which clips test, by the first of these that leaves some to learn from: the speakers that are held out, the list, a folder for tests,
 * Speech Commands' rule, speakers drawn at random. Clips of the list for validation are for validation. Without that list the folders or Speech
 * Commands' rule say so, if they decided who tests.
 * @param holdOut speakers with commas between them, or null
 * @throws WorkbenchError `invalid-setting` for a speaker who is not there, `invalid-data` if all clips are of one speaker
 */
export function splitBySpeaker(clips: readonly ClassedClip[], lists: Lists, holdOut: string | null, randomSeed: number): Split {
  const { tests, forValidation, sentences } = testsAmong(clips, lists.testing, holdOut, randomSeed);
  const { validation } = lists;
  const isValidation = validation !== null ? ({ key }: SpokenClip) => validation.has(key) : forValidation;
  return {
    tests,
    ...(isValidation && { validates: clips.map((clip, index) => !tests[index] && isValidation(clip)) }),
    sentences,
  };
}

function testsAmong(
  clips: readonly ClassedClip[],
  testingList: ReadonlySet<string> | null,
  holdOut: string | null,
  randomSeed: number,
): Tests {
  const speakers = [...new Set(clips.map(({ speaker }) => speaker))].toSorted((a, b) => (a < b ? -1 : 1));
  const ofSpeakers = (chosen: ReadonlySet<string>) => clips.map(({ speaker }) => chosen.has(speaker));
  const isSplit = (tests: readonly boolean[]) => tests.includes(true) && tests.includes(false);
  const count = (tests: readonly boolean[]) =>
    sayLater('{tests, number} of {clips, plural, one {# clip} other {# clips}}', {
      tests: tests.filter(Boolean).length,
      clips: clips.length,
    });

  if (holdOut !== null) {
    const chosen = heldOut(holdOut, speakers);
    const tests = ofSpeakers(chosen);
    return {
      tests,
      sentences: [
        sayLater('Test clips are those of the speakers held out ({names}): {count}.', {
          names: firstLater([...chosen], NAMED),
          count: count(tests),
        }),
      ],
    };
  }

  const notUsed: Told[] = [];
  if (testingList !== null) {
    const tests = clips.map(({ key }) => testingList.has(key));
    if (isSplit(tests))
      return {
        tests,
        sentences: [sayLater('Test clips are those of testing_list.txt: {count}.', { count: count(tests) }), ...inBoth(clips, tests)],
      };
    notUsed.push(
      tests.includes(true) ? sayLater('testing_list.txt names every clip') : sayLater('testing_list.txt names none of these clips'),
    );
  }

  const folder = (['test', 'validation'] as const).find((name) => isSplit(clips.map(({ part }) => part === name)));
  if (folder) {
    const tests = clips.map(({ part }) => part === folder);
    return {
      tests,
      ...(folder === 'test' &&
        clips.some(({ part }) => part === 'validation') && { forValidation: ({ part }: SpokenClip) => part === 'validation' }),
      sentences: [
        folder === 'test'
          ? sayLater('Test clips are those in the folder for tests: {count}.', { count: count(tests) })
          : sayLater('Test clips are those in the folder for validation: {count}.', { count: count(tests) }),
        ...inBoth(clips, tests),
      ],
    };
  }

  const hashed = speakers.filter((speaker) => hashShare(speaker) >= 0.1 && hashShare(speaker) < 0.2);
  const byHash = ofSpeakers(new Set(hashed));
  const untaught = untaughtClass(clips, byHash);
  if (isSplit(byHash) && untaught === null)
    return {
      tests: byHash,
      forValidation: ({ speaker }) => hashShare(speaker) < 0.1,
      sentences: [
        withWhy(
          notUsed,
          sayLater(
            'Test clips are those of {hashed, plural, one {# speaker} other {# speakers}} of {speakers}, by Speech Commands’ rule, a hash of the speaker’s name: {count}.',
            { hashed: hashed.length, speakers: speakers.length, count: count(byHash) },
          ),
        ),
      ],
    };
  notUsed.push(
    !byHash.includes(true)
      ? sayLater('Speech Commands’ rule, a hash of the speaker’s name, puts no clip into the test set')
      : isSplit(byHash) && untaught !== null
        ? sayLater('Speech Commands’ rule, a hash of the speaker’s name, puts every clip of "{untaught}" into the test set', { untaught })
        : sayLater('Speech Commands’ rule, a hash of the speaker’s name, puts every clip into the test set'),
  );

  if (speakers.length < 2)
    throw new WorkbenchError(
      'invalid-data',
      sayLater(
        'All clips are of one speaker, {speaker}, so nobody is left to test on. Add clips of another speaker (the name before "_nohash_").',
        { speaker: speakers[0] ?? sayLater('nobody') },
      ),
      { file: clips[0]?.key },
    );
  const drawn = drawSpeakers(clips, speakers, randomSeed);
  const tests = ofSpeakers(drawn);
  return {
    tests,
    sentences: [
      withWhy(
        notUsed,
        sayLater('Test clips are those of {names}, drawn by the random seed: {count}.', {
          names: firstLater([...drawn], NAMED),
          count: count(tests),
        }),
      ),
    ],
  };
}

/** A needed class all of whose clips test; null if there is none. */
function untaughtClass(clips: readonly ClassedClip[], tests: readonly boolean[]): string | null {
  const taught = new Set(clips.filter((_, index) => !tests[index]).map(({ needed }) => needed));
  return clips.find(({ needed }) => needed !== null && !taught.has(needed))?.needed ?? null;
}

/** @param reasons why rules that come first did not decide */
function withWhy([one, other]: readonly Told[], sentence: Told): Told {
  if (one === undefined) return sentence;
  return sentencesLater([
    sentence,
    other === undefined ? sayLater('The reason: {one}.', { one }) : sayLater('The reason: {one}, and {other}.', { one, other }),
  ]);
}

function heldOut(holdOut: string, speakers: readonly string[]): ReadonlySet<string> {
  const chosen = new Set(
    holdOut
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );
  const known = sayLater('Speakers are: {names}.', { names: firstLater(speakers, NAMED) });
  const stranger = [...chosen].find((name) => !speakers.includes(name));
  if (stranger !== undefined || chosen.size === 0)
    throw new WorkbenchError(
      'invalid-setting',
      sentencesLater([sayLater('There is no speaker "{name}" to hold out.', { name: stranger ?? holdOut }), known]),
      { speakers },
    );
  if (chosen.size === speakers.length)
    throw new WorkbenchError(
      'invalid-setting',
      sentencesLater([sayLater('Every speaker is held out, so there is nobody to learn from. Hold out fewer.'), known]),
      {
        speakers,
      },
    );
  return chosen;
}

/** A list that somebody made may put a speaker on both sides. */
export function inBoth(clips: readonly SpokenClip[], tests: readonly boolean[]): Told[] {
  const learnt = new Set(clips.filter((_, index) => !tests[index]).map(({ speaker }) => speaker));
  const both = new Set(clips.filter(({ speaker }, index) => tests[index] && learnt.has(speaker)).map(({ speaker }) => speaker));
  return both.size > 0
    ? [
        sayLater(
          '{count, plural, one {# speaker has} other {# speakers have}} clips in the training set and in the test set ({names}): results are too kind.',
          { count: both.size, names: firstLater([...both], 3) },
        ),
      ]
    : [];
}

/**
 * Where Speech Commands' rule places a speaker, from 0 to 1: below 0.1 is validation, from there below 0.2 is testing, the rest is training.
 * The last 27 bits of the name's SHA-1 over their largest value. Source: `which_set` in the data set's README.
 */
export function hashShare(speaker: string): number {
  const hash = sha1(utf8ToBytes(speaker));
  const last = new DataView(hash.buffer, hash.byteOffset + 16, 4).getUint32(0);
  return (last % 2 ** 27) / (2 ** 27 - 1);
}

/** Draws speakers until they have enough clips. Who alone speaks a needed class, or would after those drawn, stays to be learnt from. */
function drawSpeakers(clips: readonly ClassedClip[], speakers: readonly string[], randomSeed: number): ReadonlySet<string> {
  const order = createRandom(randomSeed, 'speakers').shuffle(Int32Array.from(speakers, (_, index) => index));
  const shares = new Map<string, number>();
  for (const { speaker } of clips) shares.set(speaker, (shares.get(speaker) ?? 0) + 1 / clips.length);
  const shareOf = (speaker: string) => shares.get(speaker) as number;
  const speakersOf = new Map<string, Set<string>>();
  for (const { speaker, needed } of clips) if (needed !== null) speakersOf.set(needed, (speakersOf.get(needed) ?? new Set()).add(speaker));
  const drawn = new Set<string>();
  const isNeeded = (speaker: string) => [...speakersOf.values()].some((those) => those.has(speaker) && those.size === 1);
  let share = 0;
  const draw = (speaker: string) => {
    drawn.add(speaker);
    share += shareOf(speaker);
    for (const those of speakersOf.values()) those.delete(speaker);
  };
  for (const index of order) {
    const speaker = speakers[index] as string;
    if (share >= DRAWN.least) break;
    if (share + shareOf(speaker) <= DRAWN.most && !isNeeded(speaker)) draw(speaker);
  }
  if (drawn.size === 0) {
    const byShare = speakers.toSorted((a, b) => shareOf(a) - shareOf(b));
    draw(byShare.find((speaker) => !isNeeded(speaker)) ?? (byShare[0] as string));
  }
  return drawn;
}
