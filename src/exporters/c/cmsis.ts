/** The adapter that runs an exported network on Arm's CMSIS-NN, which a person brings: nothing of it is in the files. */
import { pictureOf, tensorAt, type QuantizedGraph } from '../../core/quantize/graph';
import { numbersIn } from '../../core/ops/shape';

/**
 * Bytes that the kernels of CMSIS-NN 7 need besides the arena, for processors without Helium. Convolutions unroll two windows as
 * numbers of 16 bits. Source: its arm_*_get_buffer_sizes_s8.c, which the adapter asks again as it runs.
 */
export function cmsisBufferBytes(graph: QuantizedGraph): number {
  const bytes = graph.operations.map((operation) => {
    if (!('input' in operation)) return 0;
    const from = tensorAt(graph, operation.input);
    const channels = pictureOf(from)[2];
    switch (operation.kind) {
      case 'conv2d':
        return 4 * upToFour(operation.kernel[0] * operation.kernel[1] * channels);
      case 'dense':
        return 4 * upToFour(numbersIn(from.shape));
      case 'depthwiseConv2d':
        return 2 * operation.kernel[0] * operation.kernel[1] * channels;
      case 'averagePool':
        return 4 * channels;
      default:
        return 0;
    }
  });
  return Math.max(4, ...bytes);
}

const upToFour = (count: number) => Math.ceil(count / 4) * 4;

