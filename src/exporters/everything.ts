import { word } from '../core/language/say';
import type { Exporter, FilePieces } from './exporter';

/** All files of all exports; those that several exports write are there once. @param exporters one at least */
export function everything(exporters: readonly Exporter[]): Exporter {
  return {
    id: 'everything',
    label: word('everything'),
    files: [...new Set(exporters.flatMap(({ files }) => files))] as [string, ...string[]],
    mime: 'application/zip',
    note: word('All of these files in one archive.'),
    int8: true,
    async write(run) {
      const contents = new Map<string, FilePieces>();
      for (const exporter of exporters) {
        const pieces = await exporter.write(run);
        exporter.files.forEach((name, index) => contents.set(name, pieces[index] as FilePieces));
      }
      return [...contents.values()];
    },
  };
}
