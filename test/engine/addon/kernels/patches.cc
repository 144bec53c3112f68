#include "patches.h"

#include "check.h"

namespace {

void Check(const PatchPictureKernels &kernels, const PatchSizes &s, int64_t batch) {
  Made filters(s.depth() * s.filters), dy(batch * s.result()), more(batch * s.picture()), gate(batch * s.picture());
  std::vector<double> expected(batch * s.picture());
  for (int64_t i = 0; i < batch * s.result(); i++) {
    const int64_t filter = i % s.filters, patch = i / s.filters % s.patches(), picture = i / s.result();
    for (int64_t k = 0; k < s.depth(); k++) {
      const int64_t row = patch / s.out_width * s.down - s.top + k / s.run();
      const int64_t column = patch % s.out_width * s.across - s.left + k % s.run() / s.channels;
      if (row < 0 || row >= s.height || column < 0 || column >= s.width) continue;
      expected[picture * s.picture() + (row * s.width + column) * s.channels + k % s.channels] +=
          static_cast<double>(dy[i]) * filters[k * s.filters + filter];
    }
  }
  Results turned(kernels.turned_size(s)), dx(batch * s.picture());
  kernels.turn(s, filters, turned);
  for (int64_t i = 0; i < batch; i++) kernels.run(s, turned, {nullptr, nullptr, nullptr, false}, i, dy, dx);
  ExpectClose("dx of patches", dx, expected);
  for (int64_t i = 0; i < batch; i++) kernels.run(s, turned, {nullptr, more, gate, false}, i, dy, dx);
  for (size_t i = 0; i < expected.size(); i++) expected[i] = gate[i] > 0.0f ? expected[i] + more[i] : 0;
  ExpectClose("dx of patches with more, gated", dx, expected);
}

}  // namespace

void CheckPatches(const PatchPictureKernels &kernels) {
  // Height, width and channels of pictures; filters; steps; zeros above and to the left; sizes of results.
  const PatchSizes cases[] = {{6, 6, 16, 3, 3, 16, 2, 2, 0, 0, 3, 3},   {7, 9, 5, 3, 3, 20, 2, 2, 1, 1, 4, 5},
                              {8, 8, 33, 1, 1, 17, 2, 2, 0, 0, 4, 4},   {11, 9, 3, 5, 4, 7, 4, 3, 2, 1, 3, 3},
                              {15, 14, 20, 3, 3, 40, 1, 1, 1, 1, 15, 14}, {5, 5, 0, 3, 3, 4, 2, 2, 1, 1, 3, 3},
                              {5, 5, 4, 3, 3, 0, 2, 2, 1, 1, 3, 3}};
  for (const PatchSizes &sizes : cases) {
    for (const int64_t batch : {0, 1, 3}) Check(kernels, sizes, batch);
  }
}
