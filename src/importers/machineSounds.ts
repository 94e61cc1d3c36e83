/**
 * Recordings of machines in the layouts of DCASE's Task 2 (2020: Y. Koizumi et al., arXiv:2006.05822), of MIMII (H. Purohit et al.,
 * arXiv:1909.09347) and of ToyADMOS (Y. Koizumi et al., arXiv:1908.03299): a network learns what is normal and is tested on normal and
 * anomalous recordings of the same machine.
 */
import type { Dataset, Sound } from '../core/data/dataset';
import { RATE } from '../core/data/features/clip';
import { MOST_SAMPLES, VECTOR_SIZE } from '../core/data/features/logMel';
import { WorkbenchError } from '../core/errors';
import { firstLater, sentencesLater } from '../core/language/lists';
import { word } from '../core/language/say';
import { sayLater, type Told } from '../core/language/told';
import { createRandom, type Random } from '../core/random';
import type { ExampleImporter, ImportOptions, NamedFile } from './exampleImporter';
import { inOrder } from './inOrder';
import { invalidData } from './invalidData';
import { LeftOut } from './sound/leftOut';
import { placeOf, readSound, soundFiles, type Place, type ReadSound, type SoundFile } from './sound/soundFiles';
import { VectorStore } from './sound/vectorStore';

/** Vectors that training and test hold at most, 512 MB each: a browser gives a page no more than a few of these. */
const MOST_VECTORS = 200_000;
/** Numbers of recordings and of groups must fit into the data set's arrays. */
const MOST_RECORDINGS = 65_535;
const MOST_MACHINES = 255;
/** Samples of a recording that are kept to be listened to, three seconds. */
const HEARD = 3 * RATE;

export const machineSounds: ExampleImporter = {
  id: 'machineSounds',
  title: word('sounds of machines in DCASE’s, MIMII’s or ToyADMOS’ layout'),
  kind: 'vector',
  extensions: ['.wav'],
  hint: word(
    'Sounds of machines are WAV files in DCASE’s layout (train/normal_id_01_*.wav, test/normal_id_01_*.wav, test/anomaly_id_01_*.wav, or from 2021 on section_00_source_train_normal_*.wav), MIMII’s (id_00/normal/*.wav, id_00/abnormal/*.wav) or ToyADMOS’ (case1/NormalSound_IND/*.wav, case1/AnomalousSound_IND/*.wav), below a folder for each type of machine.',
  ),
  recognises: (names) => names.some(isRecording),
  read: readMachineSounds,
};

const isRecording = (name: string) => /\.wav$/i.test(name) && recordingOf(placeOf(name)) !== null;

/** Whether most sounds are of machines: a word may be "normal", too. */
export function areMachines(names: readonly string[]): boolean {
  const sounds = names.filter((name) => /\.wav$/i.test(name));
  return 2 * sounds.filter(isRecording).length > sounds.length;
}

/** What a path says of a recording. */
interface Recording {
  /** The machine's type, if there is one, and its number: "fan id_00". */
  readonly machine: string;
  readonly anomalous: boolean;
  /** null where names do not say which recordings test. */
  readonly split: 'train' | 'test' | null;
}

type MachineFile = Recording & { readonly file: NamedFile };

interface Machine {
  readonly name: string;
  /** Normal recordings. */
  readonly train: readonly MachineFile[];
  readonly test: readonly MachineFile[];
}

/**
 * Machines without a normal recording to learn from, or without both kinds to test on, are left out and named in the warnings.
 * @throws WorkbenchError `invalid-data` if that leaves no machine, and says for each what is missing
 */
