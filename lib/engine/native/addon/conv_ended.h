// What is done to results of a convolution, for vectors of WIDTH numbers.
#pragma once

#include "conv_end.h"
#include "some.h"

// The results from a place and a filter on, of which `count` are left.
INLINE Vector Ended(const ConvEnd &end, Vector result, int64_t at, int64_t filter, int64_t count) {
  if (end.biases != nullptr) result += LoadSome(end.biases + filter, count);
  if (end.more != nullptr) result += LoadSome(end.more + at, count);
  if (end.relu) result = result < 0.0f ? Vector{} : result;
  if (end.gate != nullptr) result = LoadSome(end.gate + at, count) > 0.0f ? result : Vector{};
  return result;
}
