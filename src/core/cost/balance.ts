/**
 * How many parameters a network has, and how evenly they are spread: those of a layer, or of a place of candidates, are worth less
 * the more there are already. Which roots order trained networks best was measured (docs/method.md, “Ranked without training”).
 */

/** What a layer adds to the balance of a network whose channels are searched. @param params its weights and biases */
export const layerBalance = (params: number): number => Math.sqrt(params);

/**
 * What a place adds to the balance of a network whose candidates are searched.
 * @param params weights and biases of the candidate there, all of its layers together
 */
export const placeBalance = (params: number): number => params ** 0.3;