export async function readMachineSounds(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset> {
  if (options.holdOut !== null)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('"{holdOut}" cannot be held out: of sounds of machines, every machine is learnt and tested. Leave that setting out.', {
        holdOut: options.holdOut,
      }),
    );
  const leftOut = new LeftOut();
  const warnings: Told[] = [];
  const machines = machinesOf(soundFiles(files, leftOut), leftOut, options.randomSeed, warnings);
  const total = (part: 'train' | 'test') => machines.reduce((sum, machine) => sum + machine[part].length, 0);
  const [split] = warnings;
  const [learnt, tested] = [total('train'), total('test')];
  if (machines.length > MOST_MACHINES || learnt > MOST_RECORDINGS || tested > MOST_RECORDINGS)
    throw invalidData(
      name,
      sayLater(
        'has {machines, plural, one {# machine} other {# machines}}, {learnt} recordings to learn from and {tested} to test on; it takes up to {mostMachines} machines and up to {mostRecordings} recordings of each kind. Give fewer types of machines.',
        { machines: machines.length, learnt, tested, mostMachines: MOST_MACHINES, mostRecordings: MOST_RECORDINGS },
      ),
    );
  const train = new VectorStore(learnt, MOST_VECTORS);
  const test = new VectorStore(tested, MOST_VECTORS);
  const groupNames: string[] = [];
  let sounds: Sound[] = [];
  let done = 0;
  /** Adds recordings to a store, and returns those that gave vectors. */
  const read = async (recordings: readonly MachineFile[], store: VectorStore) => {
    const kept: MachineFile[] = [];
    const all = readAll(recordings, leftOut);
    for await (const [{ recording, sound }, frames] of inOrder(all, async (one) =>
      one.sound ? options.work.features(one.sound.samples, 'logMel') : null,
    )) {
      options.onProgress(++done, learnt + tested);
      if (sound && !frames) leftOut.add(recording.file.name, tooShort(sound));
      if (!sound || !frames) continue;
      const [group, label] = [groupNames.length, recording.anomalous ? 1 : 0];
      store.add(frames, group, label);
      if (!sounds.some((one) => one.group === group && one.label === label))
        sounds.push({ label, group, samples: sound.samples.slice(0, HEARD) });
      kept.push(recording);
    }
    return kept;
  };
  for (const machine of machines) {
    const before = [train.place, test.place] as const;
    const missing = missingIn({ ...machine, train: await read(machine.train, train), test: await read(machine.test, test) });
    if (missing === null) groupNames.push(machine.name);
    else {
      train.rewind(before[0]);
      test.rewind(before[1]);
      sounds = sounds.filter(({ group }) => group !== groupNames.length);
      const [first] = [...machine.train, ...machine.test];
      warnings.push(
        sayLater('{machine} ({file}) is left out: {missing}', { machine: machine.name, file: first?.file.name ?? '', missing }),
      );
    }
  }
  warnings.push(...leftOut.sentences(), ...train.sentences('train'), ...test.sentences('test'));
  if (groupNames.length === 0)
    throw invalidData(name, sentencesLater([sayLater('has no machine that can be learnt and tested.'), ...warnings]));
  const { one, many } = options.task.example;
  return {
    name,
    words: { one, many },
    synthetic: false,
    shape: [VECTOR_SIZE],
    classNames: ['normal', 'anomalous'],
    groupNames,
    ...(split !== undefined && { split }),
    sounds,
    warnings,
    train: train.examples(),
    test: test.examples(),
  };
}

/**
 * DCASE says in a file's name whether it is normal and which machine it is, and has the type of machine as the folder around "train" and
 * "test". MIMII and ToyADMOS have folders for all of that.
 * @returns null for another name
 */
function recordingOf({ folders, base }: Place): Recording | null {
  const splitOf = (folder: string) => /^(?:(?:source|target)_)?(train|test)$/i.exec(folder)?.[1]?.toLowerCase() as Recording['split'];
  const split = folders.map(splitOf).findLast(Boolean) ?? null;
  const others = folders.filter((folder) => !splitOf(folder));
  const { machine, kind } = (name2020.exec(base) ?? name2021.exec(base))?.groups ?? {};
  if (machine && kind) return { machine: [others.at(-1), machine].filter(Boolean).join(' '), anomalous: !isNormal(kind), split };
  const folder = others.at(-1) ?? '';
  if (!/^(normal|abnormal|anomaly|anomalous)(sound_(ind|cnt))?$/i.test(folder)) return null;
  const above = others.slice(0, -1);
  const named = above.slice(/^(id_\w+|case\d+)$/i.test(above.at(-1) ?? '') ? -2 : -1).join(' ');
  return { machine: named || 'machine', anomalous: !isNormal(folder), split };
}

/** DCASE's names of recordings, in 2020 and from 2021 on. */
const name2020 = /^(?<kind>normal|anomaly)_(?<machine>id_\w+?)_/i;
const name2021 = /^(?<machine>section_\w+?)_(?:source|target)_(?:train|test)_(?<kind>normal|anomaly)_/i;

const isNormal = (kind: string) => /^normal/i.test(kind);

