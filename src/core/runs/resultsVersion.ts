/** Versions of seeded searches: between two versions the same random seed gives other results, so one table never mixes them. */

/** What each version does; the last one is in force. Every change to the numbers of seeded searches adds one. */
const versions = [
  'validation pictures drawn regardless of their class; of a folder the first pictures',
  'samples and validation examples that keep the classes’ shares, and sums in an order that no number of threads changes',
  'gradient searches try several networks out before they settle on one',
  'channels filled up to fours on WebAssembly, which adds in another order, and the largest channels sought in strides',
  'steps of one path that leave the other candidates as they are, so that one-shot trains its supernet longer for the same work',
  'image classification that spends its epochs on the network that it finds, and equal work that counts that network’s size',
  'image classification’s candidates start with the network that has the most parameters evenly spread over its layers',
  'image classification’s channels start so too, and the room that targets leave is filled before networks are tried out',
  'validation examples that the data name, a search of candidates that leaves the channels after it half of the way to the targets, and equal work that counts the network that searches start from',
  'a search of candidates that leaves the channels after it three quarters of the way to the targets',
  'a balance of candidates that counts each place once, with less weight on large ones',
] as const;

export const RESULTS_VERSION = versions.length;

/** @param version missing in files from before versions were written */
export function resultsText(version = 1): string {
  const since = version < RESULTS_VERSION ? ` Since then the same random seeds lead to other numbers (version ${RESULTS_VERSION}).` : '';
  return `Measured with version ${version} of seeded searches: ${versions[version - 1] ?? 'a later one than is known here'}.${since}`;
}
