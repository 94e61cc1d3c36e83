/** What a person can hand on of an error that should not have happened. */
import { WorkbenchError } from '../../core/errors';
import { RESULTS_VERSION } from '../../core/runs/resultsVersion';

/** What of the browser may explain an error. */
export type Surroundings = Readonly<Record<string, string | number | boolean>>;

/** In English, for whoever mends it. The page's own address and host, which may tell where a person works, are left out. */
export function problemReport(error: unknown, surroundings: Surroundings, address: string, origin: string): string {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  // A worker's error crosses without its stack, which it has among its details.
  const [code, place] = error instanceof WorkbenchError ? [error.code, error.details.stack] : ['page', stack];
  const lines = [
    `NAS Workbench, seeded searches of version ${RESULTS_VERSION}`,
    `${code}: ${message}`,
    ...(typeof place === 'string' ? [place] : []),
    ...Object.entries(surroundings).map(([name, value]) => `${name}: ${value}`),
  ];
  return [address, origin].reduce((text, place) => text.replaceAll(place, ''), lines.join('\n'));
}
