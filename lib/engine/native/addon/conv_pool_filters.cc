// The loops of conv_pool.h for the gradient of filters, for vectors of WIDTH numbers.
#include "conv_pool_turned.h"
#include "crew.h"

namespace {

// One number of a gradient that is not zero: where in a picture its filter lay.
struct Patch {
  const float *corner;
  float value;
};

// sums[k][r] += the values times the patches, for K rows of a filter and R vectors of each.
template <int K, int R>
INLINE void AddPatches(const Patch *patches, int64_t count, int64_t offset, int64_t line, float *sum, int64_t padded) {
  Vector sums[K][R];
  for (int k = 0; k < K; k++) {
    for (int r = 0; r < R; r++) sums[k][r] = Load(sum + k * padded + r * WIDTH);
  }
  for (int64_t i = 0; i < count; i++) {
    const Vector value = Spread(patches[i].value);
    const float *row = patches[i].corner + offset;
    for (int k = 0; k < K; k++, row += line) {
      for (int r = 0; r < R; r++) sums[k][r] += value * Load(row + r * WIDTH);
    }
  }
  for (int k = 0; k < K; k++) {
    for (int r = 0; r < R; r++) Store(sum + k * padded + r * WIDTH, sums[k][r]);
  }
}

// All rows of a filter, K at a time, for R vectors of each.
template <int K, int R>
INLINE void AddRows(int64_t rows, const Patch *patches, int64_t count, int64_t offset, int64_t line, float *sum,
                    int64_t padded) {
  for (; rows >= K; rows -= K, offset += K * line, sum += K * padded) {
    AddPatches<K, R>(patches, count, offset, line, sum, padded);
  }
  for (; rows > 0; rows--, offset += line, sum += padded) {
    AddPatches<1, R>(patches, count, offset, line, sum, padded);
  }
}

// How many rows of a filter are added to together, of R vectors each.
constexpr int RowsTogether(int r) { return r <= 2 ? 3 : r <= 4 ? 2 : 1; }

// All rows of a filter for as many vectors as are asked for, 1 ... R.
template <int R>
INLINE void AddRowsOf(int64_t vectors, int64_t rows, const Patch *patches, int64_t count, int64_t offset, int64_t line,
                      float *sum, int64_t padded) {
  if (vectors == R) return AddRows<RowsTogether(R), R>(rows, patches, count, offset, line, sum, padded);
  if constexpr (R > 1) AddRowsOf<R - 1>(vectors, rows, patches, count, offset, line, sum, padded);
}

void AddFilter(const ConvSizes &sizes, const Patch *patches, int64_t count, float *sum) {
  const int64_t rows = sizes.filter_height, line = sizes.width * sizes.channels, padded = TurnedRun(sizes);
  int64_t vectors = padded / WIDTH, offset = 0;
  for (; vectors > kSums; vectors -= kSums, offset += kSums * WIDTH) {
    AddRows<1, kSums>(rows, patches, count, offset, line, sum + offset, padded);
  }
  if (vectors == 1 && rows % 5 == 0) return AddRows<5, 1>(rows, patches, count, offset, line, sum + offset, padded);
  AddRowsOf<kSums>(vectors, rows, patches, count, offset, line, sum + offset, padded);
}

// The patches of some squares of a picture, filter by filter, after those that are there.
void FindPatches(const ConvSizes &sizes, const float *picture, int64_t first, int64_t end, const float *dpooled,
                 const Place *places, int64_t filters, Patch *patches, int64_t room, int64_t *counts) {
  const int64_t line = sizes.width * sizes.channels;
  const int64_t at[4] = {0, sizes.channels, line, line + sizes.channels};
  int64_t row = first / sizes.pooled_width(), column = first % sizes.pooled_width();
  for (int64_t square = first; square < end; square++) {
    const float *corner = picture + 2 * row * line + 2 * column * sizes.channels;
    const int64_t from = square * sizes.filters;
    for (int64_t filter = 0; filter < filters; filter++) {
      const float value = dpooled[from + filter];
      patches[filter * room + counts[filter]] = {corner + at[places[from + filter] & 3], value};
      counts[filter] += value != 0.0f;
    }
    if (++column == sizes.pooled_width()) {
      column = 0;
      row++;
    }
  }
}

// How many squares are gone through before the patches of each filter are added.
constexpr int64_t kGathered = 256;

void FilterGradient(const ConvSizes &sizes, int64_t batch, const float *const *pictures, const float *dpooled,
                    const Place *places, int64_t first, int64_t count, float *turned) {
  const int64_t squares = sizes.squares(), size = sizes.filter_height * TurnedRun(sizes);
  constexpr int64_t room = kGathered + 1;  // one is written before it is known whether it counts
  Patch *const patches = reinterpret_cast<Patch *>(Scratch(5, count * room * sizeof(Patch) / sizeof(float)));
  int64_t *const counts = reinterpret_cast<int64_t *>(Scratch(6, count * sizeof(int64_t) / sizeof(float)));
  float *const sums = turned + first * size;
  for (int64_t done = 0; done < batch * squares;) {
    for (int64_t filter = 0; filter < count; filter++) counts[filter] = 0;
    for (int64_t left = kGathered; left > 0 && done < batch * squares;) {
      const int64_t picture = done / squares, square = done % squares;
      const int64_t end = square + left < squares ? square + left : squares;
      const int64_t at = picture * sizes.pooled() + first;
      FindPatches(sizes, pictures[picture], square, end, dpooled + at, places + at, count, patches, room, counts);
      left -= end - square;
      done += end - square;
    }
    for (int64_t filter = 0; filter < count; filter++) {
      AddFilter(sizes, patches + filter * room, counts[filter], sums + filter * size);
    }
  }
}

void TurnBack(const ConvSizes &sizes, const float *turned, int64_t filter_row, float *gradient) {
  const int64_t run = sizes.run(), padded = TurnedRun(sizes);
  gradient += filter_row * run * sizes.filters;
  for (int64_t filter = 0; filter < sizes.filters; filter++) {
    const float *from = turned + (filter * sizes.filter_height + filter_row) * padded;
    for (int64_t i = 0; i < run; i++) gradient[i * sizes.filters + filter] = from[i];
  }
}

}  // namespace

extern const ConvPoolFiltersKernels AT_WIDTH(ConvPoolFilters) = {TurnedSize, FilterGradient, TurnBack};
