// The forward loops of winograd.h, for vectors of WIDTH numbers.
#include "conv_ended.h"
#include "crew.h"
#include "tile.h"
#include "winograd_squares.h"

namespace {

// The vectors of filters, in blocks of those that are worked on together.
Groups Blocks(const WinogradSizes &sizes) { return Groups(VectorsFor(sizes.filters), kTileVectors); }
int64_t Padded(int64_t count) { return VectorsFor(count) * WIDTH; }

int64_t PackedSize(const WinogradSizes &sizes) { return kProducts * sizes.channels * Padded(sizes.filters); }

// 36 matrices [channels, filters], each block by block of filters.
template <typename Filter>
INLINE void PackAs(const WinogradSizes &sizes, int64_t channel, const Filter &filter, float *packed) {
  const Groups blocks = Blocks(sizes);
  const int64_t step = sizes.channels * Padded(sizes.filters);
  for (int64_t block = 0; block < blocks.count; block++) {
    const int64_t columns = blocks.Size(block) * WIDTH;
    float *to = packed + sizes.channels * blocks.First(block) * WIDTH + channel * columns;
    for (int64_t vector = 0; vector < blocks.Size(block); vector++, to += WIDTH) {
      const int64_t first = (blocks.First(block) + vector) * WIDTH;
      Vector numbers[9], halfway[kPoints * 3], products[kProducts];
      for (int i = 0; i < 9; i++) numbers[i] = filter(i, first, Least(WIDTH, sizes.filters - first));
      for (int c = 0; c < 3; c++) PointsOfFilter(numbers + c, 3, halfway + c, 3);
      for (int r = 0; r < kPoints; r++) PointsOfFilter(halfway + r * 3, 1, products + r * kPoints, 1);
      for (int i = 0; i < kProducts; i++) Store(to + i * step, products[i]);
    }
  }
}

void Pack(const WinogradSizes &sizes, const float *filters, int64_t channel, float *packed) {
  const auto filter = [&](int place, int64_t first, int64_t count) {
    return LoadSome(filters + (place * sizes.channels + channel) * sizes.filters + first, count);
  };
  PackAs(sizes, channel, filter, packed);
}

void PackTurned(const WinogradSizes &sizes, const float *filters, int64_t channel, float *packed) {
  const auto filter = [&](int place, int64_t first, int64_t count) {
    const float *from = filters + ((8 - place) * sizes.filters + first) * sizes.channels + channel;
    float numbers[WIDTH] = {};
    for (int64_t i = 0; i < count; i++) numbers[i] = from[i * sizes.channels];
    return Load(numbers);
  };
  PackAs(sizes, channel, filter, packed);
}

// So many that both factors stay in the second-nearest cache.
int64_t Together(const WinogradSizes &sizes) {
  constexpr int64_t kHeld = 1 << 17, kRows = kTileRows[1 < kTileVectors ? 2 : 1];  // floats
  const int64_t each = kProducts * (Padded(sizes.channels) + Padded(sizes.filters));
  const int64_t groups = kHeld / (each * kRows);
  return (groups < 1 ? 1 : groups > 8 ? 8 : groups) * kRows;
}

void Multiply(const WinogradSizes &sizes, const float *packed, const float *inputs, int64_t count, float *products) {
  const int64_t channels = Padded(sizes.channels), filters = Padded(sizes.filters);
  const int64_t in_step = MatrixStep(count, channels), out_step = MatrixStep(count, filters);
  for (int i = 0; i < kProducts; i++, inputs += in_step, products += out_step) {
    const Rows rows = {inputs, channels, 1, sizes.channels, 0};
    MultiplyPacked(rows, count, VectorsFor(sizes.filters), packed, products, filters);
    packed += sizes.channels * filters;
  }
}

void WriteResults(const WinogradSizes &sizes, const ConvEnd &end, const float *products, int64_t first,
                  int64_t count, float *y) {
  const int64_t padded = Padded(sizes.filters), step = MatrixStep(count, padded);
  for (int64_t i = 0; i < count; i++, products += padded) {
    const Square square(sizes, first + i);
    const int64_t corner = square.picture * sizes.result() + (square.row * sizes.out_width + square.column) * sizes.filters;
    const int64_t rows = Least(kOut, sizes.out_height - square.row), columns = Least(kOut, sizes.out_width - square.column);
    ForEachVector(sizes.filters, [&](int64_t filter, int64_t some) INLINE_LAMBDA {
      Vector halfway[kOut * kPoints];
      UNROLLED for (int c = 0; c < kPoints; c++) {
        Vector numbers[kPoints];
        UNROLLED for (int r = 0; r < kPoints; r++) numbers[r] = Load(products + (r * kPoints + c) * step + filter);
        ResultsOfPoints(numbers, 1, halfway + c, kPoints);
      }
      for (int64_t r = 0; r < rows; r++) {
        Vector results[kOut];
        ResultsOfPoints(halfway + r * kPoints, 1, results, 1);
        UNROLLED for (int c = 0; c < kOut; c++) {
          if (c >= columns) continue;
          const int64_t at = corner + (r * sizes.out_width + c) * sizes.filters + filter;
          StoreSome(y + at, Ended(end, results[c], at, filter, some), some);
        }
      }
    });
  }
}

void Forward(const WinogradSizes &sizes, const float *packed, const ConvEnd &end, const float *x, int64_t first,
             int64_t count, float *y) {
  float *const inputs = Scratch(4, kProducts * MatrixStep(count, Padded(sizes.channels)));
  float *const products = Scratch(5, kProducts * MatrixStep(count, Padded(sizes.filters)));
  TransformInputs(sizes, x, first, count, inputs);
  Multiply(sizes, packed, inputs, count, products);
  WriteResults(sizes, end, products, first, count, y);
}

}  // namespace

extern const WinogradForwardKernels AT_WIDTH(WinogradForward);
const WinogradForwardKernels AT_WIDTH(WinogradForward) = {PackedSize, Pack, PackTurned, Together, Forward};
