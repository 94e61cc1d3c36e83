/** `npm run -s export -- [options]`: the network that a search has found as files for devices, checked where they can run here. */
import { join } from 'node:path';
import { startBackend } from '../backends/backend';
import { nodeBackends } from '../backends/node';
import { disposeParameters } from '../core/network/parameters';
import type { ExportedRun } from '../exporters/exporter';
import { chooseRanges, int8NetworkOf } from '../exporters/int8/int8Network';
import { EXPORT_HELP, readExportArguments, type ExportArguments } from './exportArguments';
import { compareQuality } from './exportQuality';
import { readFoundNetwork } from './foundNetwork';
import { inspectionOf } from './inspectFile';
import { makeFolder, OutputFile } from './outputFile';
import { runProgram } from './program';

async function main(args: string[]): Promise<number> {
  const given = readExportArguments(args);
  if (!given) {
    console.log(EXPORT_HELP);
    return 0;
  }
  if (given.kind === 'inspect') {
    console.log(await inspectionOf(given.file, given.device));
    return 0;
  }
  return exportRun(given);
}

async function exportRun(given: Extract<ExportArguments, { kind: 'export' }>): Promise<number> {
  makeFolder('--out', given.out);
  const names = [...new Set(given.exports.flatMap(({ files }) => files))];
  const files = new Map(names.map((name) => [name, new OutputFile('--out', join(given.out, name))]));
  await startBackend('automatic', nodeBackends);
  const found = await readFoundNetwork(given);
  try {
    const { model, trainingSet } = found;
    const run: ExportedRun = { model, trainingSet, runFile: () => found.run };
    chooseRanges(run, given.ranges);
    for (const exporter of given.exports) {
      const contents = await exporter.write(run);
      exporter.files.forEach((name, index) => {
        const pieces = contents[index];
        if (pieces) files.get(name)?.write(pieces);
      });
    }
    console.log(`Written into ${given.out}: ${names.join(', ')}`);
    const { warnings, graph } = await int8NetworkOf(run);
    for (const warning of warnings) console.error(`warning: ${warning}`);
    if (given.check) console.log((await compareQuality(found, graph)).text);
    return 0;
  } finally {
    disposeParameters(found.model.parameters);
  }
}

runProgram(main);
