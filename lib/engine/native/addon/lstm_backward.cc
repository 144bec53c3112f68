// An LSTM's steps backward, for vectors of WIDTH numbers.
#include "activations.h"
#include "crew.h"
#include "lstm_blocks.h"

namespace {

// The vectors of units that a product with the turned matrix makes at a time.
constexpr int kTurnedVectors = 4;

// A row of dz in the order in which blocks are kept: four gates of each.
int64_t Depth(const LstmSizes &sizes) { return kGates * Padded(sizes); }
int64_t TurnedSize(const LstmSizes &sizes) { return Padded(sizes) * Depth(sizes); }

// Rows become columns of a square of WIDTH; beyond `rows` and `columns` there are zeros.
INLINE void TurnSquare(const float *from, int64_t rows, int64_t columns, int64_t step, float *to, int64_t to_step) {
  for (int64_t k = 0; k < WIDTH; k++) {
    for (int64_t n = 0; n < WIDTH; n++) to[k * to_step + n] = k < columns && n < rows ? from[n * step + k] : 0.0f;
  }
}

// For each group of blocks the columns of the matrix in that order, as many vectors of units as the group has.
void Turn(const LstmSizes &sizes, int64_t block, const float *recurrent, float *turned) {
  const Groups groups(Blocks(sizes), kTurnedVectors);
  int64_t group = 0;
  while (groups.First(group + 1) <= block) group++;
  const int64_t width = groups.Size(group) * WIDTH, used = UnitsIn(sizes, block);
  turned += groups.First(group) * WIDTH * Depth(sizes) + (block - groups.First(group)) * WIDTH;
  for (int64_t from = 0; from < Padded(sizes); from += WIDTH) {
    for (int gate = 0; gate < kGates; gate++, turned += WIDTH * width) {
      const float *const corner = recurrent + block * WIDTH * sizes.columns() + gate * sizes.units + from;
      TurnSquare(corner, used, UnitsIn(sizes, from / WIDTH), sizes.columns(), turned, width);
    }
  }
}

// The gradients of a few rows on their way back: of the hidden state and the cell, and of what went into the gates.
struct Gradients {
  int64_t padded, depth;
  float *dh, *dc, *dz;

  Gradients(const LstmSizes &sizes, int64_t rows) : padded(Padded(sizes)), depth(Depth(sizes)) {
    dh = Scratch(1, rows * padded);
    dc = Scratch(2, rows * padded);
    dz = Scratch(3, rows * depth);
    Clear(dh, rows * padded);
    Clear(dc, rows * padded);
  }
};

// One block of a row. `before` is the cell before.
INLINE void GatesBack(const float *kept, Vector before, Vector dhidden, float *carried, float *dz) {
  const Vector i = Load(kept), f = Load(kept + WIDTH), g = Load(kept + 2 * WIDTH), o = Load(kept + 3 * WIDTH);
  const Vector t = Tanh(Load(kept + 4 * WIDTH));
  const Vector dc = Load(carried) + dhidden * o * (1.0f - t * t);
  Store(carried, dc * f);
  Store(dz, dc * g * i * (1.0f - i));
  Store(dz + WIDTH, dc * before * f * (1.0f - f));
  Store(dz + 2 * WIDTH, dc * i * (1.0f - g * g));
  Store(dz + 3 * WIDTH, dhidden * t * o * (1.0f - o));
}

void RowBack(const LstmSizes &sizes, int64_t step, const float *kept, const float *dhidden, int64_t row,
             const Gradients &gradients, float *dz) {
  for (int64_t block = 0; block < Blocks(sizes); block++) {
    const int64_t unit = block * WIDTH, used = UnitsIn(sizes, block), at = row * gradients.padded + unit;
    const float *gates = kept + block * kKept * WIDTH;
    const Vector before = step == 0 ? Vector{} : Load(gates - KeptSize(sizes) + kGates * WIDTH);
    Vector dh = Load(gradients.dh + at);
    if (dhidden != nullptr) dh += LoadSome(dhidden + unit, used);
    float *const ordered = gradients.dz + row * gradients.depth + block * kGates * WIDTH;
    GatesBack(gates, before, dh, gradients.dc + at, ordered);
    for (int gate = 0; gate < kGates; gate++) {
      StoreSome(dz + gate * sizes.units + unit, Load(ordered + gate * WIDTH), used);
      Clear(ordered + gate * WIDTH + used, WIDTH - used);  // a NaN there times a zero would be one
    }
  }
}

// dh = dz times the turned matrix, N vectors of it.
template <int N>
INLINE void HiddenBackBlock(const float *turned, int64_t rows, const Gradients &gradients, int64_t unit) {
  const Groups groups(rows, kRows);
  const float zeros[N * WIDTH] = {};
  for (int64_t group = 0; group < groups.count; group++) {
    const int64_t first = groups.First(group);
    const Rows factors = {gradients.dz + first * gradients.depth, gradients.depth, 1, gradients.depth, 0};
    float *const out = gradients.dh + first * gradients.padded + unit;
    TileOf<kRows, N>(groups.Size(group), factors, turned, zeros, 0, out, gradients.padded);
  }
}

void HiddenBack(const LstmSizes &sizes, const float *turned, int64_t rows, const Gradients &gradients) {
  const Groups groups(Blocks(sizes), kTurnedVectors);
  for (int64_t group = 0; group < groups.count; group++) {
    const int64_t unit = groups.First(group) * WIDTH;
    const float *const matrix = turned + unit * gradients.depth;
    switch (groups.Size(group)) {
      case 1:
        HiddenBackBlock<1>(matrix, rows, gradients, unit);
        break;
      case 2:
        HiddenBackBlock<2>(matrix, rows, gradients, unit);
        break;
      case 3:
        HiddenBackBlock<3>(matrix, rows, gradients, unit);
        break;
      case 4:
        HiddenBackBlock<4>(matrix, rows, gradients, unit);
        break;
    }
  }
}

void Backward(const LstmSizes &sizes, const float *turned, int64_t rows, const float *kept, const float *dhidden,
              const float *dlast, float *dz) {
  const Gradients gradients(sizes, rows);
  for (int64_t step = sizes.steps - 1; step >= 0; step--) {
    for (int64_t row = 0; row < rows; row++) {
      const int64_t at = row * sizes.steps + step;
      const float *from = dhidden == nullptr ? nullptr : dhidden + at * sizes.units;
      if (dlast != nullptr && step == sizes.steps - 1) from = dlast + row * sizes.units;
      RowBack(sizes, step, kept + at * KeptSize(sizes), from, row, gradients, dz + at * sizes.columns());
    }
    if (step > 0) HiddenBack(sizes, turned, rows, gradients);
  }
}

}  // namespace

extern const LstmBackwardKernels AT_WIDTH(LstmBackward) = {TurnedSize, Turn, Backward};
