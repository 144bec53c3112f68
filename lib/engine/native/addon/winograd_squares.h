// Winograd's transforms for F(4 x 4, 3 x 3), for vectors of WIDTH channels. Polynomials are taken at 0, +-5/8, +-3/2
// and infinity, which loses fewer digits than whole numbers would.
#pragma once

#include "crew.h"
#include "some.h"
#include "winograd.h"

constexpr int kPoints = 6, kProducts = kPoints * kPoints, kOut = 4;
constexpr float kA = 0.625f, kB = 1.5f, kA2 = kA * kA, kB2 = kB * kB;

// Six inputs at the points.
INLINE void PointsOfInputs(const Vector *in, int step, Vector *out, int out_step) {
  const Vector d0 = in[0], d1 = in[step], d2 = in[2 * step], d3 = in[3 * step], d4 = in[4 * step], d5 = in[5 * step];
  const Vector even_a = d4 - kB2 * d2, odd_a = d3 - kB2 * d1, even_b = d4 - kA2 * d2, odd_b = d3 - kA2 * d1;
  out[0] = kA2 * kB2 * d0 - (kA2 + kB2) * d2 + d4;
  out[out_step] = even_a + kA * odd_a;
  out[2 * out_step] = even_a - kA * odd_a;
  out[3 * out_step] = even_b + kB * odd_b;
  out[4 * out_step] = even_b - kB * odd_b;
  out[5 * out_step] = kA2 * kB2 * d1 - (kA2 + kB2) * d3 + d5;
}

// The four results of products at the points.
INLINE void ResultsOfPoints(const Vector *in, int step, Vector *out, int out_step) {
  const Vector sum_a = in[step] + in[2 * step], less_a = in[step] - in[2 * step];
  const Vector sum_b = in[3 * step] + in[4 * step], less_b = in[3 * step] - in[4 * step];
  out[0] = in[0] + sum_a + sum_b;
  out[out_step] = kA * less_a + kB * less_b;
  out[2 * out_step] = kA2 * sum_a + kB2 * sum_b;
  out[3 * out_step] = kA2 * kA * less_a + kB2 * kB * less_b + in[5 * step];
}

// The same read backwards: four gradients of results at the points.
INLINE void PointsOfGradients(const Vector *in, int step, Vector *out, int out_step) {
  const Vector even_a = in[0] + kA2 * in[2 * step], odd_a = kA * in[step] + kA2 * kA * in[3 * step];
  const Vector even_b = in[0] + kB2 * in[2 * step], odd_b = kB * in[step] + kB2 * kB * in[3 * step];
  out[0] = in[0];
  out[out_step] = even_a + odd_a;
  out[2 * out_step] = even_a - odd_a;
  out[3 * out_step] = even_b + odd_b;
  out[4 * out_step] = even_b - odd_b;
  out[5 * out_step] = in[3 * step];
}

// What the products of a filter are divided by.
constexpr float kAt0 = 1 / (kA2 * kB2), kAtA = 1 / (2 * kA2 * (kA2 - kB2)), kAtB = 1 / (2 * kB2 * (kB2 - kA2));

// The three numbers of a filter at the points, and a gradient of a filter from there.
INLINE void PointsOfFilter(const Vector *in, int step, Vector *out, int out_step) {
  const Vector even_a = kAtA * in[0] + kAtA * kA2 * in[2 * step], odd_a = kAtA * kA * in[step];
  const Vector even_b = kAtB * in[0] + kAtB * kB2 * in[2 * step], odd_b = kAtB * kB * in[step];
  out[0] = kAt0 * in[0];
  out[out_step] = even_a + odd_a;
  out[2 * out_step] = even_a - odd_a;
  out[3 * out_step] = even_b + odd_b;
  out[4 * out_step] = even_b - odd_b;
  out[5 * out_step] = in[2 * step];
}
INLINE void FilterOfPoints(const Vector *in, int step, Vector *out, int out_step) {
  const Vector sum_a = kAtA * (in[step] + in[2 * step]), less_a = kAtA * (in[step] - in[2 * step]);
  const Vector sum_b = kAtB * (in[3 * step] + in[4 * step]), less_b = kAtB * (in[3 * step] - in[4 * step]);
  out[0] = kAt0 * in[0] + sum_a + sum_b;
  out[out_step] = kA * less_a + kB * less_b;
  out[2 * out_step] = kA2 * sum_a + kB2 * sum_b + in[5 * step];
}

