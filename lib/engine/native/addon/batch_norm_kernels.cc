// The loops of batch_norm.h, for vectors of WIDTH numbers.
#include "batch_norm.h"
#include "some.h"

namespace {

// Calls `work(first channel, how many are left)` for vectors of channels; `whole` where they are full.
template <typename Whole, typename Rest>
INLINE void ForEachVector(int64_t channels, const Whole &whole, const Rest &rest) {
  int64_t channel = 0;
  for (; channel + WIDTH <= channels; channel += WIDTH) whole(channel);
  if (channel < channels) rest(channel, channels - channel);
}

// How many rows are added to sums of their own: one sum alone would wait for itself.
constexpr int kRows = 4;

// The sum over rows of `number(row)`.
template <typename Number>
INLINE Vector SumOver(int64_t rows, const Number &number) {
  Vector sums[kRows] = {};
  int64_t row = 0;
  for (; row + kRows <= rows; row += kRows) {
    for (int i = 0; i < kRows; i++) sums[i] += number(row + i);
  }
  for (; row < rows; row++) sums[0] += number(row);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

void Moments(int64_t rows, int64_t channels, const float *x, float *means, float *squares) {
  const float share = 1.0f / static_cast<float>(rows);
  const auto moments = [&](const auto &number, Vector *mean, Vector *square) INLINE_LAMBDA {
    *mean = SumOver(rows, number) * share;
    const Vector middle = *mean;
    *square = SumOver(rows, [&](int64_t row) INLINE_LAMBDA {
      const Vector difference = number(row) - middle;
      return difference * difference;
    });
  };
  ForEachVector(
      channels,
      [&](int64_t channel) INLINE_LAMBDA {
        Vector mean, square;
        moments([&](int64_t row) INLINE_LAMBDA { return Load(x + row * channels + channel); }, &mean, &square);
        Store(means + channel, mean);
        Store(squares + channel, square);
      },
      [&](int64_t channel, int64_t count) INLINE_LAMBDA {
        Vector mean, square;
        moments([&](int64_t row) INLINE_LAMBDA { return LoadSome(x + row * channels + channel, count); }, &mean,
                &square);
        StoreSome(means + channel, mean, count);
        StoreSome(squares + channel, square, count);
      });
}

// Calls `work(place, channel, count)` for each vector of each row.
template <typename Work>
INLINE void ForEachPlace(int64_t rows, int64_t channels, const Work &work) {
  for (int64_t row = 0; row < rows; row++) {
    ForEachVector(
        channels, [&](int64_t channel) INLINE_LAMBDA { work(row * channels + channel, channel, WIDTH); },
        [&](int64_t channel, int64_t count) INLINE_LAMBDA { work(row * channels + channel, channel, count); });
  }
}

void Scale(int64_t rows, int64_t channels, const float *x, const float *factors, const float *offsets,
           const float *more, bool relu, float *y) {
  const auto scaled = [&](int64_t at, int64_t channel, int64_t count) INLINE_LAMBDA {
    return LoadSome(x + at, count) * LoadSome(factors + channel, count) + LoadSome(offsets + channel, count);
  };
  const auto cut = [](Vector v) INLINE_LAMBDA { return v < 0.0f ? Vector{} : v; };
  if (more != nullptr && relu) {
    ForEachPlace(rows, channels, [&](int64_t at, int64_t channel, int64_t count) INLINE_LAMBDA {
      StoreSome(y + at, cut(scaled(at, channel, count) + LoadSome(more + at, count)), count);
    });
  } else if (more != nullptr) {
    ForEachPlace(rows, channels, [&](int64_t at, int64_t channel, int64_t count) INLINE_LAMBDA {
      StoreSome(y + at, scaled(at, channel, count) + LoadSome(more + at, count), count);
    });
  } else if (relu) {
    ForEachPlace(rows, channels, [&](int64_t at, int64_t channel, int64_t count) INLINE_LAMBDA {
      StoreSome(y + at, cut(scaled(at, channel, count)), count);
    });
  } else {
    ForEachPlace(rows, channels, [&](int64_t at, int64_t channel, int64_t count) INLINE_LAMBDA {
      StoreSome(y + at, scaled(at, channel, count), count);
    });
  }
}

void GradientSums(int64_t rows, int64_t channels, const float *x, const float *dy, const float *means, float *sums,
                  float *products) {
  const auto add = [&](int64_t channel, int64_t count) INLINE_LAMBDA {
    const Vector mean = LoadSome(means + channel, count);
    Vector all[kRows] = {}, multiplied[kRows] = {};
    const auto take = [&](int64_t row, int i) INLINE_LAMBDA {
      const Vector gradient = LoadSome(dy + row * channels + channel, count);
      all[i] += gradient;
      multiplied[i] += gradient * (LoadSome(x + row * channels + channel, count) - mean);
    };
    int64_t row = 0;
    for (; row + kRows <= rows; row += kRows) {
      for (int i = 0; i < kRows; i++) take(row + i, i);
    }
    for (; row < rows; row++) take(row, 0);
    StoreSome(sums + channel, (all[0] + all[1]) + (all[2] + all[3]), count);
    StoreSome(products + channel, (multiplied[0] + multiplied[1]) + (multiplied[2] + multiplied[3]), count);
  };
  ForEachVector(
      channels, [&](int64_t channel) INLINE_LAMBDA { add(channel, WIDTH); }, add);
}

void Gradient(int64_t rows, int64_t channels, const float *x, const float *dy, const float *means,
              const float *factors, const float *slopes, const float *offsets, float *dx) {
  ForEachPlace(rows, channels, [&](int64_t at, int64_t channel, int64_t count) INLINE_LAMBDA {
    const Vector difference = LoadSome(x + at, count) - LoadSome(means + channel, count);
    const Vector flat = difference * LoadSome(slopes + channel, count) + LoadSome(offsets + channel, count);
    StoreSome(dx + at, LoadSome(dy + at, count) * LoadSome(factors + channel, count) + flat, count);
  });
}

}  // namespace

extern const BatchNormKernels AT_WIDTH(BatchNorm);
const BatchNormKernels AT_WIDTH(BatchNorm) = {Moments, Scale, GradientSums, Gradient};
