/** Writes a quantised graph as C99: tables of constants, and the calls of its kernels. The same graph gives the same text. */
import { planArena, type Arena } from '../../core/quantize/arena';
import { WorkbenchError } from '../../core/errors';
import { layerMultipliers, type Multiplier } from '../../core/quantize/fixedPoint';
import {
  inputsOf,
  pictureOf,
  rangeOf,
  tensorAt,
  type QuantizedGraph,
  type QuantizedOperation,
  type QuantizedTensor,
  type QuantizedValues,
  type WeightedOperation,
  type Window,
} from '../../core/quantize/graph';
import { addMultipliers } from '../../core/quantize/kernels/add';
import { softmaxFactor } from '../../core/quantize/kernels/softmax';
import { numbersIn } from '../../core/ops/shape';
import { cmsisBufferBytes } from './cmsis';

/** The most characters of a line of numbers. */
const WIDTH = 120;

export interface CFiles {
  readonly header: string;
  readonly source: string;
}

/** @param title what the network is, for the first comment */
export function emitModel(graph: QuantizedGraph, title: string): CFiles {
  const arena = planArena(graph);
  const [input, output] = [tensorAt(graph, graph.input), tensorAt(graph, graph.output)];
  const header = `/*
 * ${commented(title)}
 *
 * Write the input, run, read the output. The memory of the input is used again while the network runs, so write it
 * before every run. card.json says how inputs are normalised and what outputs mean.
 */
#ifndef MODEL_H
#define MODEL_H

#include <stdint.h>

#define MODEL_INPUT_SIZE ${numbersIn(input.shape)} /* ${input.shape.join(' x ')} */
#define MODEL_INPUT_SCALE ${floatText(input.scale)}
#define MODEL_INPUT_ZERO (${input.zeroPoint})
#define MODEL_OUTPUT_SIZE ${numbersIn(output.shape)}
#define MODEL_OUTPUT_SCALE ${floatText(output.scale)}
#define MODEL_OUTPUT_ZERO (${output.zeroPoint})
#define MODEL_ARENA_SIZE ${arena.bytes}
#define MODEL_CMSIS_BUFFER_SIZE ${cmsisBufferBytes(graph)} /* only for nn_cmsis.c */

/* A real number x is stored as x / MODEL_INPUT_SCALE + MODEL_INPUT_ZERO, rounded, from -128 to 127. */
int8_t *model_input(void);
void model_run(void);
/* A number q stands for MODEL_OUTPUT_SCALE * (q - MODEL_OUTPUT_ZERO). */
const int8_t *model_output(void);

#endif
`;
  const emitted = graph.operations.map((operation, index) => emitOperation(graph, arena, operation, `_${index}`));
  const source = `#include "model.h"
#include "nn_int8.h"

/* All tensors of a run. */
static int8_t arena[MODEL_ARENA_SIZE];

${emitted
  .map(({ constants }) => constants)
  .filter(Boolean)
  .join('\n')}
int8_t *model_input(void) { return ${addressOf(arena, graph.input)}; }
const int8_t *model_output(void) { return ${addressOf(arena, graph.output)}; }

void model_run(void) {
${emitted.flatMap(({ call }) => (call ? [`  ${call}\n`] : [])).join('')}}
`;
  return { header, source };
}

interface Emitted {
  readonly constants: string;
  readonly call: string;
}

const addressOf = ({ offsets }: Arena, index: number) => `arena + ${offsets.get(index)}`;

