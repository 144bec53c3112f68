// The loops of descent.h, for vectors of WIDTH numbers.
#include "crew.h"
#include "descent.h"
#include "tile.h"

namespace {

constexpr int kRows = kTileRows[kTileVectors];
constexpr int64_t kColumns = kTileVectors * WIDTH;

int64_t PackedSize(const DenseSizes &sizes) {
  return (sizes.outputs + kColumns - 1) / kColumns * kColumns * sizes.batch;
}

// Panels of kColumns outputs, each with the whole batch: what a tile reads lies side by side.
void Pack(const DenseSizes &sizes, const float *doutputs, float *packed) {
  for (int64_t first = 0; first < sizes.outputs; first += kColumns) {
    const int64_t used = sizes.outputs - first < kColumns ? sizes.outputs - first : kColumns;
    for (int64_t example = 0; example < sizes.batch; example++, packed += kColumns) {
      const float *row = doutputs + example * sizes.outputs + first;
      for (int64_t n = 0; n < used; n++) packed[n] = row[n];
      for (int64_t n = used; n < kColumns; n++) packed[n] = 0.0f;
    }
  }
}

// The columns of x that belong to some rows of the weights: kRowsTogether for each example, zeros after the last.
void PackRows(const DenseSizes &sizes, const float *x, int64_t first, int64_t count, float *rows) {
  for (int64_t example = 0; example < sizes.batch; example++, rows += kRowsTogether) {
    const float *from = x + example * sizes.inputs + first;
    for (int64_t m = 0; m < count; m++) rows[m] = from[m];
    for (int64_t m = count; m < kRowsTogether; m++) rows[m] = 0.0f;
  }
}

// gradient[m][n] = the sum over the batch of rows[example][m] * panel[example][n].
INLINE void GradientTile(const float *rows, const float *panel, int64_t batch, float *gradient) {
  Vector sums[kRows][kTileVectors] = {};
  for (int64_t example = 0; example < batch; example++, rows += kRowsTogether, panel += kColumns) {
    Vector columns[kTileVectors];
    for (int n = 0; n < kTileVectors; n++) columns[n] = Load(panel + n * WIDTH);
    for (int m = 0; m < kRows; m++) {
      const Vector factor = Spread(rows[m]);
      for (int n = 0; n < kTileVectors; n++) sums[m][n] += factor * columns[n];
    }
  }
  for (int m = 0; m < kRows; m++) {
    for (int n = 0; n < kTileVectors; n++) Store(gradient + m * kColumns + n * WIDTH, sums[m][n]);
  }
}

// updated = weights - rate * gradient, for what of a tile lies within the weights.
INLINE void Apply(const float *gradient, float rate, int64_t rows, int64_t columns, int64_t step, const float *weights,
                  float *updated) {
  for (int64_t m = 0; m < rows; m++, gradient += kColumns, weights += step, updated += step) {
    int64_t n = 0;
    for (; n + WIDTH <= columns; n += WIDTH) Store(updated + n, Load(weights + n) - rate * Load(gradient + n));
    for (; n < columns; n++) updated[n] = weights[n] - rate * gradient[n];
  }
}

// Panels outside, rows inside: a panel stays in the nearest cache while all the rows go through it.
void Update(const DenseSizes &sizes, const float *x, const float *packed, float rate, int64_t first, int64_t count,
            const float *weights, float *updated) {
  float *const rows = Scratch(4, sizes.batch * kRowsTogether);
  PackRows(sizes, x, first, count, rows);
  alignas(64) float gradient[kRows * kColumns];
  for (int64_t column = 0; column < sizes.outputs; column += kColumns, packed += kColumns * sizes.batch) {
    const int64_t columns = sizes.outputs - column < kColumns ? sizes.outputs - column : kColumns;
    for (int64_t row = 0; row < count; row += kRows) {
      const int64_t at = (first + row) * sizes.outputs + column, used = count - row < kRows ? count - row : kRows;
      GradientTile(rows + row, packed, sizes.batch, gradient);
      Apply(gradient, rate, used, columns, sizes.outputs, weights + at, updated + at);
    }
  }
}

}  // namespace

extern const DescentKernels AT_WIDTH(Descent) = {PackedSize, Pack, Update};
