import { describe, expect, it } from 'vitest';
import { fractions, soundOf, textFile, wavFile } from '../../tests/support/sounds';
import { logMelFrames } from '../core/data/features/logMel';
import { WorkbenchError } from '../core/errors';
import { imageClassification } from '../core/tasks/imageClassification';
import type { Task } from '../core/tasks/task';
import { said, type Told } from '../core/language/told';
import type { ImportOptions, NamedFile } from './exampleImporter';
import { machineSounds, readMachineSounds } from './machineSounds';
import { workHere } from './work';

const task: Task = { ...imageClassification, example: { kind: 'vector', one: 'vector', many: 'vectors', shape: [640] } };
const options: ImportOptions = {
  task,
  work: workHere(() => Promise.reject(new Error('no picture file here'))),
  holdOut: null,
  randomSeed: 1,
  onProgress: () => {},
};
/** As short as vectors allow. */
const EIGHT_SECONDS = 128_000;

const clip = (name: string, length = EIGHT_SECONDS) => wavFile(name, soundOf(name, length));
const fan = ['train/normal_id_00_0.wav', 'train/normal_id_00_1.wav', 'test/normal_id_00_2.wav', 'test/anomaly_id_00_0.wav'].map((name) =>
  clip(`dev/fan/${name}`),
);
const mimii = (machine: string, normal: number, abnormal: number) => [
  ...Array.from({ length: normal }, (_, index) => clip(`0_dB/valve/${machine}/normal/0000000${index}.wav`)),
  ...Array.from({ length: abnormal }, (_, index) => clip(`0_dB/valve/${machine}/abnormal/0000000${index}.wav`)),
];
const read = (files: readonly NamedFile[], changes: Partial<ImportOptions> = {}) =>
  readMachineSounds(files, 'mine', { ...options, ...changes });

async function messageOf(files: readonly NamedFile[]): Promise<string> {
  const error: unknown = await read(files).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(WorkbenchError);
  expect((error as WorkbenchError).code).toBe('invalid-data');
  return (error as WorkbenchError).message;
}
/** How many recordings of each label a group has: "normal+anomalous". */
function recordings({ labels, groups, recordings: of }: Awaited<ReturnType<typeof read>>['train'], group: number): string {
  const count = (label: number) => new Set([...(of ?? [])].filter((_, at) => labels[at] === label && groups?.[at] === group)).size;
  return `${count(0)}+${count(1)}`;
}

