/** The strategies that try networks out, each with what makes it short. */
export const trialStrategies = [
  ['random', { networks: 4 }],
  ['largest', {}],
  ['evolution', { networks: 4 }],
  ['training-free', { networks: 4, score: 'nn-mass' }],
  ['one-shot', { networks: 4 }],
] as const;
