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

// out[m * out_step + n] = start[n] + the sum over k of rows[m][k] * packed[k][n], for M rows and N vectors of columns.
// `packed` has N vectors for each k, `start` N vectors.
template <int M, int N>
INLINE void Tile(Rows rows, const float *packed, const float *start, float *out, int64_t out_step) {
  Vector sums[M][N];
  for (int m = 0; m < M; m++) {
    for (int n = 0; n < N; n++) sums[m][n] = Load(start + n * WIDTH);
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
