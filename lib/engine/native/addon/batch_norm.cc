// The operations InkwellMoments, InkwellScale and InkwellBatchNormGrad: batch normalisation over all axes but the last,
// as a layer has it in training, in two steps, and its gradient. The layer calls them (lib/engine/batch-norm.ts);
// compile() adds to the second what comes after, and also puts it where numbers are scaled and shifted (scale-rules.ts).
#include "batch_norm.h"

#include <algorithm>
#include <cmath>

#include "crew.h"
#include "operation.h"
#include "operations.h"

namespace {

const BatchNormKernels &Kernels() {
  static const BatchNormKernels &kernels = WIDEST(BatchNorm);
  return kernels;
}

// Rows in blocks, whatever the number of threads: sums of blocks are added in their order.
struct Blocks {
  int64_t rows, channels, count;

  Blocks(int64_t rows, int64_t channels) : rows(rows), channels(channels) {
    constexpr int64_t kNumbers = 1 << 14;
    const int64_t together = std::max<int64_t>(kNumbers / std::max<int64_t>(channels, 1), 16);
    count = (rows + together - 1) / together;
  }
  int64_t First(int64_t block) const { return block * rows / count; }
  int64_t Size(int64_t block) const { return First(block + 1) - First(block); }

  // Calls `work(block, where it begins, how many rows it has)`.
  template <typename Work>
  void ForEach(const Work &work) const {
    ForEachPart(count, [&](int64_t block) { work(block, First(block) * channels, Size(block)); });
  }
};

// What the attributes of a node of InkwellMoments say.
struct Numbers {
  float epsilon, momentum;
};

void *ReadNumbers(const Operation &operation, TF_OpKernelConstruction *construction) {
  Numbers numbers{};
  if (!FloatNumber(operation, construction, "epsilon", &numbers.epsilon) ||
      !FloatNumber(operation, construction, "momentum", &numbers.momentum)) {
    return nullptr;
  }
  return new Numbers(numbers);
}
void DeleteNumbers(void *numbers) { delete static_cast<Numbers *>(numbers); }

// Of a batch the means, 1 / sqrt(variance + epsilon), the factors and offsets that normalise, scale and shift it, and
// the averages, moved towards its means and unbiased variances.
void TakeMoments(const void *made, Run &run) {
  const Numbers &numbers = *static_cast<const Numbers *>(made);
  const int64_t channels = run.Size(1, 0);
  const Matrix x = run.Rows(0, channels);
  const float *scales = run.Floats(1, {channels}), *shifts = run.Floats(2, {channels});
  const float *old_means = run.Floats(3, {channels}), *old_variances = run.Floats(4, {channels});
  float *means = run.FloatsOut(0, {channels}), *roots = run.FloatsOut(1, {channels});
  float *factors = run.FloatsOut(2, {channels}), *offsets = run.FloatsOut(3, {channels});
  float *moved_means = run.FloatsOut(4, {channels}), *moved_variances = run.FloatsOut(5, {channels});
  if (!run.ok()) return;
  const Blocks blocks(x.rows, channels);
  float *const block_means = Scratch(0, blocks.count * channels);
  float *const block_squares = Scratch(1, blocks.count * channels);
  blocks.ForEach([&](int64_t block, int64_t at, int64_t rows) {
    Kernels().moments(rows, channels, x.numbers + at, block_means + block * channels, block_squares + block * channels);
  });
  const double count = static_cast<double>(x.rows), kept = numbers.momentum;
  for (int64_t channel = 0; channel < channels; channel++) {
    double mean = 0, squares = 0;
    for (int64_t block = 0; block < blocks.count; block++) {
      mean += static_cast<double>(block_means[block * channels + channel]) * static_cast<double>(blocks.Size(block));
    }
    mean /= count;
    for (int64_t block = 0; block < blocks.count; block++) {
      const double difference = block_means[block * channels + channel] - mean;
      squares += block_squares[block * channels + channel] +
                 difference * difference * static_cast<double>(blocks.Size(block));
    }
    const double root = 1 / std::sqrt(squares / count + numbers.epsilon);
    const double unbiased = squares / std::max(1.0, count - 1);
    means[channel] = static_cast<float>(mean);
    roots[channel] = static_cast<float>(root);
    factors[channel] = static_cast<float>(scales[channel] * root);
    offsets[channel] = static_cast<float>(shifts[channel] - mean * scales[channel] * root);
    moved_means[channel] = static_cast<float>(old_means[channel] * kept + mean * (1 - kept));
    moved_variances[channel] = static_cast<float>(old_variances[channel] * kept + unbiased * (1 - kept));
  }
}

// What the attribute of a node of InkwellScale says.
struct Ends {
  bool has_more, relu;
};

void *ReadEnds(const Operation &operation, TF_OpKernelConstruction *construction) {
  int64_t ends[2];
  if (!WholeNumbers(operation, construction, "ends", 2, ends)) return nullptr;
  return new Ends{ends[0] != 0, ends[1] != 0};
}
void DeleteEnds(void *ends) { delete static_cast<Ends *>(ends); }

void Scale(const void *made, Run &run) {
  const Ends &ends = *static_cast<const Ends *>(made);
  const int64_t channels = run.Size(1, 0);
  const Matrix x = run.Rows(0, channels);
  const float *factors = run.Floats(1, {channels}), *offsets = run.Floats(2, {channels});
  const Matrix more = ends.has_more ? run.Rows(3, channels) : Matrix{x.rows, nullptr};
  if (run.ok() && more.rows != x.rows) run.Fail(TF_INVALID_ARGUMENT, "more should be as large as x");
  float *y = run.FloatsOutLike(0, 0);
  if (!run.ok()) return;
  Blocks(x.rows, channels).ForEach([&](int64_t, int64_t at, int64_t rows) {
    Kernels().scale(rows, channels, x.numbers + at, factors, offsets, more.From(at), ends.relu, y + at);
  });
}

void Gradient(const void *, Run &run) {
  const int64_t channels = run.Size(1, 0);
  const Matrix x = run.Rows(0, channels);
  const float *scales = run.Floats(1, {channels}), *means = run.Floats(2, {channels});
  const float *roots = run.Floats(3, {channels});
  const Matrix dy = run.Rows(4, channels);
  if (run.ok() && dy.rows != x.rows) run.Fail(TF_INVALID_ARGUMENT, "dy should be as large as x");
  float *dx = run.FloatsOutLike(0, 0);
  float *dscales = run.FloatsOut(1, {channels}), *dshifts = run.FloatsOut(2, {channels});
  if (!run.ok()) return;
  const Blocks blocks(x.rows, channels);
  float *const sums = Scratch(0, blocks.count * channels), *const products = Scratch(1, blocks.count * channels);
  blocks.ForEach([&](int64_t block, int64_t at, int64_t rows) {
    const int64_t to = block * channels;
    Kernels().gradient_sums(rows, channels, x.numbers + at, dy.numbers + at, means, sums + to, products + to);
  });
  float *const factors = Scratch(2, channels), *const slopes = Scratch(3, channels);
  float *const offsets = Scratch(6, channels);
  const double count = static_cast<double>(x.rows);
  for (int64_t channel = 0; channel < channels; channel++) {
    double sum = 0, product = 0;
    for (int64_t block = 0; block < blocks.count; block++) {
      sum += sums[block * channels + channel];
      product += products[block * channels + channel];
    }
    const double root = roots[channel], factor = scales[channel] * root;
    dshifts[channel] = static_cast<float>(sum);
    dscales[channel] = static_cast<float>(product * root);
    factors[channel] = static_cast<float>(factor);
    slopes[channel] = static_cast<float>(-factor * root * root * product / count);
    offsets[channel] = static_cast<float>(-factor * sum / count);
  }
  blocks.ForEach([&](int64_t, int64_t at, int64_t rows) {
    Kernels().gradient(rows, channels, x.numbers + at, dy.numbers + at, means, factors, slopes, offsets, dx + at);
  });
}

const Operation kMoments = {
    "InkwellMoments",
    {"x: float", "scale: float", "shift: float", "moving_mean: float", "moving_variance: float"},
    {"mean: float", "root: float", "factor: float", "offset: float", "moved_mean: float", "moved_variance: float"},
    {"epsilon: float", "momentum: float"},
    TakeMoments,
    ReadNumbers,
    DeleteNumbers,
};
const Operation kScale = {
    "InkwellScale",
    {"x: float", "factor: float", "offset: float", "more: count * float"},
    {"y: float"},
    {"ends: list(int) = [0, 0]", "count: int >= 0 = 0"},
    Scale,
    ReadEnds,
    DeleteEnds,
};
const Operation kBatchNormGrad = {
    "InkwellBatchNormGrad",
    {"x: float", "scale: float", "mean: float", "root: float", "dy: float"},
    {"dx: float", "dscale: float", "dshift: float"},
    {},
    Gradient,
};

}  // namespace

bool RegisterBatchNorm() { return Register<kMoments>() && Register<kScale>() && Register<kBatchNormGrad>(); }
