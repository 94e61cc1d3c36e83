import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../core/errors';
import { said, type Told } from '../../core/language/told';
import { hashShare, splitBySpeaker, type SpokenClip } from './speakerSplit';

/** One clip of each of these speakers, in this order. */
const clipsOf = (...speakers: string[]) =>
  speakers.map((speaker, index) => ({ speaker, key: `yes/${speaker}_nohash_${index}.wav`, needed: 'yes' }));
const listing = (testing: ReadonlySet<string> | null, validation: ReadonlySet<string> | null = null) => ({ testing, validation });
const testers = (clips: readonly SpokenClip[], tests: readonly boolean[]) => [
  ...new Set(clips.filter((_, index) => tests[index]).map(({ speaker }) => speaker)),
];

describe('Speech Commands’ hash rule', () => {
  it('places speakers of the data set’s own lists as these do', () => {
    // Clips of these speakers are in testing_list.txt of Speech Commands 0.02.
    for (const speaker of ['0d53e045', '5744b6a7', '7192fddc', 'bfd26d6b', 'ef2a3cfb']) {
      expect(hashShare(speaker)).toBeGreaterThanOrEqual(0.1);
      expect(hashShare(speaker)).toBeLessThan(0.2);
    }
    expect(hashShare('bob')).toBeGreaterThan(0.2);
  });
});

