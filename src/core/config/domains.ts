/** What the values of several choices are taken from, and the longer lists of names. */
import { word } from '../language/say';
import { names, numberRange, wholeRange, type Names } from './domain';
import type { Alternation, Excess, OptimizerKind, ScheduleName, ScoreId, Start } from './searchConfig';

export const MOST_COUNT = 1e6;

export const rate = numberRange(0, 10, 'least');
export const temperature = numberRange(0, 100, 'least');
export const epochs = wholeRange(0, MOST_COUNT);
export const schedule: Names = {
  ...names<ScheduleName>({
    constant: word('Constant'),
    cosine: word('Cosine'),
    exponential: word('1 % less per epoch'),
    steps: word('A fifth after each third'),
  }),
  orByHand: true,
};
export const optimizer = names<OptimizerKind>({
  adam: word('Adam'),
  sgd: word('Gradient descent'),
  momentum: word('Gradient descent, momentum 0.9'),
});
export const learntFrom = names<'off' | Alternation>({
  off: word('The weights’ training examples'),
  epochs: word('Validation examples, by epochs'),
  steps: word('Validation examples, by steps'),
});
export const favoured = names<Start>({
  even: word('Equal'),
  largest: word('For the largest network that fits'),
  balanced: word('For the largest balanced network'),
});

export const punished = names<Excess>({
  above: word('Costs above a target'),
  absolute: word('Any distance from a target'),
  proportionate: word('Costs above, or left unused'),
});
export const ranking = names<ScoreId>({
  params: word('Parameters'),
  macs: word('Multiply-accumulates'),
  balance: word('Parameters, evenly spread over the layers'),
  'nn-mass': word('NN-Mass: channels carried past layers'),
  synflow: word('Synaptic flow of the initial weights'),
  naswot: word('How differently examples switch rectifiers'),
});
