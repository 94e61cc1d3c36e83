/** The C source of the kernels that every exported network shares. It computes what core/quantize/kernels do, number for number. */

export const kernelHeader = String.raw`/*
 * int8 kernels in C99 for networks exported by NAS Workbench. No allocation, no other library, no floating point.
 *
 * A number q of a tensor stands for scale * (q - zero). Pictures are [height][width][channels].
 * Results are those of TensorFlow Lite Micro's reference kernels, bit for bit.
 * Define NN_SINGLE_ROUNDING to round the sums of convolutions and dense layers once, as with TFLITE_SINGLE_ROUNDING.
 */
#ifndef NN_INT8_H
#define NN_INT8_H

#include <stdint.h>

/* A window that slides over a picture. */
typedef struct {
  int32_t in_height, in_width, in_channels;
  int32_t out_height, out_width, out_channels;
  int32_t kernel_height, kernel_width;
  int32_t stride_height, stride_width;
  int32_t top, left; /* padding before the picture; behind it the output's size decides */
} nn_window;

/* The factor multiplier * 2^(exponent - 31). */
typedef struct {
  int32_t multiplier;
  int32_t exponent;
} nn_factor;

/* A convolution: weights [out][height][width][in]; depthwise: [height][width][channels]; dense: a picture of one pixel. */
typedef struct {
  nn_window window;
  const int8_t *weights;
  const int32_t *bias;
  const int32_t *multipliers;
  const int32_t *exponents;
  int32_t per_channel; /* 1: a factor for each output channel, 0: one for all */
  int32_t in_zero, out_zero;
  int32_t low, high; /* the least and the greatest output */
} nn_layer;

typedef struct {
  int32_t count;
  int32_t first_zero, second_zero, out_zero;
  nn_factor first, second, sum;
  int32_t low, high;
} nn_sum;

typedef struct {
  nn_window window;
  int32_t low, high;
} nn_pool;

typedef struct {
  int32_t rows, columns;
  nn_factor factor;
  int32_t least_difference;
} nn_distribution;

void nn_conv2d(const nn_layer *layer, const int8_t *in, int8_t *out);
void nn_depthwise_conv2d(const nn_layer *layer, const int8_t *in, int8_t *out);
void nn_add(const nn_sum *sum, const int8_t *first, const int8_t *second, int8_t *out);
void nn_average_pool(const nn_pool *pool, const int8_t *in, int8_t *out);
void nn_max_pool(const nn_pool *pool, const int8_t *in, int8_t *out);
void nn_softmax(const nn_distribution *distribution, const int8_t *in, int8_t *out);

#endif
`;

