/** Builds and calls the C files. */
export const C_SNIPPET = `/* First see that your compiler and your device compute the right numbers; main.c prints PASS:
 *   cc -std=c99 -O2 main.c model.c nn_int8.c -o model && ./model
 * Then compile model.c and nn_int8.c into your program, and call:
 */
#include <string.h>
#include "model.h"

/* x: an example as int8 numbers, as "quantize" in card.json says. Returns the index of the largest output. */
int classify(const int8_t *x) {
  memcpy(model_input(), x, MODEL_INPUT_SIZE);
  model_run();
  const int8_t *y = model_output();
  int best = 0;
  for (int i = 1; i < MODEL_OUTPUT_SIZE; i++)
    if (y[i] > y[best]) best = i;
  return best;
}
`;