describe('machineSounds', () => {
  it.each([
    ['fan/train/normal_id_00_00000000.wav', true],
    ['test/anomaly_id_02_00002000.wav', true],
    ['0_dB_valve/valve/id_00/abnormal/00000000.wav', true],
    ['fan/train/section_00_source_train_normal_0000_strength_1_ambient.wav', true],
    ['fan/source_test/section_00_source_test_anomaly_0000.wav', true],
    ['fan/test/section_00_0000.wav', false],
    ['ToyCar/case1/NormalSound_IND/1100010001_ToyCar_case1_normal_IND_ch1_0001.wav', true],
    ['motor/normal/a.WAV', true],
    ['yes/0a7c2a8d_nohash_0.wav', false],
    ['normal/a.png', false],
    ['normal.wav', false],
  ])('looks at names: %s', (name, recognised) => {
    expect(machineSounds.recognises(['README.md', name])).toBe(recognised);
  });

  it('turns DCASE’s recordings into vectors with their machine, recording and kind', async () => {
    const { train, test, sounds, ...data } = await read(fan);
    expect(data).toEqual({
      name: 'mine',
      words: { one: 'vector', many: 'vectors' },
      synthetic: false,
      shape: [640],
      classNames: ['normal', 'anomalous'],
      groupNames: ['fan id_00'],
      warnings: [],
    });
    expect(sounds?.map(({ label, group, samples }) => [label, group, samples.length])).toEqual([
      [0, 0, 48_000],
      [1, 0, 48_000],
    ]);
    expect([train.count, test.count]).toEqual([392, 392]);
    expect([train.values.length, test.values.length]).toEqual([392 * 640, 392 * 640]);
    const frames = logMelFrames(fractions(soundOf('dev/fan/train/normal_id_00_1.wav', EIGHT_SECONDS))) as Float32Array;
    expect(train.values.slice((196 + 7) * 640, (196 + 8) * 640)).toEqual(frames.slice(7 * 128, 12 * 128));
    expect([train.recordings?.[195], train.recordings?.[196], train.recordings?.[391]]).toEqual([0, 1, 1]);
    expect([recordings(train, 0), recordings(test, 0)]).toEqual(['2+0', '1+1']);
    // Files are read in the order of their names.
    expect([test.labels[0], test.labels[391]]).toEqual([1, 0]);
  });

  it('keeps machines of several types and numbers apart', async () => {
    const other = fan.map((file) => clip(file.name.replace('fan', 'ToyCar').replaceAll('id_00', 'id_01')));
    const { groupNames, train, test } = await read([...fan, ...other]);
    expect(groupNames).toEqual(['ToyCar id_01', 'fan id_00']);
    expect([recordings(train, 0), recordings(train, 1), recordings(test, 0), recordings(test, 1)]).toEqual(['2+0', '2+0', '1+1', '1+1']);
    expect(Math.max(...(test.recordings ?? []))).toBe(3);
  });

  it('holds out as many normal recordings as there are anomalous ones where names do not say, and says so', async () => {
    const { groupNames, train, test, warnings } = await read([...mimii('id_00', 5, 2), ...mimii('id_02', 3, 3)]);
    expect(groupNames).toEqual(['valve id_00', 'valve id_02']);
    expect([recordings(train, 0), recordings(test, 0)]).toEqual(['3+0', '2+2']);
    // No more than half, so that there is something to learn from.
    expect([recordings(train, 1), recordings(test, 1)]).toEqual(['2+0', '1+3']);
    expect(warnings.map(said)).toEqual([
      'Names do not say which recordings of valve id_00, valve id_02 test: all anomalous ones do, and as many normal ones (at most half of them), drawn by the random seed.',
    ]);
  });

  it('keeps a recording with several levels of noise on one side', async () => {
    const levels = ['-6_dB_fan', '0_dB_fan', '6_dB_fan'].flatMap((level) =>
      ['normal/0', 'normal/1', 'normal/2', 'normal/3', 'abnormal/0'].map((place) =>
        wavFile(`${level}/fan/id_00/${place}.wav`, soundOf(place, EIGHT_SECONDS)),
      ),
    );
    for (const randomSeed of [1, 2, 3]) {
      const { groupNames, train, test } = await read(levels, { randomSeed });
      expect(groupNames).toEqual(['fan id_00']);
      expect([recordings(train, 0), recordings(test, 0)]).toEqual(['9+0', '3+3']);
      const firsts = ({ values, count }: typeof train) => Array.from({ length: count }, (_, at) => values[at * 640]);
      const learnt = new Set(firsts(train));
      expect(firsts(test).some((value) => learnt.has(value))).toBe(false);
    }
  });

  it('draws other recordings with another random seed', async () => {
    const first = async (randomSeed: number) => (await read(mimii('id_00', 5, 1), { randomSeed })).test.values[0];
    const drawn = [await first(1), await first(2), await first(3), await first(4)];
    expect(await first(1)).toBe(drawn[0]);
    expect(new Set(drawn).size).toBeGreaterThan(1);
  });

  it('knows DCASE’s names from 2021 on', async () => {
    const names = [
      'train/section_00_source_train_normal_0',
      'train/section_00_target_train_normal_1',
      'train/section_01_source_train_normal_0',
    ];
    const tests = ['source_test/section_00_source_test_normal_0', 'target_test/section_00_target_test_anomaly_0'];
    const later = ['test/section_01_source_test_normal_0', 'test/section_01_target_test_anomaly_0'];
    const { groupNames, train, test, warnings } = await read(
      [...names, ...tests, ...later].map((name) => clip(`dev/gearbox/${name}_g.wav`)),
    );
    expect([groupNames, warnings]).toEqual([['gearbox section_00', 'gearbox section_01'], []]);
    expect([recordings(train, 0), recordings(train, 1), recordings(test, 0), recordings(test, 1)]).toEqual(['2+0', '1+0', '1+1', '1+1']);
  });

  it('knows ToyADMOS’ folders, and takes one channel of each recording', async () => {
    const names = ['Normal', 'Anomalous'].flatMap((kind) =>
      [1, 2, 3].flatMap((at) => ['ch1', 'ch2'].map((channel) => `${kind}Sound_IND/${at}_ToyCar_case1_${kind}_IND_${channel}_000${at}.wav`)),
    );
    const { groupNames, train, test, warnings } = await read(names.map((name) => clip(`ToyCar/case1/${name}`)));
    expect(groupNames).toEqual(['ToyCar case1']);
    expect([recordings(train, 0), recordings(test, 0)]).toEqual(['2+0', '1+3']);
    expect(said(warnings[1] as Told)).toMatch(
      /^6 files are left out \(ToyCar\/case1\/AnomalousSound_IND\/1_ToyCar_case1_Anomalous_IND_ch2_0001\.wav, .* The first is another channel of a recording/,
    );
  });

  it('takes folders without a number as machines', async () => {
    const files = ['normal/a', 'normal/b', 'abnormal/a'].map((name) => clip(`press/${name}.wav`));
    expect((await read(files)).groupNames).toEqual(['press']);
    expect((await read(files.map((file) => ({ ...file, name: file.name.slice(6) })))).groupNames).toEqual(['machine']);
  });

  it('refuses to hold somebody out', async () => {
    await expect(read(fan, { holdOut: 'fan' })).rejects.toThrow('"fan" cannot be held out');
  });

  it('tells how many files are read', async () => {
    const heard: string[] = [];
    await read(fan, { onProgress: (done, total) => heard.push(`${done}/${total}`) });
    expect(heard).toEqual(['1/4', '2/4', '3/4', '4/4']);
  });
});

describe('recordings and machines that do not fit', () => {
  it('are left out: too short for a vector', async () => {
    const { train, warnings } = await read([...fan, clip('dev/fan/train/normal_id_00_9.wav', 50_000)]);
    expect(recordings(train, 0)).toBe('2+0');
    expect(warnings.map(said)).toEqual([
      'dev/fan/train/normal_id_00_9.wav is left out. It lasts 3.1 s and gives no vector: frames 50 to 249 take 8 s. Use longer recordings.',
    ]);
  });

  it('are left out: anomalous ones to learn from, names that say nothing, and those outside of both parts', async () => {
    const files = ['train/anomaly_id_00_3.wav', 'test/id_00_4.wav', 'normal_id_00_5.wav'].map((name) => clip(`dev/fan/${name}`));
    expect((await read([...fan, ...files, textFile('dev/readme.md', '')])).warnings.map(said)).toEqual([
      'dev/fan/test/id_00_4.wav is left out. It says neither in its name nor by its folder whether it is normal or anomalous.',
      'dev/fan/train/anomaly_id_00_3.wav is left out. It is anomalous but lies in "train": a network learns from normal recordings only.',
      'dev/fan/normal_id_00_5.wav is left out. It lies neither in "train" nor in "test", as other recordings of its machine do.',
    ]);
  });

  const broken = ['train/normal_id_07_0', 'test/anomaly_id_07_1', 'test/normal_id_07_2'];
  it.each([
    [[0, 2], 'all its test recordings are normal, and its AUC compares both kinds. Add anomalous ones.'],
    [[0, 1], 'all its test recordings are anomalous, and its AUC compares both kinds. Add normal ones.'],
    [[0], 'it has no recording to test on. Add normal and anomalous ones.'],
    [[1, 2], 'it has no normal recording to learn from. Add some to "train".'],
  ])('are left out and named: a machine with files %j', async (kept, reason) => {
    const files = kept.map((index) => clip(`dev/pump/${broken[index]}.wav`));
    const message = `pump id_07 (${files[0]?.name}) is left out: ${reason}`;
    const { groupNames, train, test, warnings } = await read([...files, ...fan, clip('dev/zebra/train/normal_id_00_0.wav')]);
    expect(said(warnings[0] as Told)).toBe(message);
    // A machine that is left out leaves nothing behind, whether others come before or after it.
    expect(groupNames).toEqual(['fan id_00']);
    expect([recordings(train, 0), recordings(test, 0), train.count, test.count]).toEqual(['2+0', '1+1', 392, 392]);
    expect(await messageOf(files)).toBe(`mine has no machine that can be learnt and tested. ${message}`);
  });

  it('are left out and named: a machine whose only recordings are too short', async () => {
    const message = await messageOf(fan.map(({ name }) => clip(name, 1000)));
    expect(message).toContain('fan id_00 (dev/fan/train/normal_id_00_0.wav) is left out: it has no normal recording to learn from.');
    expect(message).toContain(
      '4 files are left out (dev/fan/train/normal_id_00_0.wav, dev/fan/train/normal_id_00_1.wav, dev/fan/test/anomaly_id_00_0.wav and 1 more). The first lasts 0.1 s',
    );
  });
});
