/** What `npm run -s fit` writes: the coefficients as source text, and the tables of docs/cost-models.md. */
import { markdownTable, wrapMarkdown } from '../../markdown';
import { signedPercent } from '../../words';
import type { CycleModel } from '../devices/cycleModel';
import type { ModelErrors } from '../devices/device';
import { benchmarkIds, type BoardFit, type Errors } from './boardFit';
import { benchmarkTitles } from './benchmarks';
import { cycleModelOf, short } from './cycleFit';

/** The fitted figures of a device besides its cycles. */
interface FittedFigures {
  readonly powerW: number | null;
  readonly modelErrors: ModelErrors;
}

/** A fitted model as devices use it. */
type FittedModel = CycleModel & FittedFigures;

/** Models by device id. */
export function fittedModels(fits: readonly BoardFit[]): Record<string, FittedModel> {
  return Object.fromEntries(
    fits.flatMap(({ board, coefficients, powerW, leftOut, energyLeftOut }) =>
      board.device === null
        ? []
        : [
            [
              board.device,
              { ...cycleModelOf(coefficients), powerW: powerW && short(powerW), modelErrors: modelErrors(leftOut, energyLeftOut) },
            ],
          ],
    ),
  );
}

/** The largest errors of a model. @param energy null where no energy was measured */
export function modelErrors(time: Errors, energy: Errors | null): ModelErrors {
  const largest = (errors: Errors) => short(Math.max(...Object.values(errors).map(Math.abs)));
  return { latencyMs: largest(time), ...(energy && { energyUj: largest(energy) }) };
}

/** Source text of devices/fitted.ts. */
export function fittedSource(models: Readonly<Record<string, FittedModel>>, gap9: FittedFigures): string {
  return `/** Written by \`npm run -s fit\` from fit/publishedBoards.ts; not to be changed by hand. Cycles, power in watts, and how far the model is off. */
export const fitted = {
  gap9: { powerW: ${gap9.powerW}, modelErrors: ${object(gap9.modelErrors)} },
${Object.entries(models)
  .map(
    ([id, { cyclesPerMac, cyclesPerOutput, fixedCycles, powerW, modelErrors }]) => `  ${id}: {
    cyclesPerMac: ${object(cyclesPerMac)},
    cyclesPerOutput: ${object(cyclesPerOutput)},
    fixedCycles: ${fixedCycles},
    powerW: ${powerW},
    modelErrors: ${object(modelErrors)},
  },
`,
  )
  .join('')}} as const;
`;
}

function object(values: Readonly<Record<string, number>>): string {
  return `{ ${Object.entries(values)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')} }`;
}

/** Errors of the models as tables in Markdown, for networks that the fit has not seen and, in brackets, for ones it has. */
export function errorTables(fits: readonly BoardFit[], gap9: { readonly time: Errors; readonly energy: Errors }): string {
  const ours = fits.filter(({ board }) => board.device !== null);
  const titles = benchmarkIds.map((id) => benchmarkTitles[id]);
  const cells = (values: Errors, others?: Errors) =>
    benchmarkIds.map((id) => signedPercent(values[id]) + (others ? ` (${signedPercent(others[id])})` : ''));
  const parts = [
    "Time: error of the model when the board's measurement of the network was left out of the fit, and in brackets when it was in it.",
    table([
      ['board', 'software', ...titles],
      ...ours.map(({ board, leftOut, fitted }) => [board.board, board.software, ...cells(leftOut, fitted)]),
    ]),
    'Time: error when the network was left out on all boards with the same software.',
    table([['board', 'software', ...titles], ...ours.map(({ board, neverSeen }) => [board.board, board.software, ...cells(neverSeen)])]),
    "Energy: error of the mean power times the modelled time, the board's measurement of the network left out of both.",
    table([
      ['board', 'mean power', ...titles],
      ...ours.flatMap(({ board, powerW, energyLeftOut }) =>
        energyLeftOut && powerW !== null ? [[board.board, milliwatts(powerW), ...cells(energyLeftOut)]] : [],
      ),
    ]),
    'GAP9, whose time is modelled and not fitted: error against its measurements at 370 MHz.',
    table([
      ['', ...titles],
      ['time', ...cells(gap9.time)],
      ['energy', ...cells(gap9.energy)],
    ]),
  ];
  return wrapMarkdown(parts.join('\n\n'));
}

function milliwatts(powerW: number): string {
  return `${(1000 * powerW).toPrecision(3)} mW`;
}

const table = ([head, ...rows]: readonly [readonly string[], ...(readonly string[])[]]) => markdownTable(head, rows).join('\n');
