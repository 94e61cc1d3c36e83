/** What importers of sound share: which of the files are sounds, and how one of them becomes samples at 16 kHz. */
import { RATE } from '../../core/data/features/clip';
import { resample } from '../../core/data/features/resample';
import { WorkbenchError } from '../../core/errors';
import { sayLater } from '../../core/language/told';
import { called, type NamedFile } from '../exampleImporter';
import { brokenRule } from '../invalidData';
import type { LeftOut } from './leftOut';
import { decodeWav } from './wav';

/** The parts of a path. */
export interface Place {
  /** The folders that it lies in, outermost first. */
  readonly folders: readonly string[];
  /** Its name without folders and ending. Some copies of data sets end in ".wav.wav". */
  readonly base: string;
}

export interface SoundFile extends Place {
  readonly file: NamedFile;
}

export function placeOf(path: string): Place {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return { folders: parts.slice(0, -1), base: (parts.at(-1) ?? '').replace(/(\.wav)+$/i, '') };
}

/** Sound that is not read here; other files, such as a licence, are passed over in silence. */
const OTHER_SOUND = /\.(mp3|flac|ogg|opus|m4a|aac|wma|aiff?|au|caf|webm)$/i;
/** What systems leave in archives and folders: ".DS_Store", "__MACOSX", "._a.wav". */
const isHidden = (part: string) => part.startsWith('.') || part === '__MACOSX';

/** The WAV files, in the order of their names. Files of other kinds of sound are noted as left out. */
export function soundFiles(files: readonly NamedFile[], leftOut: LeftOut): SoundFile[] {
  const found: SoundFile[] = [];
  for (const file of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const place = placeOf(file.name);
    if ([...place.folders, place.base].some(isHidden)) continue;
    if (/\.wav$/i.test(file.name)) found.push({ file, ...place });
    else if (OTHER_SOUND.test(file.name))
      leftOut.add(file.name, sayLater('is sound in another format than WAV. Convert it to a WAV file of 16-bit PCM.'));
  }
  return found;
}

/** Sound at 16 kHz, and how long the whole file is. */
export interface ReadSound {
  readonly samples: Float32Array;
  /** Seconds of the file, which may be more than those that were asked for. */
  readonly seconds: number;
}

/**
 * The first `seconds` of a file at 16 kHz, channels mixed down; fewer if it is shorter.
 * @returns null for a file that cannot be read, which is then noted as left out
 */
export async function readSound(file: NamedFile, seconds: number, leftOut: LeftOut): Promise<ReadSound | null> {
  try {
    // The last samples depend on a little of what follows them.
    const clip = decodeWav(await file.bytes(), called(file), seconds + 0.1);
    return { samples: resample(clip, RATE).subarray(0, Math.round(seconds * RATE)), seconds: clip.seconds };
  } catch (error) {
    // What a server answers, or that it does not, is no fault of the file.
    if (!(error instanceof WorkbenchError) || error.code !== 'invalid-data' || 'status' in error.details) throw error;
    leftOut.add(called(file), brokenRule(error) ?? sayLater('cannot be read: {message}', { message: error.told }));
    return null;
  }
}
