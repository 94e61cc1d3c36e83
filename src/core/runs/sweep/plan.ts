/** The file of a sweep's plan: a header, then a line for each cell. The page writes it without keys, for the command line to complete. */
import * as v from 'valibot';
import { checkConfig } from '../../config/checkConfig';
import type { SearchConfig } from '../../config/searchConfig';
import { deviceOf } from '../../cost/devices/index';
import { ownDeviceSchema } from '../../cost/devices/ownDevice';
import { asWorkbenchError, WorkbenchError } from '../../errors';
import { RESULTS_VERSION } from '../resultsVersion';

const FORMAT = 'nas-workbench sweep';
const VERSION = 1;

/** What a cell does. */
export interface CellWork {
  readonly config: SearchConfig;
  /**
   * A network that is trained from scratch like that search, in its place: `seedNetwork`, or a network of the space by its `NetworkId`. Left out for
   * the search.
   */
  readonly train?: string;
  /** The machine and the threads that its times are of; left out where they do not matter. */
  readonly timedOn?: string;
}

export interface PlannedCell extends CellWork {
  /** Hash of all that decides its numbers: its work, examples, backend, version of results. Null in a plan of the page. */
  readonly key: string | null;
}

export interface PlanHeader {
  /** Options of a search that say which examples it has and what it runs on, as words of the command line. */
  readonly options: readonly string[];
  /** Of the examples; null in a plan of the page. */
  readonly dataFingerprint: string | null;
  /** The name of a person's own examples, whose place the page does not know; null where the options say all. */
  readonly ownData: string | null;
}

export interface Plan extends PlanHeader {
  readonly cells: readonly PlannedCell[];
}

const header = v.looseObject({
  format: v.literal(FORMAT),
  version: v.number(),
  resultsVersion: v.number(),
  options: v.array(v.string()),
  dataFingerprint: v.nullable(v.string()),
  ownData: v.nullable(v.string()),
});

const cell = v.looseObject({
  key: v.nullable(v.string()),
  config: v.looseObject({ task: v.string(), method: v.string(), device: v.union([v.string(), ownDeviceSchema]) }),
  train: v.exactOptional(v.string()),
  timedOn: v.exactOptional(v.string()),
});

/** The plan's lines, each with its line break. */
export function* planLines({ options, dataFingerprint, ownData, cells }: Plan): Generator<string, void> {
  const head = { format: FORMAT, version: VERSION, resultsVersion: RESULTS_VERSION, options, dataFingerprint, ownData };
  yield `${JSON.stringify(head)}\n`;
  for (const { key, config, train, timedOn } of cells) yield `${JSON.stringify({ key, config, train, timedOn })}\n`;
}

/**
 * @param name of the file, for messages
 * @throws WorkbenchError `invalid-data` for anything but a plan of this version, with the line; `invalid-setting` for a config that no search takes
 */
export function readPlan(text: string, name: string): Plan {
  const [first = '', ...lines] = text.split('\n');
  const refused = (why: string) =>
    new WorkbenchError('invalid-data', `${name} is no plan of a sweep that can be used here: ${why}. Plan the sweep again.`);
  const read = v.safeParse(header, parse(first));
  if (!read.success) throw refused('its first line is not the header of one');
  const { version, resultsVersion, options, dataFingerprint, ownData } = read.output;
  if (version !== VERSION) throw refused(`it is of version ${version}, and this workbench reads version ${VERSION}`);
  if (resultsVersion !== RESULTS_VERSION)
    throw refused(
      `it is for version ${resultsVersion} of seeded searches, whose numbers are others than those of version ${RESULTS_VERSION}`,
    );
  const cells = lines.flatMap((line, index): PlannedCell[] => {
    if (line === '') return [];
    const found = v.safeParse(cell, parse(line));
    if (!found.success) throw refused(`line ${index + 2} is no cell`);
    const { key, config: _, ...work } = found.output;
    const config = found.output.config as unknown as SearchConfig;
    try {
      checkConfig(config);
      deviceOf(config.device);
    } catch (error) {
      throw new WorkbenchError('invalid-setting', `${name}, line ${index + 2}: ${asWorkbenchError(error).message}`);
    }
    return [{ key, config, ...work }];
  });
  return { options, dataFingerprint, ownData, cells };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
