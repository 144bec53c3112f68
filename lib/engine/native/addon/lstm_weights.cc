// The gradient of an LSTM's matrices and biases, for vectors of WIDTH numbers: one product over all steps and rows.
#include "crew.h"
#include "lstm_blocks.h"

namespace {

// Vectors of columns at a time, and how many rows leave registers for them.
constexpr int kColumnVectors = 2;
constexpr int64_t kWidth = kColumnVectors * WIDTH;
#if WIDTH == 16 || defined(__aarch64__)
constexpr int kColumnRows = 14;
#elif WIDTH == 8
constexpr int kColumnRows = 6;
#else
constexpr int kColumnRows = 4;
#endif
// How many pairs of step and row at a time.
constexpr int64_t kTogether = 128;

// What was multiplied by the matrices and biases: x, the hidden state before, and 1, row after row.
void Factors(const LstmSizes &sizes, int64_t first, int64_t count, const float *xs, const float *hidden, float *to) {
  for (int64_t i = first; i < first + count; i++) {
    Copy(xs + i * sizes.features, sizes.features, to);
    to += sizes.features;
    if (i % sizes.steps == 0) {
      Clear(to, sizes.units);
    } else {
      Copy(hidden + (i - 1) * sizes.units, sizes.units, to);
    }
    to += sizes.units;
    *to++ = 1.0f;
  }
}

// Columns of dz, kWidth after kWidth of them, each row by row.
void Columns(const LstmSizes &sizes, int64_t first, int64_t count, const float *dz, int64_t column, int64_t used,
             float *to) {
  for (int64_t done = 0; done < used; done += kWidth) {
    const int64_t some = Least(kWidth, used - done);
    for (int64_t i = first; i < first + count; i++, to += kWidth) {
      const float *from = dz + i * sizes.columns() + column + done;
      if (some == kWidth) {
        for (int n = 0; n < kColumnVectors; n++) Store(to + n * WIDTH, Load(from + n * WIDTH));
      } else {
        Copy(from, some, to);
        Clear(to + some, kWidth - some);
      }
    }
  }
}

// The sums of one chunk of pairs are added to those so far.
void AddProducts(const float *factors, int64_t inputs, const float *columns, int64_t together, float *sums,
                 int64_t padded) {
  const Groups groups(inputs, kColumnRows);
  for (int64_t column = 0; column < padded; column += kWidth) {
    for (int64_t group = 0; group < groups.count; group++) {
      const Rows rows = {factors + groups.First(group), 1, together, 1, inputs};
      float *const out = sums + groups.First(group) * padded + column;
      TileOf<kColumnRows, kColumnVectors>(groups.Size(group), rows, columns + column * together, out, padded, out,
                                          padded);
    }
  }
}

void WeightsGradient(const LstmSizes &sizes, int64_t batch, const float *xs, const float *hidden, const float *dz,
                     int64_t first, int64_t count, float *dweights, float *drecurrent, float *dbiases) {
  const int64_t inputs = sizes.features + sizes.units + 1, pairs = batch * sizes.steps;
  const int64_t padded = (count + kWidth - 1) / kWidth * kWidth;
  float *const factors = Scratch(1, kTogether * inputs), *const columns = Scratch(2, kTogether * padded);
  float *const sums = Scratch(3, inputs * padded);
  Clear(sums, inputs * padded);
  for (int64_t pair = 0; pair < pairs; pair += kTogether) {
    const int64_t together = Least(kTogether, pairs - pair);
    Factors(sizes, pair, together, xs, hidden, factors);
    Columns(sizes, pair, together, dz, first, count, columns);
    AddProducts(factors, inputs, columns, together, sums, padded);
  }
  for (int64_t k = 0; k < inputs; k++) {
    float *const to = k < sizes.features ? dweights + k * sizes.columns()
                      : k < inputs - 1   ? drecurrent + (k - sizes.features) * sizes.columns()
                                         : dbiases;
    Copy(sums + k * padded, count, to + first);
  }
}

}  // namespace

extern const LstmWeightsKernels AT_WIDTH(LstmWeights) = {WeightsGradient};
