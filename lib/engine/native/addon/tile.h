// The innermost loop of a matrix product: a few rows of one factor times a few vectors of columns of the other,
// the sums in registers all the while.
#pragma once

#include "vectors.h"

// How many rows and vectors of columns at a time leave registers for the factors.
#if WIDTH == 16
constexpr int kTileVectors = 3, kTileRows[] = {0, 14, 12, 8};
#elif WIDTH == 8
constexpr int kTileVectors = 2, kTileRows[] = {0, 8, 6};
#else
constexpr int kTileVectors = 2, kTileRows[] = {0, 6, 4};
#endif

// The left factor: row m begins at `from + m * step` and consists of `runs` runs of `run` floats, `run_step` apart.
struct Rows {
  const float *from;
  int64_t step;
  int64_t runs, run, run_step;
};

// out[m * out_step + n] = start[m * start_step + n] + the sum over k of rows[m][k] * packed[k][n], for M rows and N
// vectors of columns. `packed` has N vectors for each k. Each sum goes through the k in their order, whatever M and N.
template <int M, int N>
INLINE void Tile(Rows rows, const float *packed, const float *start, int64_t start_step, float *out, int64_t out_step) {
  Vector sums[M][N];
  UNROLLED for (int m = 0; m < M; m++) {
    UNROLLED for (int n = 0; n < N; n++) sums[m][n] = Load(start + m * start_step + n * WIDTH);
  }
  for (int64_t r = 0; r < rows.runs; r++) {
    const float *from = rows.from + r * rows.run_step;
    for (int64_t k = 0; k < rows.run; k++, from++, packed += N * WIDTH) {
      Vector columns[N];
      for (int n = 0; n < N; n++) columns[n] = Load(packed + n * WIDTH);
      for (int m = 0; m < M; m++) {
        const Vector factor = Spread(from[m * rows.step]);
        for (int n = 0; n < N; n++) sums[m][n] += factor * columns[n];
      }
    }
  }
  UNROLLED for (int m = 0; m < M; m++) {
    UNROLLED for (int n = 0; n < N; n++) Store(out + m * out_step + n * WIDTH, sums[m][n]);
  }
}

// The same for as many rows as are asked for, 1 ... M.
template <int M, int N>
INLINE void TileOf(int64_t count, Rows rows, const float *packed, const float *start, int64_t start_step, float *out,
                   int64_t out_step) {
  if (count == M) return Tile<M, N>(rows, packed, start, start_step, out, out_step);
  if constexpr (M > 1) TileOf<M - 1, N>(count, rows, packed, start, start_step, out, out_step);
}

// sums[m][n] += the sum over rows of left[row][m] * right[row][n], for M columns of the one and N
// vectors of the other.
template <int M, int N>
INLINE void AddTile(const float *left, int64_t left_step, const float *right, int64_t right_step, int64_t count,
                    float *sum) {
  Vector sums[M][N];
  UNROLLED for (int m = 0; m < M; m++) {
    UNROLLED for (int n = 0; n < N; n++) sums[m][n] = Load(sum + m * right_step + n * WIDTH);
  }
  for (int64_t i = 0; i < count; i++, left += left_step, right += right_step) {
    Vector columns[N];
    for (int n = 0; n < N; n++) columns[n] = Load(right + n * WIDTH);
    for (int m = 0; m < M; m++) {
      const Vector factor = Spread(left[m]);
      for (int n = 0; n < N; n++) sums[m][n] += factor * columns[n];
    }
  }
  UNROLLED for (int m = 0; m < M; m++) {
    UNROLLED for (int n = 0; n < N; n++) Store(sum + m * right_step + n * WIDTH, sums[m][n]);
  }
}

// The same for as many columns as are asked for, 1 ... M.
template <int M, int N>
INLINE void AddTileOf(int64_t wanted, const float *left, int64_t left_step, const float *right, int64_t right_step,
                      int64_t count, float *sum) {
  if (wanted == M) return AddTile<M, N>(left, left_step, right, right_step, count, sum);
  if constexpr (M > 1) AddTileOf<M - 1, N>(wanted, left, left_step, right, right_step, count, sum);
}

// `things` in groups of at most `most`, as even as can be. Each source has its own: see vectors.h.
namespace {
struct Groups {
  int64_t things, count;
  Groups(int64_t all, int64_t most) : things(all), count((all + most - 1) / most) {}
  int64_t First(int64_t group) const { return group * things / count; }
  int64_t Size(int64_t group) const { return First(group + 1) - First(group); }
};
}  // namespace

// The same for `columns` columns of the left factor and `vectors` vectors of the right one: sums [columns, right_step].
template <int N>
INLINE void AddOuterBlock(const float *left, int64_t left_step, int64_t columns, const float *right,
                          int64_t right_step, int64_t count, float *sums) {
  const Groups groups(columns, kTileRows[N]);
  for (int64_t group = 0; group < groups.count; group++) {
    const int64_t first = groups.First(group);
    AddTileOf<kTileRows[N], N>(groups.Size(group), left + first, left_step, right, right_step, count,
                               sums + first * right_step);
  }
}
INLINE void AddOuterProducts(const float *left, int64_t left_step, int64_t columns, const float *right,
                             int64_t right_step, int64_t vectors, int64_t count, float *sums) {
  const Groups blocks(vectors, 2);
  for (int64_t block = 0; block < blocks.count; block++) {
    const int64_t at = blocks.First(block) * WIDTH;
    if (blocks.Size(block) == 1) {
      AddOuterBlock<1>(left, left_step, columns, right + at, right_step, count, sums + at);
    } else {
      AddOuterBlock<2>(left, left_step, columns, right + at, right_step, count, sums + at);
    }
  }
}

// out [count, out_step] = rows [count] times `vectors` vectors of columns, packed in blocks of kTileVectors at most, as
// even as can be: each block has its vectors for each k.
template <int N>
INLINE void MultiplyBlock(Rows rows, int64_t count, const float *packed, float *out, int64_t out_step) {
  static const float zeros[N * WIDTH] = {};
  const Groups groups(count, kTileRows[N]);
  for (int64_t group = 0; group < groups.count; group++) {
    const int64_t first = groups.First(group);
    const Rows these = {rows.from + first * rows.step, rows.step, rows.runs, rows.run, rows.run_step};
    TileOf<kTileRows[N], N>(groups.Size(group), these, packed, zeros, 0, out + first * out_step, out_step);
  }
}
INLINE void MultiplyPacked(Rows rows, int64_t count, int64_t vectors, const float *packed, float *out,
                           int64_t out_step) {
  const Groups blocks(vectors, kTileVectors);
  for (int64_t block = 0; block < blocks.count; block++) {
    float *const to = out + blocks.First(block) * WIDTH;
    const int64_t size = blocks.Size(block);
    if (size == 1) MultiplyBlock<1>(rows, count, packed, to, out_step);
    if (size == 2) MultiplyBlock<2>(rows, count, packed, to, out_step);
    if constexpr (kTileVectors > 2) {
      if (size == 3) MultiplyBlock<kTileVectors>(rows, count, packed, to, out_step);
    }
    packed += rows.runs * rows.run * size * WIDTH;
  }
}
