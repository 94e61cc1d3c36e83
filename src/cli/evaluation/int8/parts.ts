/** What the evaluation of int8 networks keeps: a part for each network. */
import { readFileSync } from 'node:fs';

export interface Int8Part {
  readonly task: string;
  readonly data: { readonly name: string; readonly synthetic: boolean; readonly train: number; readonly test: number };
  readonly network: { readonly method: string; readonly randomSeed: number; readonly parameters: number };
  /** On the test examples. */
  readonly quality: {
    readonly float: number;
    /** As int8, quantised after training. */
    readonly after: number;
    /** As int8, after quantisation-aware training: of the epoch that is kept, which is `after` where none is. */
    readonly aware: number;
  };
  /** Of quantisation-aware training. */
  readonly epochs: number;
  /** From 1; 0 where quantising at once was best on the validation examples. */
  readonly keptEpoch: number;
  readonly stepsPerEpoch: number;
  readonly stepMs: number;
  /** Of model.tflite. */
  readonly fileBytes: number;
  readonly arenaBytes: number;
}

/** Whatever version of the search has found a network, what int8 makes of it can be compared. */
export interface Int8Results {
  readonly parts: Readonly<Record<string, Int8Part>>;
}

/** What earlier sittings have saved, or nothing yet. @throws SyntaxError when the file is no JSON */
export function savedParts(path: string): Int8Results {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { parts: {} };
  }
  const { parts } = JSON.parse(text) as Int8Results;
  return { parts };
}

export const partKey = ({ task, data, network: { method, randomSeed, parameters } }: Int8Part): string =>
  `${task}, ${data.name}, ${method} ${randomSeed}, ${parameters} weights and biases`;
