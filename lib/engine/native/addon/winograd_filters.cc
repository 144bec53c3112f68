// The loops of winograd.h for the gradient of filters, for vectors of WIDTH numbers.
#include "crew.h"
#include "tile.h"
#include "winograd_squares.h"

namespace {

int64_t Padded(int64_t count) { return VectorsFor(count) * WIDTH; }

int64_t SumsSize(const WinogradSizes &sizes) { return kProducts * sizes.channels * Padded(sizes.filters); }

// The gradients of some squares at the points: 36 matrices [count, padded filters].
void TransformGradients(const WinogradSizes &sizes, const float *dy, int64_t first, int64_t count, float *to) {
  const float *const zeros = Zeros(sizes.filters);
  const int64_t padded = Padded(sizes.filters), step = MatrixStep(count, padded);
  for (int64_t i = 0; i < count; i++, to += padded) {
    const Square square(sizes, first + i);
    const Places<kOut> places(zeros, dy + square.picture * sizes.result(), sizes.out_height, sizes.out_width,
                              sizes.filters, square.row, square.column);
    ForEachVector(sizes.filters, [&](int64_t filter, int64_t some) INLINE_LAMBDA {
      Vector halfway[kPoints * kOut];
      UNROLLED for (int c = 0; c < kOut; c++) {
        Vector numbers[kOut];
        UNROLLED for (int r = 0; r < kOut; r++) numbers[r] = LoadSome(places.at[r * kOut + c] + filter, some);
        PointsOfGradients(numbers, 1, halfway + c, kOut);
      }
      UNROLLED for (int r = 0; r < kPoints; r++) {
        Vector row[kPoints];
        PointsOfGradients(halfway + r * kOut, 1, row, 1);
        UNROLLED for (int c = 0; c < kPoints; c++) Store(to + (r * kPoints + c) * step + filter, row[c]);
      }
    });
  }
}

void AddProducts(const WinogradSizes &sizes, const float *inputs, const float *gradients, int64_t count, float *sums) {
  const int64_t channels = Padded(sizes.channels), filters = Padded(sizes.filters);
  const int64_t in_step = MatrixStep(count, channels), out_step = MatrixStep(count, filters);
  for (int i = 0; i < kProducts; i++, inputs += in_step, gradients += out_step, sums += sizes.channels * filters) {
    AddOuterProducts(inputs, channels, sizes.channels, gradients, filters, VectorsFor(sizes.filters), count, sums);
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
