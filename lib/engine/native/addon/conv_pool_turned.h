// The filters as both gradients of conv_pool.h have them: turned, so that what a filter meets of one row of a picture
// lies side by side.
#pragma once

#include "conv_pool.h"
#include "vectors.h"

// The filters, turned: for each filter and each of its rows a run of numbers, in vectors.
INLINE int64_t TurnedRun(const ConvSizes &sizes) { return VectorsFor(sizes.run()) * WIDTH; }
INLINE int64_t TurnedSize(const ConvSizes &sizes) { return sizes.filter_height * sizes.filters * TurnedRun(sizes); }

// How many vectors of sums leave registers for what is added to them.
constexpr int kSums = 8;