describe('splitBySpeaker', () => {
  // By the rule, ann and dan test, bob and eve train, and cid validates.
  const clips = clipsOf('ann', 'bob', 'cid', 'dan', 'eve', 'bob');

  it('takes the list first', () => {
    const { tests, sentences } = splitBySpeaker(clips, listing(new Set(['yes/cid_nohash_2.wav', 'no/ann_nohash_0.wav'])), null, 1);
    expect(tests).toEqual([false, false, true, false, false, false]);
    expect(sentences.map(said)).toEqual(['Test clips are those of testing_list.txt: 1 of 6 clips.']);
  });

  it('takes for validation the clips of its list that do not test, else those that the hash rule says', () => {
    const [first, second] = clips.map(({ key }) => key) as [string, string];
    const lists = listing(new Set([first]), new Set([first, second]));
    expect(splitBySpeaker(clips, lists, null, 1).validates).toEqual([false, true, false, false, false, false]);
    expect(splitBySpeaker(clips, lists, 'bob', 1).validates).toEqual([true, false, false, false, false, false]);
    expect(splitBySpeaker(clips, listing(new Set([first])), null, 1).validates).toBeUndefined();
    expect(splitBySpeaker(clips, listing(null), null, 1).validates).toEqual([false, false, true, false, false, false]);
  });

  it('warns of a list with speakers on both sides', () => {
    const { sentences } = splitBySpeaker(clips, listing(new Set(['yes/bob_nohash_1.wav'])), null, 1);
    expect(said(sentences[1] as Told)).toBe('1 speaker has clips in the training set and in the test set (bob): results are too kind.');
  });

  it('takes the hash rule without a list, or with one that does not split these clips', () => {
    for (const list of [null, new Set(['']), new Set(clips.map(({ key }) => key))]) {
      const { tests, sentences } = splitBySpeaker(clips, listing(list), null, 1);
      expect(testers(clips, tests)).toEqual(['ann', 'dan']);
      expect(said(sentences[0] as Told)).toMatch(/^Test clips are those of 2 speakers of 5, by Speech Commands’ rule, .*: 2 of 6 clips\./);
    }
    expect(said(splitBySpeaker(clips, listing(new Set([''])), null, 1).sentences[0] as Told)).toContain(
      'The reason: testing_list.txt names none of these clips.',
    );
  });

  it('draws whole speakers where the rule leaves a part empty, other ones for another random seed', () => {
    for (const [names, where] of [
      [['bob', 'eve', 'fay', 'gus', 'ida'], 'no clip'],
      [['ann', 'dan', 'hal', 'pat'], 'every clip'],
    ] as const) {
      const all = clipsOf(...names, ...names, ...names);
      const drawn = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => splitBySpeaker(all, listing(null), null, seed));
      for (const { tests, sentences } of drawn) {
        const speakers = testers(all, tests);
        expect(tests.filter(Boolean)).toHaveLength(3 * speakers.length);
        expect(tests.filter(Boolean).length / all.length).toBeGreaterThanOrEqual(0.2);
        expect(tests.filter(Boolean).length / all.length).toBeLessThanOrEqual(0.4);
        expect(said(sentences[0] as Told)).toContain(`puts ${where} into the test set`);
      }
      expect(new Set(drawn.map(({ tests }) => testers(all, tests).join())).size).toBeGreaterThan(1);
      expect(splitBySpeaker(all, listing(null), null, 1)).toEqual(drawn[0]);
    }
  });

  it('draws the speaker of fewest clips where every speaker has many', () => {
    const two = clipsOf('bob', 'bob', 'bob', 'eve', 'eve');
    expect(testers(two, splitBySpeaker(two, listing(null), null, 1).tests)).toEqual(['eve']);
  });

  it('never draws who alone speaks a class', () => {
    // By the rule, none of these tests.
    const all = ['bob', 'eve', 'fay', 'gus', 'ida'].flatMap((speaker) => clipsOf(speaker, speaker));
    const words = all.map((clip, index) => (clip.speaker === 'fay' && index % 2 ? { ...clip, needed: 'no' } : clip));
    const drawn = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => testers(words, splitBySpeaker(words, listing(null), null, seed).tests));
    expect(drawn.flat()).not.toContain('fay');
    // All but one of two that speak a class may be drawn.
    const two = clipsOf('bob', 'bob', 'eve').map((clip) => ({ ...clip, needed: clip.speaker === 'eve' ? 'no' : 'yes' }));
    const three = [...two, ...clipsOf('ida').map((clip) => ({ ...clip, needed: 'no' }))];
    for (const seed of [1, 2, 3, 4])
      expect([['eve'], ['ida']]).toContainEqual(testers(three, splitBySpeaker(three, listing(null), null, seed).tests));
  });

  it('draws speakers where the hash rule leaves a class without a clip to learn from, and says so', () => {
    const spoken = clips.map((clip) => (clip.speaker === 'ann' ? { ...clip, needed: 'no' } : clip));
    const { tests, sentences } = splitBySpeaker(spoken, listing(null), null, 1);
    expect(testers(spoken, tests)).not.toContain('ann');
    expect(said(sentences[0] as Told)).toContain('puts every clip of "no" into the test set');
  });

  it('keeps the hash rule where it leaves only silence or other words without a clip', () => {
    const spoken = clips.map((clip) => (clip.speaker === 'ann' ? { ...clip, needed: null } : clip));
    expect(testers(spoken, splitBySpeaker(spoken, listing(null), null, 1).tests)).toEqual(['ann', 'dan']);
  });

  it('holds out the speakers that a person names, whatever the lists say', () => {
    const { tests, sentences } = splitBySpeaker(clips, listing(new Set(['yes/cid_nohash_2.wav'])), 'bob, eve', 1);
    expect(testers(clips, tests)).toEqual(['bob', 'eve']);
    expect(sentences.map(said)).toEqual(['Test clips are those of the speakers held out (bob, eve): 3 of 6 clips.']);
  });

  it.each([
    ['zoe', 'There is no speaker "zoe" to hold out. Speakers are: ann, bob, cid, dan, eve.'],
    ['bob,zoe', 'There is no speaker "zoe" to hold out.'],
    [' ', 'There is no speaker " " to hold out.'],
    ['ann,bob,cid,dan,eve', 'Every speaker is held out'],
  ])('refuses to hold out "%s"', (holdOut, message) => {
    expect(() => splitBySpeaker(clips, listing(null), holdOut, 1)).toThrow(message);
  });

  it('names ten speakers and counts the rest', () => {
    const many = clipsOf(...Array.from({ length: 25 }, (_, index) => `speaker${index + 10}`));
    expect(() => splitBySpeaker(many, listing(null), 'zoe', 1)).toThrow('speaker18, speaker19 and 15 more.');
  });

  it('refuses clips of one speaker only', () => {
    expect(() => splitBySpeaker(clipsOf('bob', 'bob'), listing(null), null, 1)).toThrow(WorkbenchError);
    expect(() => splitBySpeaker(clipsOf('bob', 'bob'), listing(null), null, 1)).toThrow(/All clips are of one speaker, bob/);
  });
});
