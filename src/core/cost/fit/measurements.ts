/** Measured times of whole networks as people write them down: a CSV table, one network a line. */
import { WorkbenchError } from '../../errors';

export interface Measurement {
  readonly network: string;
  readonly latencyMs: number;
  readonly energyUj: number | null;
}

const COLUMNS = ['network', 'latencyMs', 'energyUj'] as const;

/**
 * Reads a table with the columns network, latencyMs and, where it was measured, energyUj.
 * @throws WorkbenchError `invalid-setting` that names the line and what it should hold
 */
export function parseMeasurements(csv: string): Measurement[] {
  const lines = csv
    .split(/\r?\n/)
    .map((line, index) => ({ number: index + 1, cells: line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [header, ...rows] = lines;
  if (!header) throw problem('The table of measurements is empty. It starts with a line "network,latencyMs".');
  const unknown = header.cells.find((cell) => !COLUMNS.some((column) => column === cell));
  const missing = COLUMNS.slice(0, 2).find((column) => !header.cells.includes(column));
  if (unknown !== undefined || missing !== undefined)
    throw problem(
      `The first line must name the columns network, latencyMs and perhaps energyUj, separated by commas, not "${header.cells.join(',')}".`,
    );
  if (rows.length === 0) throw problem('The table of measurements has no line besides its first one. One network is the least.');
  return rows.map(({ number, cells }) => {
    const cell = (column: (typeof COLUMNS)[number]) => cells[header.cells.indexOf(column)] ?? '';
    if (cells.length !== header.cells.length)
      throw problem(`Line ${number} has ${cells.length} cells where the first line has ${header.cells.length}.`);
    if (cell('network') === '') throw problem(`Line ${number} names no network.`);
    const energy = cell('energyUj');
    return {
      network: cell('network'),
      latencyMs: measured(cell('latencyMs'), number, 'latencyMs'),
      energyUj: energy === '' ? null : measured(energy, number, 'energyUj'),
    };
  });
}

function measured(text: string, line: number, column: string): number {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value <= 0)
    throw problem(`Line ${line}: ${column} must be a number above 0, not "${text}".`);
  return value;
}

function problem(message: string): WorkbenchError {
  return new WorkbenchError('invalid-setting', message);
}
