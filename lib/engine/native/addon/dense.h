// Sizes of a dense layer.
#pragma once

#include <cstdint>

// A dense layer from `inputs` to `outputs` numbers and a batch that went through it.
struct DenseSizes {
  int64_t inputs, outputs, batch;
};

// How many rows of the weights are worked on together: enough to have fetched a panel of gradients for.
constexpr int64_t kRowsTogether = 48;
