// What comes back through a dense layer to its inputs, on one kind of processor: the gradients of the outputs
// [batch, outputs] times the weights [inputs, outputs] transposed. The weights are read as they lie, once.
#pragma once

#include <cstdint>

#include "dense.h"

struct InputGradientKernels {
  // The batch's gradients of the outputs, turned, as they are read here.
  int64_t (*turned_size)(const DenseSizes &);
  void (*turn)(const DenseSizes &, const float *doutputs, float *turned);
  // The gradients of inputs [first, first + count), kRowsTogether at most, of all examples.
  void (*gradient)(const DenseSizes &, const float *turned, const float *weights, int64_t first, int64_t count,
                   float *dinputs);
};

extern const InputGradientKernels InputGradient16, InputGradient8, InputGradient4;
