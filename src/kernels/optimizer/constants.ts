/** Constants of Adam for the kernels of every backend. Source: Kingma and Ba, Adam, 2015, algorithm 1. */
export const beta1 = 0.9;
export const beta2 = 0.999;
export const epsilon = 1e-8;

/** The share of its velocity that gradient descent with momentum keeps from step to step. */
export const momentumShare = 0.9;
