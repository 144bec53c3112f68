// Batch normalisation over rows of channels, and its gradient, on one kind of processor: some rows at a time, channels
// side by side.
#pragma once

#include <cstdint>

// Numbers [channels] that stand for each channel.
struct BatchNormKernels {
  // The means of `rows` rows of x, and the sums of the squares of what they differ from them.
  void (*moments)(int64_t rows, int64_t channels, const float *x, float *means, float *squares);
  // y = x * factors + offsets, and what lies at the same place in `more` (or null); ReLU follows where there is one.
  void (*scale)(int64_t rows, int64_t channels, const float *x, const float *factors, const float *offsets,
                const float *more, bool relu, float *y);
  // The sums of dy, and of dy * (x - means).
  void (*gradient_sums)(int64_t rows, int64_t channels, const float *x, const float *dy, const float *means,
                        float *sums, float *products);
  // dx = dy * factors + (x - means) * slopes + offsets.
  void (*gradient)(int64_t rows, int64_t channels, const float *x, const float *dy, const float *means,
                   const float *factors, const float *slopes, const float *offsets, float *dx);
};

// For vectors of 16, 8 and 4 numbers; those that there are not on this kind of machine are not linked.
extern const BatchNormKernels BatchNorm16, BatchNorm8, BatchNorm4;
