// The loops of winograd.h for the gradient of filters, for vectors of WIDTH numbers.
#include "crew.h"
#include "tile.h"
#include "winograd_squares.h"

namespace {

int64_t Padded(int64_t count) { return VectorsFor(count) * WIDTH; }

int64_t SumsSize(const WinogradSizes &sizes) { return kProducts * sizes.channels * Padded(sizes.filters); }

// The gradients of some squares at the points: 36 matrices [count, padded filters].
void TransformGradients(const WinogradSizes &sizes, const float *dy, int64_t first, int64_t count, float *to) {
  static const float zeros[WIDTH] = {};
  const int64_t padded = Padded(sizes.filters), step = MatrixStep(count, padded);
  for (int64_t i = 0; i < count; i++, to += padded) {
    const Square square(sizes, first + i);
    const Places<kOut> places(zeros, dy + square.picture * sizes.result(), sizes.out_height, sizes.out_width,
                              sizes.filters, square.row, square.column);
    for (int64_t filter = 0; filter < sizes.filters; filter += WIDTH) {
      Vector numbers[kOut * kOut], halfway[kPoints * kOut];
      for (int k = 0; k < kOut * kOut; k++) numbers[k] = places.Numbers(k, filter, sizes.filters - filter);
      for (int c = 0; c < kOut; c++) PointsOfGradients(numbers + c, kOut, halfway + c, kOut);
      for (int r = 0; r < kPoints; r++) {
        Vector row[kPoints];
        PointsOfGradients(halfway + r * kOut, 1, row, 1);
        for (int c = 0; c < kPoints; c++) Store(to + (r * kPoints + c) * step + filter, row[c]);
      }
    }
  }
}

// sums[m][n] += the sum over squares of inputs[square][m] * gradients[square][n], for M channels and N vectors.
template <int M, int N>
INLINE void AddTile(const float *inputs, int64_t channels, const float *gradients, int64_t filters, int64_t count,
                    float *sum) {
  Vector sums[M][N];
  for (int m = 0; m < M; m++) {
    for (int n = 0; n < N; n++) sums[m][n] = Load(sum + m * filters + n * WIDTH);
  }
  for (int64_t i = 0; i < count; i++, inputs += channels, gradients += filters) {
    Vector columns[N];
    for (int n = 0; n < N; n++) columns[n] = Load(gradients + n * WIDTH);
    for (int m = 0; m < M; m++) {
      const Vector factor = Spread(inputs[m]);
      for (int n = 0; n < N; n++) sums[m][n] += factor * columns[n];
    }
  }
  for (int m = 0; m < M; m++) {
    for (int n = 0; n < N; n++) Store(sum + m * filters + n * WIDTH, sums[m][n]);
  }
}

// The same for as many channels as are asked for, 1 ... M.
template <int M, int N>
INLINE void AddTileOf(int64_t wanted, const float *inputs, int64_t channels, const float *gradients, int64_t filters,
                      int64_t count, float *sum) {
  if (wanted == M) return AddTile<M, N>(inputs, channels, gradients, filters, count, sum);
  if constexpr (M > 1) AddTileOf<M - 1, N>(wanted, inputs, channels, gradients, filters, count, sum);
}

template <int N>
INLINE void AddBlock(const WinogradSizes &sizes, const float *inputs, const float *gradients, int64_t count,
                     float *sum) {
  const int64_t channels = Padded(sizes.channels), filters = Padded(sizes.filters);
  const Groups groups(sizes.channels, kTileRows[N]);
  for (int64_t group = 0; group < groups.count; group++) {
    const int64_t first = groups.First(group);
    AddTileOf<kTileRows[N], N>(groups.Size(group), inputs + first, channels, gradients, filters, count,
                               sum + first * filters);
  }
}

void AddProducts(const WinogradSizes &sizes, const float *inputs, const float *gradients, int64_t count, float *sums) {
  const Groups blocks(VectorsFor(sizes.filters), 2);
  const int64_t filters = Padded(sizes.filters);
  const int64_t in_step = MatrixStep(count, Padded(sizes.channels)), out_step = MatrixStep(count, filters);
  for (int i = 0; i < kProducts; i++, inputs += in_step, gradients += out_step, sums += sizes.channels * filters) {
    for (int64_t block = 0; block < blocks.count; block++) {
      const int64_t at = blocks.First(block) * WIDTH;
      if (blocks.Size(block) == 1) {
        AddBlock<1>(sizes, inputs, gradients + at, count, sums + at);
      } else {
        AddBlock<2>(sizes, inputs, gradients + at, count, sums + at);
      }
    }
  }
}

// So many squares at a time that both factors stay in the second-nearest cache.
int64_t Together(const WinogradSizes &sizes) {
  constexpr int64_t kHeld = 1 << 17;  // floats
  const int64_t count = kHeld / (kProducts * (Padded(sizes.channels) + Padded(sizes.filters)));
  return count < 16 ? 16 : count;
}

void Gradient(const WinogradSizes &sizes, const float *x, const float *dy, int64_t first, int64_t count, float *sums) {
  const int64_t together = Together(sizes);
  float *const inputs = Scratch(4, kProducts * MatrixStep(together, Padded(sizes.channels)));
  float *const gradients = Scratch(5, kProducts * MatrixStep(together, Padded(sizes.filters)));
  Clear(sums, SumsSize(sizes));
  const Groups groups(count, together);
  for (int64_t group = 0; group < groups.count; group++) {
    const int64_t from = first + groups.First(group), some = groups.Size(group);
    TransformInputs(sizes, x, from, some, inputs);
    TransformGradients(sizes, dy, from, some, gradients);
    AddProducts(sizes, inputs, gradients, some, sums);
  }
}

void Finish(const WinogradSizes &sizes, const float *sums, int64_t groups, int64_t channel, float *gradient) {
  const int64_t filters = Padded(sizes.filters), step = sizes.channels * filters, group_step = SumsSize(sizes);
  for (int64_t filter = 0; filter < sizes.filters; filter += WIDTH) {
    const float *from = sums + channel * filters + filter;
    Vector numbers[kProducts] = {}, halfway[3 * kPoints], results[9];
    for (int64_t group = 0; group < groups; group++, from += group_step) {
      for (int k = 0; k < kProducts; k++) numbers[k] += Load(from + k * step);
    }
    for (int c = 0; c < kPoints; c++) FilterOfPoints(numbers + c, kPoints, halfway + c, kPoints);
    for (int r = 0; r < 3; r++) FilterOfPoints(halfway + r * kPoints, 1, results + r * 3, 1);
    for (int i = 0; i < 9; i++) {
      StoreSome(gradient + (i * sizes.channels + channel) * sizes.filters + filter, results[i], sizes.filters - filter);
    }
  }
}

}  // namespace

extern const WinogradFiltersKernels AT_WIDTH(WinogradFilters);
const WinogradFiltersKernels AT_WIDTH(WinogradFilters) = {SumsSize, Gradient, Finish};
