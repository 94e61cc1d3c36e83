/** The name by which layers refer to the network's input. */
export const INPUT = 'input';
