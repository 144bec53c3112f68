#include "conv_shared.h"

#include <algorithm>

#include "crew.h"
#include "operations.h"
#include "winograd.h"

namespace {

const WinogradForwardKernels &Winograd() {
  static const WinogradForwardKernels &kernels = WIDEST(WinogradForward);
  return kernels;
}
const WinogradFiltersKernels &WinogradFilters() {
  static const WinogradFiltersKernels &kernels = WIDEST(WinogradFilters);
  return kernels;
}
const PatchPictureKernels &Patches() {
  static const PatchPictureKernels &kernels = WIDEST(PatchPicture);
  return kernels;
}

WinogradSizes ForWinograd(const PatchSizes &s) {
  return {s.height, s.width, s.channels, s.out_height, s.out_width, s.filters, s.top, s.left};
}
// The convolution that takes gradients of results back to pictures.
WinogradSizes Backwards(const PatchSizes &s) {
  return {s.out_height, s.out_width, s.filters, s.height, s.width, s.channels, 2 - s.top, 2 - s.left};
}

// Calls `work(first, count)` for things in groups of at most `most`, for every thread at least one.
template <typename Work>
void Share(int64_t things, int64_t most, const Work &work) {
  const int64_t parts = std::max((things + most - 1) / most, std::min<int64_t>(Threads(), things));
  ForEachPart(parts, [&](int64_t part) {
    const int64_t first = part * things / parts;
    work(first, (part + 1) * things / parts - first);
  });
}

void RunWinograd(const WinogradSizes &sizes, bool turned, const float *filters, const ConvEnd &end, int64_t batch,
                 const float *x, float *y) {
  const WinogradForwardKernels &kernels = Winograd();
  float *const packed = Scratch(0, kernels.packed_size(sizes));
  Share(sizes.channels, 16, [&](int64_t first, int64_t count) {
    for (int64_t channel = first; channel < first + count; channel++) {
      (turned ? kernels.pack_turned : kernels.pack)(sizes, filters, channel, packed);
    }
  });
  Share(batch * sizes.squares(), kernels.together(sizes), [&](int64_t first, int64_t count) {
    kernels.run(sizes, packed, end, x, first, count, y);
  });
}

// How many sums of a gradient there are: so many threads at most share it evenly. The same for any number of threads,
// or what they add up to would not be.
int64_t GroupsFor(int64_t sums_size, int64_t things) {
  constexpr int64_t kMost = 8, kFloats = 2 << 20, kThings = 64;
  return std::clamp<int64_t>(std::min(kFloats / std::max<int64_t>(sums_size, 1), things / kThings), 1, kMost);
}

}  // namespace

bool IsForWinograd(const PatchSizes &s) {
  return s.filter_height == 3 && s.filter_width == 3 && s.down == 1 && s.across == 1;
}

void Convolve(const PatchSizes &sizes, int64_t batch, const float *x, const float *filters, const ConvEnd &end,
              float *y) {
  if (batch * sizes.result() > 0) RunWinograd(ForWinograd(sizes), false, filters, end, batch, x, y);
}

void ConvolveBack(const PatchSizes &sizes, int64_t batch, const float *dy, const float *filters, const ConvEnd &end,
                  float *dx) {
  if (batch * sizes.picture() == 0) return;
  if (IsForWinograd(sizes)) return RunWinograd(Backwards(sizes), true, filters, end, batch, dy, dx);
  float *const turned = Scratch(0, Patches().turned_size(sizes));
  Patches().turn(sizes, filters, turned);
  ForEachPart(batch, [&](int64_t i) { Patches().run(sizes, turned, end, i, dy, dx); });
}

void TakeFilterGradient(const PatchSizes &sizes, int64_t batch, const float *x, const float *dy, float *dfilters) {
  const WinogradFiltersKernels &kernels = WinogradFilters();
  const WinogradSizes s = ForWinograd(sizes);
  const int64_t squares = batch * s.squares(), size = kernels.sums_size(s), groups = GroupsFor(size, squares);
  float *const sums = Scratch(0, groups * size);
  ForEachPart(groups, [&](int64_t group) {
    const int64_t first = group * squares / groups, count = (group + 1) * squares / groups - first;
    kernels.run(s, x, dy, first, count, sums + group * size);
  });
  ForEachPart(s.channels, [&](int64_t channel) { kernels.finish(s, sums, groups, channel, dfilters); });
}
