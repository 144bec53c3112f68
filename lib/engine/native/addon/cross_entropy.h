// The softmax cross-entropy of rows of logits, and its gradient, on one kind of processor.
#pragma once

#include <cstdint>

struct CrossEntropyKernels {
  // Room for one group of rows.
  int64_t (*scratch_size)(int64_t classes);
  // The loss of each row, -sum of label * ln softmax(logit), and softmax(logit) - label.
  void (*run)(int64_t rows, int64_t classes, const float *logits, const float *labels, float *losses, float *gradient,
              float *scratch);
};

// For vectors of 16, 8 and 4 numbers; those that there are not on this kind of machine are not linked.
extern const CrossEntropyKernels CrossEntropy16, CrossEntropy8, CrossEntropy4;
