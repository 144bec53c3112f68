// The operations InkwellMaxPool and InkwellMaxPoolGrad: max pooling of pictures [batch, height, width, channels].
// compile() puts them in the place of TensorFlow's (max-pool-rules.ts), whose gradient looks for the largest numbers
// once more.
#include "max_pool.h"

#include "crew.h"
#include "operation.h"
#include "operations.h"

namespace {

const MaxPoolKernels &Kernels() {
  static const MaxPoolKernels &kernels = WIDEST(MaxPool);
  return kernels;
}

bool IsSound(const PoolSizes &s) {
  constexpr int64_t kMost = 1 << 24;  // so that no product of two sizes is too large
  const auto is_size = [](int64_t size) { return size >= 1 && size <= kMost; };
  // Whether every window has something of the picture in it.
  const auto fits = [](int64_t length, int64_t window, int64_t step, int64_t before, int64_t pooled) {
    return before >= 0 && before < window && pooled >= 1 && pooled <= kMost && (pooled - 1) * step - before < length;
  };
  return is_size(s.height) && is_size(s.width) && is_size(s.down) && is_size(s.across) && is_size(s.window_height) &&
         is_size(s.window_width) && s.window_height * s.window_width <= 256 &&
         fits(s.height, s.window_height, s.down, s.top, s.pooled_height) &&
         fits(s.width, s.window_width, s.across, s.left, s.pooled_width);
}

void *ReadSizes(const Operation &operation, TF_OpKernelConstruction *construction) {
  int64_t n[10];
  if (!WholeNumbers(operation, construction, "geometry", 10, n)) return nullptr;
  const PoolSizes sizes = {n[0], n[1], 0, n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9]};
  if (IsSound(sizes)) return new PoolSizes(sizes);
  Refuse(operation, construction,
         "geometry should be height, width, those of windows (at most 256 places), steps down and across, rows above "
         "and columns to the left of the picture, and pooled height and width: windows with something in them");
  return nullptr;
}
void DeleteSizes(void *sizes) { delete static_cast<PoolSizes *>(sizes); }

PoolSizes SizesOf(const void *made, int64_t channels) {
  PoolSizes sizes = *static_cast<const PoolSizes *>(made);
  sizes.channels = channels;
  return sizes;
}

void Pool(const void *made, Run &run) {
  const int64_t batch = run.Size(0, 0);
  const PoolSizes sizes = SizesOf(made, run.Size(0, 3));
  const float *x = run.Floats(0, {batch, sizes.height, sizes.width, sizes.channels});
  float *pooled = run.FloatsOut(0, {batch, sizes.pooled_height, sizes.pooled_width, sizes.channels});
  uint8_t *places = run.BytesOut(1, {batch, sizes.pooled_height, sizes.pooled_width, sizes.channels});
  if (!run.ok()) return;
  ForEachPart(batch, [&](int64_t i) {
    Kernels().pool(sizes, x + i * sizes.picture(), pooled + i * sizes.pooled(), places + i * sizes.pooled());
  });
}

void Gradient(const void *made, Run &run) {
  const int64_t batch = run.Size(1, 0);
  const PoolSizes sizes = SizesOf(made, run.Size(1, 3));
  const Shape pooled = {batch, sizes.pooled_height, sizes.pooled_width, sizes.channels};
  const uint8_t *places = run.Bytes(0, pooled);
  const float *dpooled = run.Floats(1, pooled);
  float *gradient = run.FloatsOut(0, {batch, sizes.height, sizes.width, sizes.channels});
  if (!run.ok()) return;
  ForEachPart(batch, [&](int64_t i) {
    const int64_t at = i * sizes.pooled();
    Kernels().gradient(sizes, dpooled + at, places + at, gradient + i * sizes.picture());
  });
}

const Operation kMaxPool = {
    "InkwellMaxPool", {"x: float"}, {"pooled: float", "places: uint8"}, {"geometry: list(int)"}, Pool, ReadSizes,
    DeleteSizes,
};
const Operation kMaxPoolGrad = {
    "InkwellMaxPoolGrad", {"places: uint8", "dpooled: float"}, {"dx: float"}, {"geometry: list(int)"}, Gradient,
    ReadSizes,            DeleteSizes,
};

}  // namespace

bool RegisterMaxPool() { return Register<kMaxPool>() && Register<kMaxPoolGrad>(); }
