/** An example program in C that runs a network on inputs it makes, and compares the outputs with those of the reference. */
import { numbersIn } from '../../core/ops/shape';
import { tensorAt, type QuantizedGraph } from '../../core/quantize/graph';
import { runQuantized } from '../../core/quantize/run';
import { exampleInput, GOLDEN_CASES } from '../int8/golden';
import { arrayText } from './emit';

export function exampleProgram(graph: QuantizedGraph): string {
  const size = numbersIn(tensorAt(graph, graph.input).shape);
  const outputs = (flavour: 'double' | 'single') =>
    Array.from({ length: GOLDEN_CASES }, (_, index) => [...runQuantized(graph, exampleInput(size, index + 1), flavour)].map(String)).flat();
  return `/*
 * Checks that the network computes here what it should:
 *   cc -std=c99 -O2 main.c model.c nn_int8.c -o model && ./model
 * It prints PASS, or the first output that differs.
 */
#include <stdio.h>

#include "model.h"

#define CASES ${GOLDEN_CASES}

/* One after the other. */
#ifdef NN_SINGLE_ROUNDING
${arrayText('int8_t', 'expected', outputs('single'))}#else
${arrayText('int8_t', 'expected', outputs('double'))}#endif

int main(void) {
  for (int n = 0; n < CASES; n++) {
    uint32_t state = (uint32_t)n + 1;
    int8_t *input = model_input();
    for (int k = 0; k < MODEL_INPUT_SIZE; k++) {
      state = state * 1664525u + 1013904223u;
      input[k] = (int8_t)((int)(state >> 24) - 128);
    }
    model_run();
    for (int k = 0; k < MODEL_OUTPUT_SIZE; k++) {
      const int found = model_output()[k], wanted = expected[n * MODEL_OUTPUT_SIZE + k];
      if (found != wanted) {
        printf("FAIL: input %d, output %d is %d and should be %d\\n", n, k, found, wanted);
        return 1;
      }
    }
  }
  printf("PASS\\n");
  return 0;
}
`;
}