/** ToyADMOS has a file for each of four microphones. Were all used, a recording could be learnt from and tested on. */
const isOtherChannel = ({ folders, base }: Place) => /sound_(ind|cnt)$/i.test(folders.at(-1) ?? '') && /_ch(?!1_)\d+_/i.test(base);

/** The machines in the order of their names, with what each learns from and is tested on. */
function machinesOf(sounds: readonly SoundFile[], leftOut: LeftOut, randomSeed: number, warnings: Told[]): Machine[] {
  const byName = new Map<string, MachineFile[]>();
  for (const sound of sounds) {
    const recording = recordingOf(sound);
    if (isOtherChannel(sound)) leftOut.add(sound.file.name, sayLater('is another channel of a recording whose first channel is used.'));
    else if (!recording)
      leftOut.add(sound.file.name, sayLater('says neither in its name nor by its folder whether it is normal or anomalous.'));
    else if (recording.anomalous && recording.split === 'train')
      leftOut.add(sound.file.name, sayLater('is anomalous but lies in "train": a network learns from normal recordings only.'));
    else {
      if (!byName.has(recording.machine)) byName.set(recording.machine, []);
      byName.get(recording.machine)?.push({ ...recording, file: sound.file });
    }
  }
  const drawn: string[] = [];
  const machines = [...byName]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, files]) => {
      if (files.every(({ split }) => split === null)) {
        drawn.push(name);
        return { name, ...drawSplit(files, createRandom(randomSeed, `held out of ${name}`)) };
      }
      for (const { file, split } of files)
        if (split === null)
          leftOut.add(file.name, sayLater('lies neither in "train" nor in "test", as other recordings of its machine do.'));
      return { name, train: files.filter(({ split }) => split === 'train'), test: files.filter(({ split }) => split === 'test') };
    });
  if (drawn.length > 0)
    warnings.push(
      sayLater(
        'Names do not say which recordings of {drawn} test: all anomalous ones do, and as many normal ones (at most half of them), drawn by the random seed.',
        { drawn: firstLater(drawn, 3) },
      ),
    );
  return machines;
}

/**
 * All anomalous recordings test, and as many normal ones, but no more than half of them. Files of one name stay together: MIMII has each
 * recording with three levels of noise, in folders "-6_dB_fan", "0_dB_fan" and "6_dB_fan".
 */
function drawSplit(files: readonly MachineFile[], random: Random): Pick<Machine, 'train' | 'test'> {
  const anomalous = files.filter((file) => file.anomalous);
  const normal = files.filter((file) => !file.anomalous);
  const byName = new Map<string, MachineFile[]>();
  for (const file of normal) {
    const { base } = placeOf(file.file.name);
    byName.set(base, [...(byName.get(base) ?? []), file]);
  }
  const recordings = [...byName.values()];
  const most = Math.min(anomalous.length, Math.floor(normal.length / 2));
  const tests = new Set<MachineFile>();
  for (const index of random.shuffle(Int32Array.from(recordings, (_, at) => at))) {
    const files = recordings[index] as MachineFile[];
    if (tests.size + files.length > most) break;
    for (const file of files) tests.add(file);
  }
  return { train: normal.filter((file) => !tests.has(file)), test: [...normal.filter((file) => tests.has(file)), ...anomalous] };
}

/** Why a machine cannot be learnt and tested, and the way out; null if it can. */
function missingIn({ train, test }: Machine): Told | null {
  if (train.length === 0) return sayLater('it has no normal recording to learn from. Add some to "train".');
  const [first] = test;
  if (!first) return sayLater('it has no recording to test on. Add normal and anomalous ones.');
  if (test.some(({ anomalous }) => anomalous !== first.anomalous)) return null;
  return first.anomalous
    ? sayLater('all its test recordings are anomalous, and its AUC compares both kinds. Add normal ones.')
    : sayLater('all its test recordings are normal, and its AUC compares both kinds. Add anomalous ones.');
}

async function* readAll(recordings: readonly MachineFile[], leftOut: LeftOut) {
  for (const recording of recordings) yield { recording, sound: await readSound(recording.file, MOST_SAMPLES / RATE, leftOut) };
}

const tooShort = ({ seconds }: ReadSound) =>
  sayLater('lasts {seconds} s and gives no vector: frames 50 to 249 take 8 s. Use longer recordings.', { seconds: seconds.toFixed(1) });
