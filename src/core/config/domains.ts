/** What the values of several choices are taken from, and the longer lists of names. */
import { names, numberRange, wholeRange, type Names } from './domain';
import type { Alternation, Excess, OptimizerKind, ScheduleName, ScoreId } from './searchConfig';

export const MOST_COUNT = 1e6;

export const rate = numberRange(0, 10, 'least');
export const temperature = numberRange(0, 100, 'least');
export const epochs = wholeRange(0, MOST_COUNT);
export const schedule: Names = {
  ...names<ScheduleName>({
    constant: 'Constant',
    cosine: 'Cosine',
    exponential: '1 % less per epoch',
    steps: 'A fifth after each third',
  }),
  orByHand: true,
};
export const optimizer = names<OptimizerKind>({
  adam: 'Adam',
  sgd: 'Gradient descent',
  momentum: 'Gradient descent with momentum 0.9',
});
export const learntFrom = names<'off' | Alternation>({
  off: 'Training examples, with the weights',
  epochs: 'Validation examples, epochs in turn',
  steps: 'Validation examples, steps in turn',
});
export const punished = names<Excess>({
  above: 'What is above a target',
  absolute: 'Any distance from a target',
  proportionate: 'What is above, or out of proportion below',
});
export const ranking = names<ScoreId>({
  params: 'Parameters',
  macs: 'Multiply-accumulates',
  'nn-mass': 'NN-Mass: channels carried past layers',
  synflow: 'Synaptic flow of the initial weights',
  naswot: 'How differently examples switch rectifiers',
});