export const cmsisSource = String.raw`/*
 * The kernels of nn_int8.h on Arm's CMSIS-NN, which computes the same numbers in less time. Compile this file in the place of
 * nn_int8.c, with CMSIS-NN's Include folder among the headers and its sources among yours:
 *   https://github.com/ARM-software/CMSIS-NN
 *
 * NN_SINGLE_ROUNDING goes with CMSIS_NN_USE_SINGLE_ROUNDING.
 */
#include <assert.h>

#include "arm_nnfunctions.h"
#include "arm_nnsupportfunctions.h"
#include "model.h"
#include "nn_int8.h"

#if defined(ARM_MATH_MVEI)
#error "nn_cmsis.c has not been tried on processors with Helium (MVE). Compile nn_int8.c, or CMSIS-NN without it (-mcpu=...+nomve)."
#endif
#if defined(NN_SINGLE_ROUNDING) != defined(CMSIS_NN_USE_SINGLE_ROUNDING)
#error "Define both NN_SINGLE_ROUNDING and CMSIS_NN_USE_SINGLE_ROUNDING, or neither."
#endif

static int32_t buffer[(MODEL_CMSIS_BUFFER_SIZE + 3) / 4];

static cmsis_nn_context memory(int32_t bytes) {
  assert(bytes <= (int32_t)sizeof(buffer));
  const cmsis_nn_context context = {buffer, bytes};
  return context;
}

/* CMSIS-NN refuses what it cannot compute. */
static void done(arm_cmsis_nn_status status) {
  assert(status == ARM_CMSIS_NN_SUCCESS);
  (void)status;
}

static cmsis_nn_dims input_of(const nn_window *w) {
  const cmsis_nn_dims dims = {1, w->in_height, w->in_width, w->in_channels};
  return dims;
}

static cmsis_nn_dims output_of(const nn_window *w) {
  const cmsis_nn_dims dims = {1, w->out_height, w->out_width, w->out_channels};
  return dims;
}

/* One factor for a whole dense layer. */
static void dense(const nn_layer *layer, const int8_t *in, int8_t *out) {
  const nn_window *w = &layer->window;
  const cmsis_nn_fc_params params = {-layer->in_zero, 0, layer->out_zero, {layer->low, layer->high}};
  const cmsis_nn_per_tensor_quant_params factor = {layer->multipliers[0], layer->exponents[0]};
  const cmsis_nn_dims input = input_of(w), output = output_of(w);
  const cmsis_nn_dims filter = {w->in_channels, 1, 1, w->out_channels};
  const cmsis_nn_dims bias = {1, 1, 1, w->out_channels};
  const cmsis_nn_context context = memory(arm_fully_connected_s8_get_buffer_size(&filter));
  done(arm_fully_connected_s8(&context, &params, &factor, &input, in, &filter, layer->weights, &bias, layer->bias, &output, out));
}

void nn_conv2d(const nn_layer *layer, const int8_t *in, int8_t *out) {
  if (!layer->per_channel) {
    dense(layer, in, out);
    return;
  }
  const nn_window *w = &layer->window;
  const cmsis_nn_conv_params params = {
      -layer->in_zero, layer->out_zero, {w->stride_width, w->stride_height}, {w->left, w->top}, {1, 1}, {layer->low, layer->high}};
  /* They are only read. */
  const cmsis_nn_per_channel_quant_params factors = {(int32_t *)layer->multipliers, (int32_t *)layer->exponents};
  const cmsis_nn_dims input = input_of(w), output = output_of(w);
  const cmsis_nn_dims filter = {w->out_channels, w->kernel_height, w->kernel_width, w->in_channels};
  const cmsis_nn_dims bias = {1, 1, 1, w->out_channels};
  const cmsis_nn_context context = memory(arm_convolve_wrapper_s8_get_buffer_size(&params, &input, &filter, &output));
  done(arm_convolve_wrapper_s8(&context, &params, &factors, &input, in, &filter, layer->weights, &bias, layer->bias, &output, out));
}

void nn_depthwise_conv2d(const nn_layer *layer, const int8_t *in, int8_t *out) {
  const nn_window *w = &layer->window;
  const cmsis_nn_dw_conv_params params = {-layer->in_zero, layer->out_zero, 1, {w->stride_width, w->stride_height}, {w->left, w->top},
                                          {1, 1}, {layer->low, layer->high}};
  const cmsis_nn_per_channel_quant_params factors = {(int32_t *)layer->multipliers, (int32_t *)layer->exponents};
  const cmsis_nn_dims input = input_of(w), output = output_of(w);
  const cmsis_nn_dims filter = {1, w->kernel_height, w->kernel_width, w->out_channels};
  const cmsis_nn_dims bias = {1, 1, 1, w->out_channels};
  const cmsis_nn_context context = memory(arm_depthwise_conv_wrapper_s8_get_buffer_size(&params, &input, &filter, &output));
  done(arm_depthwise_conv_wrapper_s8(&context, &params, &factors, &input, in, &filter, layer->weights, &bias, layer->bias, &output, out));
}

#ifndef NN_SINGLE_ROUNDING
void nn_add(const nn_sum *sum, const int8_t *first, const int8_t *second, int8_t *out) {
  done(arm_elementwise_add_s8(first, second, -sum->first_zero, sum->first.multiplier, sum->first.exponent, -sum->second_zero,
                              sum->second.multiplier, sum->second.exponent, 20, out, sum->out_zero, sum->sum.multiplier,
                              sum->sum.exponent, sum->low, sum->high, sum->count));
}
#else
/* CMSIS-NN would round sums of two tensors once as well, and TensorFlow Lite Micro rounds them twice. */
static int32_t scaled_twice(int32_t value, nn_factor factor) {
  const int32_t left = factor.exponent > 0 ? factor.exponent : 0;
  return arm_nn_divide_by_power_of_two(arm_nn_doubling_high_mult_no_sat(value * (1 << left), factor.multiplier), left - factor.exponent);
}

void nn_add(const nn_sum *sum, const int8_t *first, const int8_t *second, int8_t *out) {
  for (int32_t k = 0; k < sum->count; k++) {
    const int32_t a = scaled_twice((first[k] - sum->first_zero) * (1 << 20), sum->first);
    const int32_t b = scaled_twice((second[k] - sum->second_zero) * (1 << 20), sum->second);
    const int32_t both = scaled_twice(a + b, sum->sum) + sum->out_zero;
    out[k] = (int8_t)(both < sum->low ? sum->low : both > sum->high ? sum->high : both);
  }
}
#endif

void nn_average_pool(const nn_pool *pool, const int8_t *in, int8_t *out) {
  const nn_window *w = &pool->window;
  const cmsis_nn_pool_params params = {{w->stride_width, w->stride_height}, {w->left, w->top}, {pool->low, pool->high}};
  const cmsis_nn_dims input = input_of(w), output = output_of(w);
  const cmsis_nn_dims filter = {1, w->kernel_height, w->kernel_width, 1};
  const cmsis_nn_context context = memory(arm_avgpool_s8_get_buffer_size(w->out_width, w->in_channels));
  done(arm_avgpool_s8(&context, &params, &input, in, &filter, &output, out));
}

void nn_max_pool(const nn_pool *pool, const int8_t *in, int8_t *out) {
  const nn_window *w = &pool->window;
  const cmsis_nn_pool_params params = {{w->stride_width, w->stride_height}, {w->left, w->top}, {pool->low, pool->high}};
  const cmsis_nn_dims input = input_of(w), output = output_of(w);
  const cmsis_nn_dims filter = {1, w->kernel_height, w->kernel_width, 1};
  const cmsis_nn_context context = {0, 0};
  done(arm_max_pool_s8(&context, &params, &input, in, &filter, &output, out));
}

void nn_softmax(const nn_distribution *distribution, const int8_t *in, int8_t *out) {
  const nn_factor factor = distribution->factor;
  arm_softmax_s8(in, distribution->rows, distribution->columns, factor.multiplier, factor.exponent, distribution->least_difference, out);
}
`;
