// The loops of conv_pool.h for the gradient of pictures, for vectors of WIDTH numbers.
#include "conv_pool_turned.h"
#include "crew.h"

namespace {

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

// The same for as many vectors as are asked for, 1 ... R.
template <int R>
INLINE void AddSharesOf(int64_t vectors, const Share *shares, int64_t count, const float *turned, int64_t padded,
                        float *sum) {
  if (vectors == R) return AddShares<R>(shares, count, turned, padded, sum);
  if constexpr (R > 1) AddSharesOf<R - 1>(vectors, shares, count, turned, padded, sum);
}

void AddRun(int64_t vectors, const Share *shares, int64_t count, const float *turned, int64_t padded, float *sum) {
  for (; vectors > kSums; vectors -= kSums, turned += kSums * WIDTH, sum += kSums * WIDTH) {
    AddShares<kSums>(shares, count, turned, padded, sum);
  }
  AddSharesOf<kSums>(vectors, shares, count, turned, padded, sum);
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

}  // namespace

extern const ConvPoolPictureKernels AT_WIDTH(ConvPoolPicture) = {TurnedSize, Turn, PictureGradient};
