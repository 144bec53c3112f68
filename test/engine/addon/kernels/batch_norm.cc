#include "batch_norm.h"

#include <algorithm>

#include "check.h"

namespace {

void Check(const BatchNormKernels &kernels, int64_t rows, int64_t channels) {
  const int64_t count = rows * channels;
  Made x(count), dy(count), more(count), means(channels), factors(channels), offsets(channels), slopes(channels);
  std::vector<double> mean(channels), squares(channels), sums(channels), products(channels);
  std::vector<double> scaled(count), ended(count), gradient(count);
  for (int64_t i = 0; i < count; i++) mean[i % channels] += static_cast<double>(x[i]) / static_cast<double>(rows);
  for (int64_t i = 0; i < count; i++) {
    const int64_t channel = i % channels;
    const double difference = static_cast<double>(x[i]) - means[channel];
    squares[channel] += (x[i] - mean[channel]) * (x[i] - mean[channel]);
    sums[channel] += dy[i];
    products[channel] += dy[i] * difference;
    scaled[i] = static_cast<double>(x[i]) * factors[channel] + offsets[channel];
    ended[i] = std::max(0.0, scaled[i] + more[i]);
    gradient[i] = static_cast<double>(dy[i]) * factors[channel] + difference * slopes[channel] + offsets[channel];
  }
  Results got(channels), got_more(channels), y(count);
  if (rows > 0) {
    kernels.moments(rows, channels, x, got, got_more);
    ExpectClose("means", got, mean);
    ExpectClose("squares", got_more, squares);
  }
  kernels.scale(rows, channels, x, factors, offsets, nullptr, false, y);
  ExpectClose("y", y, scaled);
  kernels.scale(rows, channels, x, factors, offsets, more, true, y);
  ExpectClose("y with more and ReLU", y, ended);
  kernels.gradient_sums(rows, channels, x, dy, means, got, got_more);
  ExpectClose("sums", got, sums);
  ExpectClose("products", got_more, products);
  kernels.gradient(rows, channels, x, dy, means, factors, slopes, offsets, y);
  ExpectClose("dx", y, gradient);
}

}  // namespace

void CheckBatchNorm(const BatchNormKernels &kernels) {
  for (const int64_t rows : {0, 1, 3, 4, 70}) {
    for (const int64_t channels : {1, 3, 4, 16, 21, 32, 65}) Check(kernels, rows, channels);
  }
}
