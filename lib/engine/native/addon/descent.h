// A step of gradient descent on the weights of a dense layer, on one kind of processor. Their gradient is as large as
// they are, and with large layers memory is what a step waits for: here no gradient is written down, a tile of it at a
// time goes straight to the weights.
#pragma once

#include <cstdint>

#include "dense.h"

struct DescentKernels {
  // The batch's gradients of the outputs [batch, outputs], as they are read here.
  int64_t (*packed_size)(const DenseSizes &);
  void (*pack)(const DenseSizes &, const float *doutputs, float *packed);
  // Rows [first, first + count) of the weights [inputs, outputs] less the rate times those of their gradient, which
  // is x [batch, inputs] transposed times the packed gradients. At most kRowsTogether; `updated` may be `weights`.
  void (*update)(const DenseSizes &, const float *x, const float *packed, float rate, int64_t first, int64_t count,
                 const float *weights, float *updated);
};

extern const DescentKernels Descent16, Descent8, Descent4;
