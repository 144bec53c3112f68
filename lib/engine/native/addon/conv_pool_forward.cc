// The forward loops of conv_pool.h, for vectors of WIDTH numbers.
#include "conv_pool.h"
#include "crew.h"
#include "tile.h"

namespace {

typedef uint8_t Bytes __attribute__((vector_size(WIDTH)));

// The vectors of filters, in blocks of those that are worked on together.
Groups Blocks(const ConvSizes &sizes) { return Groups(VectorsFor(sizes.filters), kTileVectors); }

int64_t Depth(const ConvSizes &sizes) { return sizes.filter_height * sizes.run(); }

// For each block its biases, then the filters' numbers one after another, both in vectors.
int64_t PackedSize(const ConvSizes &sizes) { return VectorsFor(sizes.filters) * WIDTH * (Depth(sizes) + 1); }

void Pack(const ConvSizes &sizes, const float *filters, const float *biases, float *packed) {
  const Groups blocks = Blocks(sizes);
  for (int64_t block = 0; block < blocks.count; block++) {
    const int64_t first = blocks.First(block) * WIDTH, columns = blocks.Size(block) * WIDTH;
    const int64_t used = sizes.filters - first < columns ? sizes.filters - first : columns;
    for (int64_t k = -1; k < Depth(sizes); k++, packed += columns) {
      const float *row = k < 0 ? biases : filters + k * sizes.filters;
      for (int64_t n = 0; n < used; n++) packed[n] = row[first + n];
      for (int64_t n = used; n < columns; n++) packed[n] = 0.0f;
    }
  }
}

// A row of the convolution's result, for one block of filters, in tiles of nearly equal size.
template <int N>
INLINE void RowOf(Rows rows, int64_t count, const float *packed, float *out, int64_t out_step) {
  const Groups groups(count, kTileRows[N]);
  for (int64_t group = 0; group < groups.count; group++) {
    const int64_t first = groups.First(group);
    const Rows these = {rows.from + first * rows.step, rows.step, rows.runs, rows.run, rows.run_step};
    TileOf<kTileRows[N], N>(groups.Size(group), these, packed + N * WIDTH, packed, 0, out + first * out_step, out_step);
  }
}

void Row(Rows rows, int64_t count, int64_t vectors, const float *packed, float *out, int64_t out_step) {
  switch (vectors) {
    case 1:
      return RowOf<1>(rows, count, packed, out, out_step);
    case 2:
      return RowOf<2>(rows, count, packed, out, out_step);
#if WIDTH == 16
    case 3:
      return RowOf<3>(rows, count, packed, out, out_step);
#endif
  }
}

INLINE void Copy(const float *from, int64_t count, float *to) {
  for (int64_t i = 0; i < count; i++) to[i] = from[i];
}
INLINE void Copy(const uint8_t *from, int64_t count, uint8_t *to) {
  for (int64_t i = 0; i < count; i++) to[i] = from[i];
}

// The largest of four vectors, the first of equals, a NaN before all; and which it was.
INLINE void Largest(const float *const from[4], Vector *largest, Whole *place) {
  *largest = Load(from[0]);
  *place = Whole{};
  for (int32_t i = 1; i < 4; i++) {
    const Vector next = Load(from[i]);
    const Whole is_larger = (next > *largest) | (next != next);
    *largest = is_larger ? next : *largest;
    *place = is_larger ? i - Whole{} : *place;
  }
}

// One number of the pooled result for each filter, from a square of the convolution's.
INLINE void Pool(const float *const square[4], int64_t filters, float *pooled, Place *places) {
  for (int64_t n = 0; n < filters; n += WIDTH) {
    const float *const from[4] = {square[0] + n, square[1] + n, square[2] + n, square[3] + n};
    Vector largest;
    Whole place;
    Largest(from, &largest, &place);
    const Bytes bytes = __builtin_convertvector(place, Bytes);
    if (n + WIDTH <= filters) {
      Store(pooled + n, largest);
      __builtin_memcpy(places + n, &bytes, WIDTH);
      continue;
    }
    float numbers[WIDTH];
    uint8_t indices[WIDTH];
    Store(numbers, largest);
    __builtin_memcpy(indices, &bytes, WIDTH);
    Copy(numbers, filters - n, pooled + n);
    Copy(indices, filters - n, places + n);
  }
}

void Forward(const ConvSizes &sizes, const float *packed, const float *picture, float *pooled, Place *places) {
  const Groups blocks = Blocks(sizes);
  const int64_t columns = 2 * sizes.pooled_width(), line = sizes.width * sizes.channels;
  const int64_t step = blocks.things * WIDTH;
  float *const rows = Scratch(4, 2 * columns * step);
  for (int64_t pooled_row = 0; pooled_row < sizes.pooled_height(); pooled_row++) {
    const float *filters = packed;
    for (int64_t block = 0; block < blocks.count; block++) {
      const int64_t vectors = blocks.Size(block);
      for (int64_t row = 0; row < 2; row++) {
        const float *from = picture + (2 * pooled_row + row) * line;
        float *out = rows + row * columns * step + blocks.First(block) * WIDTH;
        Row({from, sizes.channels, sizes.filter_height, sizes.run(), line}, columns, vectors, filters, out, step);
      }
      filters += vectors * WIDTH * (Depth(sizes) + 1);
    }
    for (int64_t column = 0; column < sizes.pooled_width(); column++) {
      const float *top = rows + 2 * column * step, *below = top + columns * step;
      const float *const square[4] = {top, top + step, below, below + step};
      Pool(square, sizes.filters, pooled, places);
      pooled += sizes.filters;
      places += sizes.filters;
    }
  }
}

}  // namespace

extern const ConvPoolForwardKernels AT_WIDTH(ConvPoolForward) = {PackedSize, Pack, Forward};
