#include "conv_pool.h"

#include <algorithm>

#include "check.h"

namespace {

// The results and gradients of a batch, number by number; the places are taken as they came.
struct Plain {
  std::vector<double> pooled, dx, dfilters;

  Plain(const ConvSizes &s, int64_t batch, const float *x, const float *filters, const float *biases,
        const float *dpooled, const Place *places)
      : pooled(batch * s.pooled()), dx(batch * s.picture()), dfilters(s.filter_height * s.run() * s.filters) {
    for (int64_t i = 0; i < batch * s.pooled(); i++) {
      const int64_t filter = i % s.filters, column = i / s.filters % s.pooled_width();
      const int64_t row = i / s.filters / s.pooled_width() % s.pooled_height(), picture = i / s.pooled();
      double largest = -INFINITY;
      for (int64_t place = 0; place < 4; place++) {
        double sum = biases[filter];
        const int64_t corner = Corner(s, picture, 2 * row + place / 2, 2 * column + place % 2);
        for (int64_t k = 0; k < s.filter_height * s.run(); k++) {
          const int64_t from = corner + k / s.run() * s.width * s.channels + k % s.run();
          sum += static_cast<double>(x[from]) * filters[k * s.filters + filter];
          if (place != places[i]) continue;
          dx[from] += static_cast<double>(dpooled[i]) * filters[k * s.filters + filter];
          dfilters[k * s.filters + filter] += static_cast<double>(dpooled[i]) * x[from];
        }
        largest = std::max(largest, sum);
      }
      pooled[i] = largest;
    }
  }
  static int64_t Corner(const ConvSizes &s, int64_t picture, int64_t row, int64_t column) {
    return picture * s.picture() + (row * s.width + column) * s.channels;
  }
};

// The loops at one width.
struct Kernels {
  const ConvPoolForwardKernels &forward;
  const ConvPoolPictureKernels &picture;
  const ConvPoolFiltersKernels &filters;
};

void Check(const Kernels &kernels, const ConvSizes &s, int64_t batch) {
  Made x(batch * s.picture()), filters(s.filter_height * s.run() * s.filters), biases(s.filters);
  Made dpooled(batch * s.pooled(), 2);
  Results packed(kernels.forward.packed_size(s)), turned(kernels.picture.turned_size(s)), pooled(batch * s.pooled());
  Results dx(s.picture() + kSlack), dfilters(filters.count());
  Guarded<Place> places(batch * s.pooled());
  kernels.forward.pack(s, filters, biases, packed);
  for (int64_t i = 0; i < batch; i++) {
    const int64_t at = i * s.pooled();
    kernels.forward.run(s, packed, x + i * s.picture(), pooled + at, places + at);
  }
  const Plain plain(s, batch, x, filters, biases, dpooled, places);
  ExpectClose("pooled", pooled, plain.pooled);

  kernels.picture.turn(s, filters, turned);
  for (int64_t i = 0; i < batch; i++) {
    const int64_t at = i * s.pooled();
    kernels.picture.run(s, turned, dpooled + at, places + at, dx);
    const auto begin = plain.dx.begin() + i * s.picture();
    ExpectClose("dx", dx, std::vector<double>(begin, begin + s.picture()));
  }

  Results roomy(batch * s.picture() + kSlack);
  std::copy_n(static_cast<float *>(x), x.count(), static_cast<float *>(roomy));
  std::vector<const float *> pictures;
  for (int64_t i = 0; i < batch; i++) pictures.push_back(roomy + i * s.picture());
  std::fill_n(static_cast<float *>(turned), turned.count(), 0.0f);
  const int64_t half = s.filters / 2;
  kernels.filters.run(s, batch, pictures.data(), dpooled, places, 0, half, turned);
  kernels.filters.run(s, batch, pictures.data(), dpooled, places, half, s.filters - half, turned);
  for (int64_t row = 0; row < s.filter_height; row++) kernels.filters.turn_back(s, turned, row, dfilters);
  ExpectClose("dfilters", dfilters, plain.dfilters);
}

}  // namespace

void CheckConvPool(const ConvPoolForwardKernels &forward, const ConvPoolPictureKernels &picture,
                   const ConvPoolFiltersKernels &filters) {
  const ConvSizes cases[] = {{6, 6, 1, 3, 3, 1},   {7, 5, 2, 3, 2, 3},   {9, 9, 3, 5, 5, 17}, {4, 4, 1, 4, 4, 2},
                             {5, 5, 70, 3, 3, 65}, {6, 7, 33, 2, 3, 49}, {3, 8, 2, 3, 1, 5},  {3, 3, 150, 1, 1, 20},
                             {6, 6, 1, 3, 3, 0},   {6, 6, 0, 3, 3, 2}};
  for (const ConvSizes &sizes : cases) {
    for (const int64_t batch : {0, 1, 3}) Check({forward, picture, filters}, sizes, batch);
  }
}
