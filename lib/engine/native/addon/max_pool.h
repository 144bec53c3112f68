// Max pooling with windows of any size and step, and its gradient, on one kind of processor.
#pragma once

#include <cstdint>

// Sizes of a pooling over pictures [height, width, channels]. Windows reach over the edges: `top` rows above a picture,
// `left` columns before it, and where it ends.
struct PoolSizes {
  int64_t height, width, channels;
  int64_t window_height, window_width, down, across;  // the steps
  int64_t top, left, pooled_height, pooled_width;

  int64_t picture() const { return height * width * channels; }
  int64_t pooled() const { return pooled_height * pooled_width * channels; }
};

struct MaxPoolKernels {
  // Of one picture the largest number of each window, and where in its window it is, row by row: the first of equals,
  // a NaN before all.
  void (*pool)(const PoolSizes &, const float *picture, float *pooled, uint8_t *places);
  // The gradient of a picture.
  void (*gradient)(const PoolSizes &, const float *dpooled, const uint8_t *places, float *gradient);
};

// For vectors of 16, 8 and 4 numbers; those that there are not on this kind of machine are not linked.
extern const MaxPoolKernels MaxPool16, MaxPool8, MaxPool4;