export const kernelSource = String.raw`#include "nn_int8.h"

static int32_t least(int32_t a, int32_t b) { return a < b ? a : b; }
static int32_t most(int32_t a, int32_t b) { return a > b ? a : b; }

/* floor((a * b + 2^30) / 2^31) */
static int32_t high_multiply(int32_t a, int32_t b) {
  return (int32_t)(((int64_t)a * b + ((int64_t)1 << 30)) >> 31);
}

/* value / 2^power, halves away from zero */
static int32_t divide_by_power_of_two(int32_t value, int32_t power) {
  const int32_t mask = (int32_t)(((int64_t)1 << power) - 1);
  const int32_t rest = value & mask;
  return (value >> power) + (rest > (mask >> 1) + (value < 0));
}

static int32_t scaled_twice(int32_t value, nn_factor factor) {
  const int32_t left = most(factor.exponent, 0);
  const int32_t right = most(-factor.exponent, 0);
  return divide_by_power_of_two(high_multiply((int32_t)(value * ((int64_t)1 << left)), factor.multiplier), right);
}

static int32_t scaled(int32_t value, nn_factor factor) {
#ifdef NN_SINGLE_ROUNDING
  const int32_t shift = 31 - factor.exponent;
  return (int32_t)(((int64_t)value * factor.multiplier + ((int64_t)1 << (shift - 1))) >> shift);
#else
  return scaled_twice(value, factor);
#endif
}

static int8_t limited(int32_t value, int32_t low, int32_t high) { return (int8_t)most(low, least(high, value)); }

static int8_t finished(const nn_layer *layer, int32_t sum, int32_t channel) {
  const int32_t at = layer->per_channel ? channel : 0;
  const nn_factor factor = {layer->multipliers[at], layer->exponents[at]};
  return limited(scaled(sum, factor) + layer->out_zero, layer->low, layer->high);
}

/* The part of a window that lies inside the picture. */
typedef struct {
  int32_t row, column;             /* of the window's corner, which may lie outside */
  int32_t first_row, end_row;      /* within the window */
  int32_t first_column, end_column;
} part;

static part inside(const nn_window *w, int32_t y, int32_t x) {
  part p;
  p.row = y * w->stride_height - w->top;
  p.column = x * w->stride_width - w->left;
  p.first_row = most(0, -p.row);
  p.end_row = least(w->kernel_height, w->in_height - p.row);
  p.first_column = most(0, -p.column);
  p.end_column = least(w->kernel_width, w->in_width - p.column);
  return p;
}

void nn_conv2d(const nn_layer *layer, const int8_t *in, int8_t *out) {
  const nn_window *w = &layer->window;
  for (int32_t y = 0; y < w->out_height; y++)
    for (int32_t x = 0; x < w->out_width; x++) {
      const part p = inside(w, y, x);
      const int8_t *weights = layer->weights;
      for (int32_t o = 0; o < w->out_channels; o++) {
        int32_t sum = layer->bias[o];
        for (int32_t i = p.first_row; i < p.end_row; i++) {
          const int32_t run = (p.end_column - p.first_column) * w->in_channels;
          const int8_t *values = in + ((p.row + i) * w->in_width + p.column + p.first_column) * w->in_channels;
          const int8_t *row = weights + (i * w->kernel_width + p.first_column) * w->in_channels;
          for (int32_t k = 0; k < run; k++) sum += (values[k] - layer->in_zero) * row[k];
        }
        weights += w->kernel_height * w->kernel_width * w->in_channels;
        *out++ = finished(layer, sum, o);
      }
    }
}

void nn_depthwise_conv2d(const nn_layer *layer, const int8_t *in, int8_t *out) {
  const nn_window *w = &layer->window;
  for (int32_t y = 0; y < w->out_height; y++)
    for (int32_t x = 0; x < w->out_width; x++) {
      const part p = inside(w, y, x);
      for (int32_t c = 0; c < w->out_channels; c++) {
        int32_t sum = layer->bias[c];
        for (int32_t i = p.first_row; i < p.end_row; i++)
          for (int32_t j = p.first_column; j < p.end_column; j++) {
            const int8_t value = in[((p.row + i) * w->in_width + p.column + j) * w->in_channels + c];
            sum += (value - layer->in_zero) * layer->weights[(i * w->kernel_width + j) * w->in_channels + c];
          }
        *out++ = finished(layer, sum, c);
      }
    }
}

void nn_add(const nn_sum *sum, const int8_t *first, const int8_t *second, int8_t *out) {
  for (int32_t k = 0; k < sum->count; k++) {
    const int32_t a = scaled_twice((first[k] - sum->first_zero) * (1 << 20), sum->first);
    const int32_t b = scaled_twice((second[k] - sum->second_zero) * (1 << 20), sum->second);
    out[k] = limited(scaled_twice(a + b, sum->sum) + sum->out_zero, sum->low, sum->high);
  }
}

void nn_average_pool(const nn_pool *pool, const int8_t *in, int8_t *out) {
  const nn_window *w = &pool->window;
  for (int32_t y = 0; y < w->out_height; y++)
    for (int32_t x = 0; x < w->out_width; x++) {
      const part p = inside(w, y, x);
      const int32_t count = (p.end_row - p.first_row) * (p.end_column - p.first_column);
      for (int32_t c = 0; c < w->out_channels; c++) {
        int32_t sum = 0;
        for (int32_t i = p.first_row; i < p.end_row; i++)
          for (int32_t j = p.first_column; j < p.end_column; j++)
            sum += in[((p.row + i) * w->in_width + p.column + j) * w->in_channels + c];
        *out++ = limited((sum > 0 ? sum + count / 2 : sum - count / 2) / count, pool->low, pool->high);
      }
    }
}

void nn_max_pool(const nn_pool *pool, const int8_t *in, int8_t *out) {
  const nn_window *w = &pool->window;
  for (int32_t y = 0; y < w->out_height; y++)
    for (int32_t x = 0; x < w->out_width; x++) {
      const part p = inside(w, y, x);
      for (int32_t c = 0; c < w->out_channels; c++) {
        int32_t top = -128;
        for (int32_t i = p.first_row; i < p.end_row; i++)
          for (int32_t j = p.first_column; j < p.end_column; j++)
            top = most(top, in[((p.row + i) * w->in_width + p.column + j) * w->in_channels + c]);
        *out++ = limited(top, pool->low, pool->high);
      }
    }
}

/* exp of a number below 0 with 26 bits of fraction, with 31 bits of fraction */
static int32_t exponential(int32_t value) {
  static const int32_t powers[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
  if (value == 0) return INT32_MAX;
  const int32_t quarter = 1 << 24;
  const int32_t in_quarter = (value & (quarter - 1)) - quarter;
  const int32_t y = in_quarter * 32 + (1 << 28);
  const int32_t y2 = high_multiply(y, y);
  const int32_t y3 = high_multiply(y2, y);
  const int32_t y4 = high_multiply(y2, y2);
  const int32_t tail = divide_by_power_of_two(high_multiply(divide_by_power_of_two(y4, 2) + y3, 715827883) + y2, 1);
  int32_t result = 1895147668 + high_multiply(1895147668, y + tail);
  const int32_t rest = in_quarter - value;
  for (int32_t k = 0; k < 7; k++)
    if (rest & (1 << (24 + k))) result = high_multiply(result, powers[k]);
  return result;
}

static int32_t saturated(int64_t value) {
  return value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : (int32_t)value;
}

/* 1 / (1 + a) of a number from 0 to 1, both with 31 bits of fraction */
static int32_t reciprocal(int32_t a) {
  const int64_t sum = (int64_t)a + INT32_MAX;
  const int32_t half = (int32_t)((sum + (sum >= 0 ? 1 : -1)) / 2);
  int32_t x = 1515870810 + high_multiply(half, -1010580540);
  for (int32_t k = 0; k < 3; k++)
    x += saturated((int64_t)high_multiply(x, (1 << 29) - high_multiply(half, x)) * 4);
  return saturated((int64_t)x * 2);
}

void nn_softmax(const nn_distribution *distribution, const int8_t *in, int8_t *out) {
  const int32_t columns = distribution->columns;
  for (int32_t r = 0; r < distribution->rows; r++, in += columns, out += columns) {
    int32_t top = -128, sum = 0, leading = 0;
    for (int32_t k = 0; k < columns; k++) top = most(top, in[k]);
    for (int32_t k = 0; k < columns; k++)
      if (in[k] - top >= distribution->least_difference)
        sum += divide_by_power_of_two(exponential(scaled_twice(in[k] - top, distribution->factor)), 12);
    while (leading < 31 && !((uint32_t)sum & (0x80000000u >> leading))) leading++;
    const int32_t share = reciprocal((int32_t)(((int64_t)sum << leading) - ((int64_t)1 << 31)));
    for (int32_t k = 0; k < columns; k++) {
      int32_t value = -128;
      if (in[k] - top >= distribution->least_difference) {
        const int32_t e = exponential(scaled_twice(in[k] - top, distribution->factor));
        value = least(127, divide_by_power_of_two(high_multiply(share, e), 35 - leading) - 128);
      }
      out[k] = (int8_t)value;
    }
  }
}
`;
