import { readFileSync } from 'node:fs';

/** A recorded network, see tests/golden/README.md. */
export interface GoldenNetwork {
  readonly space: string;
  /** In base64. */
  readonly file: string;
  readonly input: string;
  /** A CRC-32 of every operation's output. */
  readonly double: readonly string[];
  readonly float32: readonly string[];
}

export const goldenNetworks = JSON.parse(
  readFileSync(new URL('../golden/int8/networks.json', import.meta.url), 'utf8'),
) as readonly GoldenNetwork[];