// A square's place in a batch.
struct Square {
  int64_t picture, row, column;  // of its results
  INLINE_MEMBER Square(const WinogradSizes &sizes, int64_t index)
      : picture(index / sizes.squares()),
        row(index % sizes.squares() / sizes.squares_across() * kOut),
        column(index % sizes.squares() % sizes.squares_across() * kOut) {}
};

// As many zeros as there are channels.
INLINE const float *Zeros(int64_t channels) {
  float *const zeros = Scratch(6, channels);
  Clear(zeros, channels);
  return zeros;
}

// Where the numbers of a square in a picture lie, and zeros where they would lie outside.
template <int SIDE>
struct Places {
  const float *at[SIDE * SIDE];

  INLINE_MEMBER Places(const float *zeros, const float *picture, int64_t height, int64_t width, int64_t channels,
                       int64_t row, int64_t column) {
    for (int r = 0; r < SIDE; r++) {
      const float *const line = picture + ((row + r) * width + column) * channels;
      const bool is_row_inside = row + r >= 0 && row + r < height;
      for (int c = 0; c < SIDE; c++) {
        const bool is_inside = is_row_inside & (column + c >= 0) & (column + c < width);
        at[r * SIDE + c] = is_inside ? line + c * channels : zeros;
      }
    }
  }
};

// Calls `work(channel, count)` for the vectors of some channels: the last may have fewer than WIDTH.
template <typename Work>
INLINE void ForEachVector(int64_t channels, const Work &work) {
  int64_t channel = 0;
  for (; channel + WIDTH <= channels; channel += WIDTH) work(channel, WIDTH);
  if (channel < channels) work(channel, channels - channel);
}

// How far apart the matrices of a factor lie: not a power of two, or they would share few lines of the cache.
INLINE int64_t MatrixStep(int64_t rows, int64_t columns) { return rows * columns + 16; }

// The inputs of some squares at the points: 36 matrices [count, padded channels].
INLINE void TransformInputs(const WinogradSizes &sizes, const float *x, int64_t first, int64_t count, float *to) {
  const float *const zeros = Zeros(sizes.channels);
  const int64_t padded = VectorsFor(sizes.channels) * WIDTH, step = MatrixStep(count, padded);
  for (int64_t i = 0; i < count; i++, to += padded) {
    const Square square(sizes, first + i);
    const Places<kPoints> places(zeros, x + square.picture * sizes.picture(), sizes.height, sizes.width, sizes.channels,
                                 square.row - sizes.top, square.column - sizes.left);
    ForEachVector(sizes.channels, [&](int64_t channel, int64_t some) INLINE_LAMBDA {
      Vector halfway[kProducts];
      UNROLLED for (int c = 0; c < kPoints; c++) {
        Vector numbers[kPoints];
        UNROLLED for (int r = 0; r < kPoints; r++) numbers[r] = LoadSome(places.at[r * kPoints + c] + channel, some);
        PointsOfInputs(numbers, 1, halfway + c, kPoints);
      }
      UNROLLED for (int r = 0; r < kPoints; r++) {
        Vector row[kPoints];
        PointsOfInputs(halfway + r * kPoints, 1, row, 1);
        UNROLLED for (int c = 0; c < kPoints; c++) Store(to + (r * kPoints + c) * step + channel, row[c]);
      }
    });
  }
}
