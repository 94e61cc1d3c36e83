/** Draws the examples that test the network where the files do not say which they are. */
import type { Examples, ExampleWords } from '../core/data/dataset';
import { draw, gather } from '../core/data/sampling';
import { WorkbenchError } from '../core/errors';
import { sayLater, type Told } from '../core/language/told';
import { createRandom } from '../core/random';
import type { ImportOptions } from './exampleImporter';

/** One example in so many tests the network. */
const ONE_IN = 5;

/** Indices into the labels, each class in the same proportion; the same random seed draws the same ones. */
export function drawTest(labels: Uint8Array, randomSeed: number): { readonly train: Int32Array; readonly test: Int32Array } {
  const { drawn, left } = draw(labels, Math.round(labels.length / ONE_IN), createRandom(randomSeed, 'test part'));
  return { train: left, test: drawn };
}

export function splitExamples(examples: Examples, randomSeed: number): { readonly train: Examples; readonly test: Examples } {
  const { train, test } = drawTest(examples.labels, randomSeed);
  return { train: gather(examples, train), test: gather(examples, test) };
}

/** @param why no test part is there, as the start of the sentence */
export const drawnWarning = (why: Told, { many }: ExampleWords): Told =>
  sayLater(
    '{why}, so a fifth of the {things} of each class was drawn at random to test on. If several show the same person or thing, results will look too good.',
    { why, things: sayLater(many) },
  );

/** @throws WorkbenchError `invalid-setting` when somebody is to be held out, whom the format does not tell apart */
export function refuseHoldOut({ holdOut }: Pick<ImportOptions, 'holdOut'>, format: Told): void {
  if (holdOut !== null)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater(
        '{format} do not tell who is in them, so "{holdOut}" cannot be held out. Put the examples to test on into a folder "test" instead.',
        { format, holdOut },
      ),
    );
}
