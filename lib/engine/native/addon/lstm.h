// An LSTM over all steps of its input, and its gradients, on one kind of processor.
//
// The rows of a batch do not depend on each other, so a thread takes a few of them through all steps, forward and back,
// and waits for nobody. The matrices are packed once for all steps, the four gates of the same units side by side:
// what a matrix product has summed up becomes gates and cells at once.
#pragma once

#include <cstdint>

// The matrices are [features, 4 units] and [units, 4 units], the biases [4 units], columns in the order i, f, g, o.
struct LstmSizes {
  int64_t steps, features, units;

  int64_t columns() const { return 4 * units; }
};

// How loops over rows, blocks and columns are shared among threads is the operation's matter.
struct LstmForwardKernels {
  // Units go in blocks of one vector. How many there are.
  int64_t (*blocks)(const LstmSizes &);
  // What is kept of each step of a row for the gradient: its gates and cells, block by block.
  int64_t (*kept_size)(const LstmSizes &);
  // The matrices and biases as the loop reads them.
  int64_t (*packed_size)(const LstmSizes &);
  void (*pack)(const LstmSizes &, int64_t block, const float *weights, const float *recurrent, const float *biases,
               float *packed);
  // `rows` rows: of xs [steps, features], hidden [steps, units], last [units] and kept [steps, kept_size] each.
  void (*run)(const LstmSizes &, const float *packed, int64_t rows, const float *xs, float *hidden, float *last,
              float *kept);
};

struct LstmBackwardKernels {
  // The recurrent matrix as the loop reads it.
  int64_t (*turned_size)(const LstmSizes &);
  void (*turn)(const LstmSizes &, int64_t block, const float *recurrent, float *turned);
  // The gradient of what goes into the gates, dz [steps, 4 units], for `rows` rows. dhidden is [steps, units] each, and
  // null where there is none; so is dlast, [units] each.
  void (*run)(const LstmSizes &, const float *turned, int64_t rows, const float *kept, const float *dhidden,
              const float *dlast, float *dz);
};

struct LstmWeightsKernels {
  // Columns `first` ... `first + count - 1` of the gradients of matrices and biases.
  void (*run)(const LstmSizes &, int64_t batch, const float *xs, const float *hidden, const float *dz, int64_t first,
              int64_t count, float *dweights, float *drecurrent, float *dbiases);
};
// Columns that this takes together, or a multiple of them.
constexpr int64_t kStrip = 32;

// For vectors of 16, 8 and 4 numbers; those that there are not on this kind of machine are not linked.
extern const LstmForwardKernels LstmForward16, LstmForward8, LstmForward4;
extern const LstmBackwardKernels LstmBackward16, LstmBackward8, LstmBackward4;
extern const LstmWeightsKernels LstmWeights16, LstmWeights8, LstmWeights4;
