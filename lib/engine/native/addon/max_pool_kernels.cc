// The loops of max_pool.h, for vectors of WIDTH numbers.
#include "max_pool.h"
#include "some.h"

namespace {

typedef uint8_t Bytes __attribute__((vector_size(WIDTH)));

INLINE void StorePlaces(uint8_t *to, Whole places, int64_t count) {
  const Bytes bytes = __builtin_convertvector(places, Bytes);
  if (count >= WIDTH) {
    __builtin_memcpy(to, &bytes, WIDTH);
  } else {
    for (int64_t i = 0; i < count; i++) to[i] = bytes[i];
  }
}
INLINE Whole LoadPlaces(const uint8_t *from, int64_t count) {
  Bytes bytes = {};
  if (count >= WIDTH) {
    __builtin_memcpy(&bytes, from, WIDTH);
  } else {
    for (int64_t i = 0; i < count; i++) bytes[i] = from[i];
  }
  return __builtin_convertvector(bytes, Whole);
}

// What of a window lies in the picture, and where the window begins: possibly outside.
struct Window {
  int64_t row, column, first_row, first_column, end_row, end_column;

  Window(const PoolSizes &s, int64_t pooled_row, int64_t pooled_column)
      : row(pooled_row * s.down - s.top),
        column(pooled_column * s.across - s.left),
        first_row(row < 0 ? 0 : row),
        first_column(column < 0 ? 0 : column),
        end_row(Least(row + s.window_height, s.height)),
        end_column(Least(column + s.window_width, s.width)) {}

  // Calls `work(offset in the picture, place in the window)` for each place that lies in the picture.
  template <typename Work>
  INLINE_MEMBER void ForEach(const PoolSizes &s, const Work &work) const {
    for (int64_t r = first_row; r < end_row; r++) {
      for (int64_t c = first_column; c < end_column; c++) {
        work((r * s.width + c) * s.channels, static_cast<int32_t>((r - row) * s.window_width + c - column));
      }
    }
  }
};

// Calls `work(window, offset of the pooled number, channel, count)` for each vector of pooled numbers.
template <typename Work>
INLINE void ForEachWindow(const PoolSizes &s, const Work &work) {
  for (int64_t row = 0; row < s.pooled_height; row++) {
    for (int64_t column = 0; column < s.pooled_width; column++) {
      const Window window(s, row, column);
      const int64_t at = (row * s.pooled_width + column) * s.channels;
      int64_t channel = 0;
      for (; channel + WIDTH <= s.channels; channel += WIDTH) work(window, at + channel, channel, WIDTH);
      if (channel < s.channels) work(window, at + channel, channel, s.channels - channel);
    }
  }
}

void Pool(const PoolSizes &s, const float *picture, float *pooled, uint8_t *places) {
  ForEachWindow(s, [&](const Window &window, int64_t at, int64_t channel, int64_t count) INLINE_LAMBDA {
    const int64_t first = (window.first_row * s.width + window.first_column) * s.channels + channel;
    Vector largest = LoadSome(picture + first, count);
    const int64_t first_place = (window.first_row - window.row) * s.window_width + window.first_column - window.column;
    Whole place = static_cast<int32_t>(first_place) - Whole{};
    window.ForEach(s, [&](int64_t offset, int32_t i) INLINE_LAMBDA {
      const Vector next = LoadSome(picture + offset + channel, count);
      const Whole is_larger = (next > largest) | ((next != next) & (largest == largest));
      largest = is_larger ? next : largest;
      place = is_larger ? i - Whole{} : place;
    });
    StoreSome(pooled + at, largest, count);
    StorePlaces(places + at, place, count);
  });
}

void Gradient(const PoolSizes &s, const float *dpooled, const uint8_t *places, float *gradient) {
  const bool overlaps = s.down < s.window_height || s.across < s.window_width;
  const bool covers = s.down <= s.window_height && s.across <= s.window_width &&
                      s.pooled_height * s.down - s.top >= s.height && s.pooled_width * s.across - s.left >= s.width;
  if (overlaps || !covers) Clear(gradient, s.picture());
  if (overlaps) {
    ForEachWindow(s, [&](const Window &window, int64_t at, int64_t channel, int64_t count) INLINE_LAMBDA {
      const Vector d = LoadSome(dpooled + at, count);
      const Whole place = LoadPlaces(places + at, count);
      window.ForEach(s, [&](int64_t offset, int32_t i) INLINE_LAMBDA {
        float *const to = gradient + offset + channel;
        StoreSome(to, LoadSome(to, count) + (place == i ? d : Vector{}), count);
      });
    });
  } else {
    ForEachWindow(s, [&](const Window &window, int64_t at, int64_t channel, int64_t count) INLINE_LAMBDA {
      const Vector d = LoadSome(dpooled + at, count);
      const Whole place = LoadPlaces(places + at, count);
      window.ForEach(s, [&](int64_t offset, int32_t i) INLINE_LAMBDA {
        StoreSome(gradient + offset + channel, place == i ? d : Vector{}, count);
      });
    });
  }
}

}  // namespace

extern const MaxPoolKernels AT_WIDTH(MaxPool);
const MaxPoolKernels AT_WIDTH(MaxPool) = {Pool, Gradient};