function emitOperation(graph: QuantizedGraph, arena: Arena, operation: QuantizedOperation, suffix: string): Emitted {
  const to = tensorAt(graph, operation.output);
  const [first, second] = inputsOf(operation).map((index) => tensorAt(graph, index)) as [QuantizedTensor, QuantizedTensor | undefined];
  const places = [...inputsOf(operation), operation.output].map((index) => addressOf(arena, index)).join(', ');
  const heading = `/* ${commented(to.name)} */\n`;
  switch (operation.kind) {
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'dense': {
      const kernel = operation.kind === 'depthwiseConv2d' ? 'nn_depthwise_conv2d' : 'nn_conv2d';
      return { constants: heading + layerText(operation, first, to, suffix), call: `${kernel}(&layer${suffix}, ${places});` };
    }
    case 'add': {
      const factors = addMultipliers(first, second as QuantizedTensor, to)
        .map(factorText)
        .join(', ');
      const zeros = [first, second as QuantizedTensor, to].map(({ zeroPoint }) => zeroPoint).join(', ');
      const fields = `${numbersIn(to.shape)}, ${zeros}, ${factors}, ${rangeOf(operation.activation, to).join(', ')}`;
      return { constants: `${heading}static const nn_sum sum${suffix} = {${fields}};\n`, call: `nn_add(&sum${suffix}, ${places});` };
    }
    case 'averagePool':
    case 'maxPool': {
      const fields = `${windowText(operation, first, to)}, ${rangeOf(operation.activation, to).join(', ')}`;
      const kernel = operation.kind === 'maxPool' ? 'nn_max_pool' : 'nn_average_pool';
      return { constants: `${heading}static const nn_pool pool${suffix} = {${fields}};\n`, call: `${kernel}(&pool${suffix}, ${places});` };
    }
    case 'softmax': {
      const columns = to.shape.at(-1) as number;
      const { factor, least } = softmaxFactor(first.scale, operation.beta);
      const fields = `${numbersIn(to.shape) / columns}, ${columns}, ${factorText(factor)}, ${least}`;
      return {
        constants: `${heading}static const nn_distribution distribution${suffix} = {${fields}};\n`,
        call: `nn_softmax(&distribution${suffix}, ${places});`,
      };
    }
    case 'reshape':
      // Its input and its output lie in one place.
      return { constants: '', call: '' };
    case 'pad':
      throw new WorkbenchError('invalid-network', `"${to.name}" pads a picture, which the C kernels leave to the operation behind it.`);
  }
}

function layerText(operation: WeightedOperation<QuantizedValues>, from: QuantizedTensor, to: QuantizedTensor, suffix: string): string {
  const { weights, bias, weightScales } = operation;
  const perChannel = operation.kind !== 'dense' || weightScales.length > 1;
  const factors = layerMultipliers({ input: from.scale, weights: weightScales, output: to.scale }, perChannel);
  const dense = {
    kernel: [1, 1],
    stride: [1, 1],
    padding: [
      [0, 0],
      [0, 0],
    ],
  } as const;
  // A dense layer reads everything as the channels of one pixel.
  const flat = (tensor: QuantizedTensor) => ({ ...tensor, shape: [numbersIn(tensor.shape)] });
  const window = operation.kind === 'dense' ? windowText(dense, flat(from), flat(to)) : windowText(operation, from, to);
  const zeros = `${from.zeroPoint}, ${to.zeroPoint}`;
  return [
    arrayText('int8_t', `weights${suffix}`, [...weights].map(String)),
    arrayText('int32_t', `bias${suffix}`, [...bias].map(int32Text)),
    arrayText(
      'int32_t',
      `multipliers${suffix}`,
      factors.map(({ multiplier }) => String(multiplier)),
    ),
    arrayText(
      'int32_t',
      `exponents${suffix}`,
      factors.map(({ exponent }) => String(exponent)),
    ),
    `static const nn_layer layer${suffix} = {${window}, weights${suffix}, bias${suffix}, multipliers${suffix}, exponents${suffix}, ${Number(perChannel)}, ${zeros}, ${rangeOf(operation.activation, to).join(', ')}};\n`,
  ].join('');
}

function windowText({ kernel, stride, padding }: Window, from: QuantizedTensor, to: QuantizedTensor): string {
  return `{${[...pictureOf(from), ...pictureOf(to), ...kernel, ...stride, padding[0][0], padding[1][0]].join(', ')}}`;
}

const factorText = ({ multiplier, exponent }: Multiplier) => `{${multiplier}, ${exponent}}`;

/** The least number of 32 bits has no literal of its own in C. */
const int32Text = (value: number) => (value === -(2 ** 31) ? 'INT32_MIN' : String(value));

/** A float32 that reads back as it was. */
const floatText = (value: number) => {
  const text = value.toPrecision(9);
  return `${/[.e]/.test(text) ? text : `${text}.0`}f`;
};

/** Names come from files, and must not end a comment. */
const commented = (text: string) => text.replaceAll('*/', '* /').replace(/[^\x20-\x7e]/g, '?');

export function arrayText(type: string, name: string, items: readonly string[]): string {
  const lines: string[] = [];
  let line = ' ';
  for (const item of items) {
    if (line.length + item.length + 2 > WIDTH) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${item},`;
  }
  return `static const ${type} ${name}[] = {\n${[...lines, line].join('\n')}\n};\n`;
}
