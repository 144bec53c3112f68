// What comes back through a convolution with filters and steps of any size, on one kind of processor: what a filter met
// of a picture, a patch, is a row, and gradients of results times the filters, turned, are the gradients of such rows,
// which then are added where patches lie.
#pragma once

#include <cstdint>

#include "conv_end.h"

// Sizes of a convolution over pictures [height, width, channels], with `top` rows of zeros above them and `left`
// columns before them, and as many below and behind as the results need.
struct PatchSizes {
  int64_t height, width, channels;
  int64_t filter_height, filter_width, filters;
  int64_t down, across;  // the steps
  int64_t top, left, out_height, out_width;

  int64_t picture() const { return height * width * channels; }
  // How many patches a picture has.
  int64_t patches() const { return out_height * out_width; }
  int64_t result() const { return patches() * filters; }
  // What a patch has of one row of a picture, and in all.
  int64_t run() const { return filter_width * channels; }
  int64_t depth() const { return filter_height * run(); }
};

struct PatchPictureKernels {
  // Filters [filter_height, filter_width, channels, filters] as the loop reads them.
  int64_t (*turned_size)(const PatchSizes &);
  void (*turn)(const PatchSizes &, const float *filters, float *turned);
  // The gradient of picture `i` of a batch, from dy of the whole batch.
  void (*run)(const PatchSizes &, const float *turned, const ConvEnd &end, int64_t i, const float *dy, float *dx);
};

// For vectors of 16, 8 and 4 numbers; those that there are not on this kind of machine are not linked.
extern const PatchPictureKernels PatchPicture16, PatchPicture8, PatchPicture4;
