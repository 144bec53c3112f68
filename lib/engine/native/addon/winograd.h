// Convolution of step 1 with filters of 3 x 3 after Winograd, F(4 x 4, 3 x 3), on one kind of processor: a square of
// 4 x 4 results takes 36 multiplications for each channel and filter instead of 144 (Lavin and Gray, 2016).
//
// A square of 6 x 6 inputs, a filter and a square of 4 x 4 results each become 36 numbers, which meet one by one; over
// channels, filters and squares that is 36 products of matrices. A gradient of filters is the same read backwards.
#pragma once

#include <cstdint>

#include "conv_end.h"

// Sizes of a convolution over pictures [height, width, channels], with `top` rows of zeros above them and `left`
// columns before them, and as many below and behind as the results need.
struct WinogradSizes {
  int64_t height, width, channels;
  int64_t out_height, out_width, filters;
  int64_t top, left;

  int64_t squares_across() const { return (out_width + 3) / 4; }
  int64_t squares() const { return (out_height + 3) / 4 * squares_across(); }
  int64_t picture() const { return height * width * channels; }
  int64_t result() const { return out_height * out_width * filters; }
};

struct WinogradForwardKernels {
  // Filters [3, 3, channels, filters] as the loop reads them; or, turned, filters [3, 3, filters, channels] for what
  // comes back through them. One part of it for each of `channels` channels.
  int64_t (*packed_size)(const WinogradSizes &);
  void (*pack)(const WinogradSizes &, const float *filters, int64_t channel, float *packed);
  void (*pack_turned)(const WinogradSizes &, const float *filters, int64_t channel, float *packed);
  // How many squares are worked on together.
  int64_t (*together)(const WinogradSizes &);
  // Squares [first, first + count) of a batch of pictures x; at most so many.
  void (*run)(const WinogradSizes &, const float *packed, const ConvEnd &end, const float *x, int64_t first,
              int64_t count, float *y);
};

struct WinogradFiltersKernels {
  // The gradient of the filters as the loop adds to it.
  int64_t (*sums_size)(const WinogradSizes &);
  // Adds that of squares [first, first + count) of a batch, from pictures x and gradients dy of the results.
  void (*run)(const WinogradSizes &, const float *x, const float *dy, int64_t first, int64_t count, float *sums);
  // The gradient of one channel's filters, from `groups` such sums.
  void (*finish)(const WinogradSizes &, const float *sums, int64_t groups, int64_t channel, float *gradient);
};

// For vectors of 16, 8 and 4 numbers; those that there are not on this kind of machine are not linked.
extern const WinogradForwardKernels WinogradForward16, WinogradForward8, WinogradForward4;
extern const WinogradFiltersKernels WinogradFilters16, WinogradFilters8, WinogradFilters4;
