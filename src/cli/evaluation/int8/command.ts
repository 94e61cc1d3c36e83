/** `npm run -s evaluate -- --int8 FILE`: how good a found network is as int8, quantised after training and with training for it. */
import { startBackend } from '../../../backends/backend';
import { nodeBackends } from '../../../backends/node';
import { wholeRange } from '../../../core/config/domain';
import { disposeParameters } from '../../../core/network/parameters';
import { RANGE_EXAMPLES } from '../../../core/quantize/rangeExamples';
import type { ExportedRun } from '../../../exporters/exporter';
import { int8NetworkOf } from '../../../exporters/int8/int8Network';
import { int8Sizes } from '../../../exporters/int8/sizes';
import { trainedAware } from '../../awareTraining';
import { readCommandLine } from '../../commandLine';
import { usageError } from '../../exit';
import { testQuality } from '../../exportQuality';
import { readFoundNetwork } from '../../foundNetwork';
import { helpText } from '../../helpText';
import { jsonByLine } from '../../jsonByLine';
import { readNumberIn } from '../../optionValue';
import { OutputFile } from '../../outputFile';
import { int8Page } from './page';
import { partKey, savedParts, type Int8Part } from './parts';

const HELP = `Measures the found network of a run with floats and as int8, and adds it to a table. Takes seconds to minutes.

npm run -s evaluate -- --int8 FILE [options]

  --int8 FILE       the run file of a search that ended with a result; its weights lie beside it
  --data PATH       the examples that the search used (default: embedded, the built-in ones)
  --epochs N        epochs of quantisation-aware training, from 1 to 3 (default 3)
  --json FILE       where results are kept (default docs/evaluation-int8.json)
  --page FILE       where the table goes (default: beside the JSON, ending in .md)
  --help            print this`;

const options = {
  int8: { type: 'string' },
  data: { type: 'string', default: 'embedded' },
  epochs: { type: 'string', default: '3' },
  json: { type: 'string', default: 'docs/evaluation-int8.json' },
  page: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** @throws WorkbenchError `invalid-setting` or `invalid-data`, and then nothing is written */
export async function evaluateInt8(args: string[]): Promise<number> {
  const { values } = readCommandLine({ args, options, allowPositionals: false });
  if (values.help) {
    console.log(helpText(HELP));
    return 0;
  }
  if (values.int8 === undefined) throw usageError('--int8 needs the run file of a search');
  const epochs = readNumberIn('--epochs', values.epochs, wholeRange(1, 3));
  const json = new OutputFile('--json', values.json);
  const pagePath = values.page ?? values.json.replace(/(\.json)?$/, '.md');
  const page = new OutputFile('--page', pagePath);
  savedParts(values.json);
  const part = await measured(values.int8, values.data, epochs);
  // Read again, since another sitting may have added a network meanwhile.
  const all = { parts: { ...savedParts(values.json).parts, [partKey(part)]: part } };
  json.write(`${jsonByLine(all)}\n`);
  page.write(int8Page(all));
  console.error(`${pagePath} is written.`);
  return 0;
}

async function measured(path: string, data: string, epochs: number): Promise<Int8Part> {
  await startBackend('automatic', nodeBackends);
  const found = await readFoundNetwork({ run: path, data, reading: { holdOut: null, variants: null, feature: 'mfcc' } });
  try {
    const { run, model, trainingSet } = found;
    const asFound: ExportedRun = { model, trainingSet, runFile: () => run, ranges: { method: 'minMax', examples: RANGE_EXAMPLES } };
    const { graph } = await int8NetworkOf(asFound);
    const [float, after] = [await testQuality(found, null), await testQuality(found, graph)];
    const { exported, stepMs, stepsPerEpoch } = await trainedAware(found, asFound, epochs);
    const { config } = run;
    const { tflite } = await int8Sizes(exported);
    return {
      task: config.task,
      data: { name: config.data.name, synthetic: config.data.synthetic, train: config.data.trainCount, test: config.data.testCount },
      network: {
        method: config.method,
        randomSeed: config.randomSeed,
        parameters: graph.operations.reduce(
          (sum, operation) => sum + ('weights' in operation ? operation.weights.length + operation.bias.length : 0),
          0,
        ),
      },
      quality: { float, after, aware: exported === asFound ? after : await testQuality(found, (await int8NetworkOf(exported)).graph) },
      epochs,
      keptEpoch: exported.tuned?.keptEpoch ?? 0,
      stepsPerEpoch,
      stepMs,
      fileBytes: tflite.fileBytes,
      arenaBytes: tflite.activationBytes,
    };
  } finally {
    disposeParameters(found.model.parameters);
  }
}
