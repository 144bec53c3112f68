// An LSTM's steps forward, for vectors of WIDTH numbers.
#include "activations.h"
#include "crew.h"
#include "lstm_blocks.h"

namespace {

// For each block its biases, then the rows of both matrices one after another: the vectors of the four gates.
int64_t BlockSize(const LstmSizes &sizes) { return (1 + sizes.features + sizes.units) * kGates * WIDTH; }
int64_t PackedSize(const LstmSizes &sizes) { return Blocks(sizes) * BlockSize(sizes); }

INLINE float *PackRow(const LstmSizes &sizes, int64_t block, const float *row, float *packed) {
  const int64_t used = UnitsIn(sizes, block);
  for (int gate = 0; gate < kGates; gate++, packed += WIDTH) {
    Copy(row + gate * sizes.units + block * WIDTH, used, packed);
    Clear(packed + used, WIDTH - used);
  }
  return packed;
}

void Pack(const LstmSizes &sizes, int64_t block, const float *weights, const float *recurrent, const float *biases,
          float *packed) {
  packed = PackRow(sizes, block, biases, packed + block * BlockSize(sizes));
  for (int64_t k = 0; k < sizes.features; k++) {
    packed = PackRow(sizes, block, weights + k * sizes.columns(), packed);
  }
  for (int64_t k = 0; k < sizes.units; k++) {
    packed = PackRow(sizes, block, recurrent + k * sizes.columns(), packed);
  }
}

// Gates, cell and hidden state of one block of a row, from what goes into its gates.
INLINE Vector Update(const float *sums, float *cell, float *kept) {
  const Vector i = Sigmoid(Load(sums)), f = Sigmoid(Load(sums + WIDTH));
  const Vector g = Tanh(Load(sums + 2 * WIDTH)), o = Sigmoid(Load(sums + 3 * WIDTH));
  const Vector c = f * Load(cell) + i * g;
  Store(cell, c);
  Store(kept, i);
  Store(kept + WIDTH, f);
  Store(kept + 2 * WIDTH, g);
  Store(kept + 3 * WIDTH, o);
  Store(kept + 4 * WIDTH, c);
  return o * Tanh(c);
}

// The states of a few rows, which stay with the thread for all steps: x and h side by side, so that one product takes
// both; those of this step and of the next; and the cells.
struct States {
  int64_t stride, padded;
  float *now, *next, *cells;

  States(const LstmSizes &sizes, int64_t rows) : stride(sizes.features + Padded(sizes)), padded(Padded(sizes)) {
    now = Scratch(1, 2 * rows * stride);
    next = now + rows * stride;
    cells = Scratch(2, rows * padded);
    Clear(cells, rows * padded);
  }
  void Turn() {
    float *const before = now;
    now = next;
    next = before;
  }
};

// Where the results of a step of a few rows go.
struct Results {
  float *hidden, *last, *kept;
};

// Not in line: every row is to be computed by the same instructions, however the rows are grouped.
__attribute__((noinline)) void UpdateRows(const LstmSizes &sizes, int64_t step, int64_t block, int64_t first,
                                          int64_t count, const float *sums, const States &states, Results results) {
  const int64_t used = UnitsIn(sizes, block), unit = block * WIDTH, kept_size = KeptSize(sizes);
  for (int64_t row = first; row < first + count; row++, sums += kGates * WIDTH) {
    const int64_t at = row * sizes.steps + step;
    const Vector h =
        Update(sums, states.cells + row * states.padded + unit, results.kept + at * kept_size + block * kKept * WIDTH);
    Store(states.next + row * states.stride + sizes.features + unit, h);
    StoreSome(results.hidden + at * sizes.units + unit, h, used);
    if (step == sizes.steps - 1) StoreSome(results.last + row * sizes.units + unit, h, used);
  }
}

void Forward(const LstmSizes &sizes, const float *packed, int64_t rows, const float *xs, float *hidden, float *last,
             float *kept) {
  States states(sizes, rows);
  const Groups groups(rows, kRows);
  float sums[kRows * kGates * WIDTH];
  for (int64_t step = 0; step < sizes.steps; step++, states.Turn()) {
    for (int64_t row = 0; row < rows; row++) {
      Copy(xs + (row * sizes.steps + step) * sizes.features, sizes.features, states.now + row * states.stride);
    }
    const int64_t depth = sizes.features + (step == 0 ? 0 : sizes.units);  // before the first step, h is zero
    for (int64_t block = 0; block < Blocks(sizes); block++) {
      const float *matrix = packed + block * BlockSize(sizes);
      for (int64_t group = 0; group < groups.count; group++) {
        const int64_t first = groups.First(group), count = groups.Size(group);
        const Rows factors = {states.now + first * states.stride, states.stride, 1, depth, 0};
        TileOf<kRows, kGates>(count, factors, matrix + kGates * WIDTH, matrix, 0, sums, kGates * WIDTH);
        UpdateRows(sizes, step, block, first, count, sums, states, {hidden, last, kept});
      }
    }
  }
}

}  // namespace

extern const LstmForwardKernels AT_WIDTH(LstmForward) = {Blocks, KeptSize, PackedSize, Pack, Forward};
