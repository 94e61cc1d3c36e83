/** `npm run -s export -- [options]`: the network that a search has found as files for devices, checked where they can run here. */
import { join } from 'node:path';
import { startBackend } from '../backends/backend';
import { nodeBackends } from '../backends/node';
import { said } from '../core/language/told';
import { disposeParameters } from '../core/network/parameters';
import { joined } from '../exporters/download';
import type { ExportedRun } from '../exporters/exporter';
import { int8NetworkOf } from '../exporters/int8/int8Network';
import { int8Sizes } from '../exporters/int8/sizes';
import { EXPORT_HELP, readExportArguments, type ExportArguments } from './exportArguments';
import { trainedAware } from './awareTraining';
import { comparedQuality, withInt8Quality } from './exportQuality';
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
    console.log(await inspectionOf(given));
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
    const asFound: ExportedRun = { model, trainingSet, runFile: () => found.run, ranges: given.ranges, reading: given.reading };
    const tuned = given.quantise === 'aware' ? (await trainedAware(found, asFound, given.epochs)).exported : asFound;
    const run = withInt8Quality(tuned, found);
    const written = new Map<string, Uint8Array>();
    for (const exporter of given.exports) {
      const contents = await exporter.write(run);
      exporter.files.forEach((name, index) => {
        const pieces = contents[index];
        if (!pieces) return;
        files.get(name)?.write(pieces);
        if (given.check) written.set(name, joined(pieces()));
      });
    }
    console.log(`Written into ${given.out}: ${names.join(', ')}`);
    const { warnings, graph } = await int8NetworkOf(run);
    const { broken } = await int8Sizes(run);
    for (const warning of [...broken, ...warnings]) console.error(`warning: ${said(warning)}`);
    if (given.exports.some(({ int8 }) => int8)) console.log(await comparedQuality(found, await run.int8Quality()));
    if (!given.check) return 0;
    // Loaded only here, because the runtimes are large.
    const { checkCFiles, checkOnnxFile, checkTfliteFile } = await import('../check/checkExport');
    const [tflite, onnx] = [written.get('model.tflite'), written.get('model.onnx')];
    const results = [
      ...(tflite ? [await checkTfliteFile(tflite, graph)] : []),
      ...(onnx ? [await checkOnnxFile(onnx, graph)] : []),
      ...(written.has('model.c') ? [checkCFiles(graph)] : []),
    ];
    for (const { text } of results) console.log(text);
    return results.every(({ passed }) => passed) ? 0 : 1;
  } finally {
    disposeParameters(found.model.parameters);
  }
}

runProgram(main);
