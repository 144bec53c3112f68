#include "max_pool.h"

#include <algorithm>

#include "check.h"

namespace {

void Check(const MaxPoolKernels &kernels, const PoolSizes &s) {
  Made picture(s.picture(), 3), dpooled(s.pooled());
  std::vector<double> largest(s.pooled(), -INFINITY), gradient(s.picture());
  std::vector<int> places(s.pooled());
  for (int64_t i = 0; i < s.pooled(); i++) {
    const int64_t channel = i % s.channels, row = i / s.channels / s.pooled_width * s.down - s.top;
    const int64_t column = i / s.channels % s.pooled_width * s.across - s.left;
    int64_t best = 0;
    for (int64_t place = 0; place < s.window_height * s.window_width; place++) {
      const int64_t r = row + place / s.window_width, c = column + place % s.window_width;
      if (r < 0 || r >= s.height || c < 0 || c >= s.width) continue;
      const int64_t at = (r * s.width + c) * s.channels + channel;
      if (picture[at] <= largest[i]) continue;
      largest[i] = picture[at];
      places[i] = static_cast<int>(place);
      best = at;
    }
    gradient[best] += dpooled[i];
  }
  Results pooled(s.pooled()), back(s.picture());
  Guarded<uint8_t> got(s.pooled());
  kernels.pool(s, picture, pooled, got);
  ExpectClose("pooled", pooled, largest);
  for (int64_t i = 0; i < s.pooled(); i++) {
    if (got[i] == places[i]) continue;
    std::fprintf(stderr, "place %d is %d, expected %d\n", static_cast<int>(i), got[i], places[i]);
    std::exit(1);
  }
  kernels.gradient(s, dpooled, got, back);
  ExpectClose("gradient", back, gradient);
}

}  // namespace

void CheckMaxPool(const MaxPoolKernels &kernels) {
  // Height, width and channels; windows; steps; rows above and columns before; pooled height and width.
  const PoolSizes cases[] = {{6, 6, 16, 2, 2, 2, 2, 0, 0, 3, 3}, {7, 5, 3, 2, 2, 2, 2, 0, 0, 3, 2},
                             {7, 7, 33, 3, 3, 2, 2, 1, 1, 4, 4}, {6, 8, 20, 3, 3, 2, 2, 0, 0, 3, 4},
                             {5, 5, 4, 3, 3, 1, 1, 1, 1, 5, 5},  {9, 4, 1, 2, 3, 4, 3, 0, 1, 3, 2},
                             {1, 1, 17, 1, 1, 1, 1, 0, 0, 1, 1}, {4, 4, 0, 2, 2, 2, 2, 0, 0, 2, 2}};
  for (const PoolSizes &sizes : cases) Check(kernels, sizes);
}
