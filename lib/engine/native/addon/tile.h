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
  for (int m = 0; m < M; m++) {
    for (int n = 0; n < N; n++) sums[m][n] = Load(start + m * start_step + n * WIDTH);
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
  for (int m = 0; m < M; m++) {
    for (int n = 0; n < N; n++) Store(out + m * out_step + n * WIDTH, sums[m][n]);
  }
}

// The same for as many rows as are asked for, 1 ... M.
template <int M, int N>
INLINE void TileOf(int64_t count, Rows rows, const float *packed, const float *start, int64_t start_step, float *out,
                   int64_t out_step) {
  if (count == M) return Tile<M, N>(rows, packed, start, start_step, out, out_step);
  if constexpr (M > 1) TileOf<M - 1, N>(count, rows, packed, start, start_step, out, out_step);
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
