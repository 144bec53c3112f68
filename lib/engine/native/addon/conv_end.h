// What is done to the results of a convolution before they are written.
#pragma once

// What is done to a result: biases [filters] are added, and what lies at the same place in `more`; ReLU follows; it
// becomes zero where `gate` is not above zero. Null (or false) where there is no such thing.
struct ConvEnd {
  const float *biases, *more, *gate;
  bool relu;
};
