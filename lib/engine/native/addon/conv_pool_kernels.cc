// The loops of conv_pool.h, for vectors of WIDTH numbers.
#include "conv_pool.h"

#include "crew.h"
#include "tile.h"

namespace {

typedef uint8_t Bytes __attribute__((vector_size(WIDTH)));

// ---- forward -------------------------------------------------------------------------------------------------

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

// ---- gradients -----------------------------------------------------------------------------------------------

// The filters, turned: for each filter and each of its rows a run of numbers, in vectors.
int64_t TurnedRun(const ConvSizes &sizes) { return VectorsFor(sizes.run()) * WIDTH; }
int64_t TurnedSize(const ConvSizes &sizes) { return sizes.filter_height * sizes.filters * TurnedRun(sizes); }

// Here the row of the filter comes first: one row of all filters is read over and over.
void Turn(const ConvSizes &sizes, const float *filters, float *turned) {
  const int64_t run = sizes.run(), padded = TurnedRun(sizes);
  for (int64_t row = 0; row < sizes.filter_height; row++) {
    for (int64_t filter = 0; filter < sizes.filters; filter++, turned += padded) {
      const float *from = filters + row * run * sizes.filters + filter;
      for (int64_t i = 0; i < run; i++) turned[i] = from[i * sizes.filters];
      for (int64_t i = run; i < padded; i++) turned[i] = 0.0f;
    }
  }
}

// One number of a gradient that is not zero: of which filter.
struct Share {
  float value;
  int32_t filter;
};

// sum[0 ... R - 1] += the shares' values times their filters, for R vectors.
template <int R>
INLINE void AddShares(const Share *shares, int64_t count, const float *turned, int64_t padded, float *sum) {
  Vector sums[R];
  for (int r = 0; r < R; r++) sums[r] = Load(sum + r * WIDTH);
  for (int64_t i = 0; i < count; i++) {
    const Vector value = Spread(shares[i].value);
    const float *filter = turned + shares[i].filter * padded;
    for (int r = 0; r < R; r++) sums[r] += value * Load(filter + r * WIDTH);
  }
  for (int r = 0; r < R; r++) Store(sum + r * WIDTH, sums[r]);
}

constexpr int kSums = 8;

void AddRun(int64_t vectors, const Share *shares, int64_t count, const float *turned, int64_t padded, float *sum) {
  for (; vectors > kSums; vectors -= kSums, turned += kSums * WIDTH, sum += kSums * WIDTH) {
    AddShares<kSums>(shares, count, turned, padded, sum);
  }
  switch (vectors) {
    case 1:
      return AddShares<1>(shares, count, turned, padded, sum);
    case 2:
      return AddShares<2>(shares, count, turned, padded, sum);
    case 3:
      return AddShares<3>(shares, count, turned, padded, sum);
    case 4:
      return AddShares<4>(shares, count, turned, padded, sum);
    case 5:
      return AddShares<5>(shares, count, turned, padded, sum);
    case 6:
      return AddShares<6>(shares, count, turned, padded, sum);
    case 7:
      return AddShares<7>(shares, count, turned, padded, sum);
    case 8:
      return AddShares<8>(shares, count, turned, padded, sum);
  }
}

// The shares of the four places of a square: which numbers of the pooled gradient came from there.
INLINE void Sort(const float *dpooled, const Place *places, int64_t filters, Share *shares, int64_t counts[4]) {
  for (int i = 0; i < 4; i++) counts[i] = 0;
  for (int64_t filter = 0; filter < filters; filter++) {
    const int place = places[filter] & 3;
    shares[place * filters + counts[place]] = {dpooled[filter], static_cast<int32_t>(filter)};
    counts[place] += dpooled[filter] != 0.0f;
  }
}

// How many shares there is room for at a time: about what the second-nearest cache holds.
constexpr int64_t kSharesTogether = 8192;

void PictureGradient(const ConvSizes &sizes, const float *turned, const float *dpooled, const Place *places,
                     float *gradient) {
  const int64_t line = sizes.width * sizes.channels, padded = TurnedRun(sizes), filters = sizes.filters;
  const int64_t room = 4 * filters, together = 0 < room && room < kSharesTogether ? kSharesTogether / room : 1;
  for (int64_t i = 0; i < sizes.picture() + kSlack; i++) gradient[i] = 0.0f;
  Share *const shares = reinterpret_cast<Share *>(Scratch(5, together * room * sizeof(Share) / sizeof(float)));
  int64_t *const counts = reinterpret_cast<int64_t *>(Scratch(6, together * 4 * sizeof(int64_t) / sizeof(float)));
  for (int64_t first = 0; first < sizes.squares(); first += together) {
    const int64_t end = first + together < sizes.squares() ? first + together : sizes.squares();
    for (int64_t i = first; i < end; i++) {
      Sort(dpooled + i * filters, places + i * filters, filters, shares + (i - first) * room, counts + (i - first) * 4);
    }
    for (int64_t filter_row = 0; filter_row < sizes.filter_height; filter_row++) {
      const float *rows = turned + filter_row * filters * padded;
      for (int64_t i = first; i < end; i++) {
        const int64_t row = i / sizes.pooled_width(), column = i % sizes.pooled_width();
        float *corner = gradient + (2 * row + filter_row) * line + 2 * column * sizes.channels;
        for (int64_t place = 0; place < 4; place++) {
          const int64_t at = (i - first) * 4 + place;
          if (counts[at] == 0) continue;
          float *sum = corner + (place >> 1) * line + (place & 1) * sizes.channels;
          AddRun(padded / WIDTH, shares + at * filters, counts[at], rows, padded, sum);
        }
      }
    }
  }
}

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

void AddFilter(const ConvSizes &sizes, const Patch *patches, int64_t count, float *sum) {
  const int64_t rows = sizes.filter_height, line = sizes.width * sizes.channels, padded = TurnedRun(sizes);
  int64_t vectors = padded / WIDTH, offset = 0;
  for (; vectors > kSums; vectors -= kSums, offset += kSums * WIDTH) {
    AddRows<1, kSums>(rows, patches, count, offset, line, sum + offset, padded);
  }
  switch (vectors) {
    case 1:
      if (rows % 5 == 0) return AddRows<5, 1>(rows, patches, count, offset, line, sum + offset, padded);
      return AddRows<3, 1>(rows, patches, count, offset, line, sum + offset, padded);
    case 2:
      return AddRows<3, 2>(rows, patches, count, offset, line, sum + offset, padded);
    case 3:
      return AddRows<2, 3>(rows, patches, count, offset, line, sum + offset, padded);
    case 4:
      return AddRows<2, 4>(rows, patches, count, offset, line, sum + offset, padded);
    case 5:
      return AddRows<1, 5>(rows, patches, count, offset, line, sum + offset, padded);
    case 6:
      return AddRows<1, 6>(rows, patches, count, offset, line, sum + offset, padded);
    case 7:
      return AddRows<1, 7>(rows, patches, count, offset, line, sum + offset, padded);
    case 8:
      return AddRows<1, 8>(rows, patches, count, offset, line, sum + offset, padded);
  }
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

extern const ConvPoolKernels AT_WIDTH(ConvPool) = {
    PackedSize, Pack, Forward, TurnedSize, Turn, PictureGradient, FilterGradient, TurnBack,
};
