/** Reads the command line of `export`. */
import { wholeRange } from '../core/config/domain';
import { inputScalings, type InputScaling } from '../core/data/inputScaling';
import type { Reading } from '../core/data/reading';
import { RANGE_EXAMPLES } from '../core/quantize/rangeExamples';
import { rangeMethods, type RangeChoice } from '../core/quantize/ranges';
import { quantisations, type Quantisation } from '../core/search/training/quantizationAware';
import { taskFor, tasks } from '../core/tasks/index';
import type { Exporter } from '../exporters/exporter';
import { exporterFor, exporters } from '../exporters/index';
import { readCommandLine } from './commandLine';
import { usageError } from './exit';
import { helpText } from './helpText';
import { oneOf, readNumberIn } from './optionValue';
import { readingOf, readingOptions } from './readingOptions';

/** What is asked for: exports of a run, or a look at a file. */
export type ExportArguments =
  | {
      readonly kind: 'export';
      readonly run: string;
      readonly exports: readonly Exporter[];
      readonly out: string;
      /** `embedded`, or the path of the examples that the run used. */
      readonly data: string;
      readonly reading: Reading;
      readonly ranges: RangeChoice;
      readonly quantise: Quantisation;
      /** Of quantisation-aware training. */
      readonly epochs: number;
      readonly check: boolean;
    }
  | ({ readonly kind: 'inspect' } & InspectArguments);

/** A look at a file, and the examples that its quality is measured on. */
export interface InspectArguments {
  readonly file: string;
  /** Id of a task; null for the first whose examples have the shape of the file's input. */
  readonly task: string | null;
  /** `embedded`, or the path of a person's own examples. */
  readonly data: string;
  readonly reading: Reading;
  /** How many test examples; null for as many as a search takes by default. */
  readonly test: number | null;
  /** Null for what fits the range of an int8 input best, and normalised for floats. */
  readonly input: InputScaling | null;
}

const AWARE_EPOCHS = 2;

const options = {
  run: { type: 'string' },
  to: { type: 'string' },
  out: { type: 'string' },
  data: { type: 'string', default: 'embedded' },
  ...readingOptions,
  ranges: { type: 'string', default: 'minMax' },
  'range-examples': { type: 'string', default: String(RANGE_EXAMPLES) },
  quantise: { type: 'string', default: 'after' },
  'quantise-epochs': { type: 'string' },
  check: { type: 'boolean', default: false },
  inspect: { type: 'string' },
  task: { type: 'string' },
  test: { type: 'string' },
  input: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

export const EXPORT_HELP = helpText(`Writes the network that a search has found for devices, or looks at a network of another program.

npm run -s export -- --run FILE --to NAME,... --out FOLDER [options]
npm run -s export -- --inspect FILE [options]

  --run FILE           the run file of a search that ended with a result; its weights lie beside it
  --to NAME,...        ${exporters.map(({ id }) => id).join('|')}
  --out FOLDER         where the files go; made if it is missing
  --data embedded|PATH the examples that the search used, as its own --data had them: ranges and normalisation
                       come from them (default: embedded)
  --hold-out NAME, --variants N, --features NAME
                       as the search had them
  --ranges NAME        ${rangeMethods.join('|')}: how the ranges of int8 numbers follow from what training examples give
                       (default: minMax)
  --range-examples N   how many training examples they come from (default: ${RANGE_EXAMPLES})
  --quantise NAME      ${quantisations.join('|')}: quantise the network as it is, or let it learn on as int8
                       first and keep the better of both (default: after)
  --quantise-epochs N  epochs of aware, from 1 to 3 (default: ${AWARE_EPOCHS})
  --check              also run each file with the programs that are there; what they compute must be the
                       reference's numbers
  --inspect FILE       show the operations and the sizes of a .tflite file, int8 or of floats, its costs on every device, and its quality
                       on the test examples of --data where their shape is that of its input
  --task NAME          ${tasks.map(({ id }) => id).join('|')}: what --inspect measures (default: by the input's shape)
  --test N             how many test examples --inspect measures on (default: as many as a search)
  --input NAME         ${inputScalings.join('|')}: how examples become the input of an inspected network: with
                       mean 0 and deviation 1; pictures from 0 to 1 and sounds as they are; or pictures from 0 to 255,
                       -128 to 127, -1 to 1 (default: what fits the range of an int8 input best, normalised for floats)
  --help               print this

Exit status: 0 written, and everything equal where that was asked, 1 a check that failed, 2 bad usage or bad input.`);

/** @throws WorkbenchError `invalid-setting`; null when only help was asked for */
export function readExportArguments(args: string[]): ExportArguments | null {
  const { values } = readCommandLine({ args, options, allowPositionals: false });
  if (values.help) return null;
  if (values.inspect !== undefined) {
    if (values.run !== undefined || values.to !== undefined) throw usageError('--inspect looks at one file; leave --run and --to out');
    const { task, test, input } = values;
    return {
      kind: 'inspect',
      file: values.inspect,
      task: task === undefined ? null : taskFor(task).id,
      data: values.data,
      reading: readingOf(values),
      test: test === undefined ? null : readNumberIn('--test', test, wholeRange(1, 1_000_000)),
      input: input === undefined ? null : oneOf('--input', input, inputScalings),
    };
  }
  const needed = (option: 'run' | 'to' | 'out', what: string): string => {
    const value = values[option];
    if (value === undefined) throw usageError(`--${option} is missing: ${what} (--help lists all options)`);
    return value;
  };
  const quantise = oneOf('--quantise', values.quantise, quantisations);
  if (quantise === 'after' && values['quantise-epochs'] !== undefined)
    throw usageError('--quantise-epochs is for --quantise aware; leave it out, or ask for that');
  return {
    kind: 'export',
    run: needed('run', 'the run file of a search'),
    exports: [...new Set(needed('to', exporters.map(({ id }) => id).join(', ')).split(','))].map(exporterFor),
    out: needed('out', 'the folder to write into'),
    data: values.data,
    reading: readingOf(values),
    ranges: {
      method: oneOf('--ranges', values.ranges, rangeMethods),
      examples: readNumberIn('--range-examples', values['range-examples'], wholeRange(1, 100_000)),
    },
    quantise,
    epochs: readNumberIn('--quantise-epochs', values['quantise-epochs'] ?? String(AWARE_EPOCHS), wholeRange(1, 3)),
    check: values.check,
  };
}
