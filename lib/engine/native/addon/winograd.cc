// The operations InkwellConv, InkwellConvGradInput and InkwellConvGradFilter: convolution of step 1 with filters
// [3, 3, channels, filters], and its gradients, with what comes after it. Pictures are [batch, height, width,
// channels]. compile() puts them in the place of TensorFlow's (conv-rules.ts).
#include "winograd.h"

#include <algorithm>

#include "conv_geometry.h"
#include "crew.h"
#include "operation.h"
#include "operations.h"

namespace {

const WinogradForwardKernels &ForwardKernels() {
  static const WinogradForwardKernels &kernels = WIDEST(WinogradForward);
  return kernels;
}
const WinogradFiltersKernels &FiltersKernels() {
  static const WinogradFiltersKernels &kernels = WIDEST(WinogradFilters);
  return kernels;
}

// What a node's attributes say: its geometry, and which of the tensors of a WinogradEnd follow the others.
struct Node {
  Geometry geometry;
  bool has_biases, has_more, has_gate, relu;
};

void *ReadNode(const Operation &operation, TF_OpKernelConstruction *construction) {
  int64_t ends[4];
  if (!WholeNumbers(operation, construction, "ends", 4, ends)) return nullptr;
  Geometry *const geometry = static_cast<Geometry *>(ReadGeometry(operation, construction));
  if (geometry == nullptr) return nullptr;
  Node *const node = new Node{*geometry, ends[0] != 0, ends[1] != 0, ends[2] != 0, ends[3] != 0};
  DeleteGeometry(geometry);
  if (node->geometry.filter_height == 3 && node->geometry.filter_width == 3) return node;
  delete node;
  Refuse(operation, construction, "filters should be 3 x 3");
  return nullptr;
}
void DeleteNode(void *node) { delete static_cast<Node *>(node); }

WinogradSizes SizesOf(const Geometry &g, int64_t channels, int64_t filters) {
  return {g.height, g.width, channels, g.out_height(), g.out_width(), filters, g.top, g.left};
}
// Those of the convolution that takes gradients of results back to pictures.
WinogradSizes Backwards(const WinogradSizes &s) {
  return {s.out_height, s.out_width, s.filters, s.height, s.width, s.channels, 2 - s.top, 2 - s.left};
}

// The inputs of a WinogradEnd, from the third on, as large as the result.
WinogradEnd EndOf(const Node &node, Run &run, const WinogradSizes &sizes, int64_t batch) {
  int input = 2;
  const auto result = [&](bool is_there) {
    return is_there ? run.Floats(input++, {batch, sizes.out_height, sizes.out_width, sizes.filters}) : nullptr;
  };
  const float *const biases = node.has_biases ? run.Floats(input++, {sizes.filters}) : nullptr;
  const float *const more = result(node.has_more);
  return {biases, more, result(node.has_gate), node.relu};
}

// Convolves a batch. How squares are shared among threads is all the same to the result.
void Convolve(const WinogradSizes &sizes, bool turned, const float *filters, const WinogradEnd &end, int64_t batch,
              const float *x, float *y) {
  const WinogradForwardKernels &kernels = ForwardKernels();
  const int64_t squares = batch * sizes.squares();
  if (squares * sizes.filters == 0) return;
  float *const packed = Scratch(0, kernels.packed_size(sizes));
  constexpr int64_t kChannels = 16;
  ForEachPart((sizes.channels + kChannels - 1) / kChannels, [&](int64_t part) {
    const int64_t until = std::min((part + 1) * kChannels, sizes.channels);
    for (int64_t channel = part * kChannels; channel < until; channel++) {
      (turned ? kernels.pack_turned : kernels.pack)(sizes, filters, channel, packed);
    }
  });
  const int64_t together = kernels.together(sizes);
  const int64_t parts = std::max((squares + together - 1) / together, std::min<int64_t>(Threads(), squares));
  ForEachPart(parts, [&](int64_t part) {
    const int64_t first = part * squares / parts, count = (part + 1) * squares / parts - first;
    kernels.run(sizes, packed, end, x, first, count, y);
  });
}

void Forward(const void *made, Run &run) {
  const Node &node = *static_cast<const Node *>(made);
  const int64_t batch = run.Size(0, 0), channels = run.Size(0, 3), filters = run.Size(1, 3);
  const WinogradSizes sizes = SizesOf(node.geometry, channels, filters);
  const float *x = run.Floats(0, {batch, sizes.height, sizes.width, channels});
  const float *weights = run.Floats(1, {3, 3, channels, filters});
  const WinogradEnd end = EndOf(node, run, sizes, batch);
  float *y = run.FloatsOut(0, {batch, sizes.out_height, sizes.out_width, filters});
  if (run.ok()) Convolve(sizes, false, weights, end, batch, x, y);
}

void InputGradient(const void *made, Run &run) {
  const Node &node = *static_cast<const Node *>(made);
  const int64_t batch = run.Size(1, 0), channels = run.Size(0, 2), filters = run.Size(0, 3);
  const WinogradSizes sizes = Backwards(SizesOf(node.geometry, channels, filters));
  const float *weights = run.Floats(0, {3, 3, channels, filters});
  const float *dy = run.Floats(1, {batch, sizes.height, sizes.width, filters});
  const WinogradEnd end = EndOf(node, run, sizes, batch);
  float *dx = run.FloatsOut(0, {batch, sizes.out_height, sizes.out_width, channels});
  if (run.ok()) Convolve(sizes, true, weights, end, batch, dy, dx);
}

// How many sums of a gradient there are at most: so many threads share it evenly. The same for any number of threads,
// or what they add up to would not be.
int64_t GroupsFor(int64_t sums_size, int64_t squares) {
  constexpr int64_t kMost = 8, kFloats = 2 << 20, kSquares = 64;
  return std::clamp<int64_t>(std::min(kFloats / std::max<int64_t>(sums_size, 1), squares / kSquares), 1, kMost);
}

void FilterGradient(const void *made, Run &run) {
  const Geometry &geometry = *static_cast<const Geometry *>(made);
  const int64_t batch = run.Size(0, 0), channels = run.Size(0, 3), filters = run.Size(1, 3);
  const WinogradSizes sizes = SizesOf(geometry, channels, filters);
  const float *x = run.Floats(0, {batch, sizes.height, sizes.width, channels});
  const float *dy = run.Floats(1, {batch, sizes.out_height, sizes.out_width, filters});
  float *gradient = run.FloatsOut(0, {3, 3, channels, filters});
  if (!run.ok()) return;
  const int64_t sums_size = FiltersKernels().sums_size(sizes), squares = batch * sizes.squares();
  const int64_t groups = GroupsFor(sums_size, squares);
  float *const sums = Scratch(0, groups * sums_size);
  ForEachPart(groups, [&](int64_t group) {
    const int64_t first = group * squares / groups, count = (group + 1) * squares / groups - first;
    FiltersKernels().run(sizes, x, dy, first, count, sums + group * sums_size);
  });
  ForEachPart(channels, [&](int64_t channel) { FiltersKernels().finish(sizes, sums, groups, channel, gradient); });
}

void *ReadSmall(const Operation &operation, TF_OpKernelConstruction *construction) {
  void *const geometry = ReadGeometry(operation, construction);
  if (geometry == nullptr) return nullptr;
  const Geometry &read = *static_cast<const Geometry *>(geometry);
  if (read.filter_height == 3 && read.filter_width == 3) return geometry;
  DeleteGeometry(geometry);
  Refuse(operation, construction, "filters should be 3 x 3");
  return nullptr;
}

const Operation kConv = {
    "InkwellConv",
    {"x: float", "filters: float", "ended: count * float"},
    {"y: float"},
    {"geometry: list(int)", "ends: list(int)", "count: int >= 0"},
    Forward,
    ReadNode,
    DeleteNode,
};
const Operation kConvGradInput = {
    "InkwellConvGradInput",
    {"filters: float", "dy: float", "ended: count * float"},
    {"dx: float"},
    {"geometry: list(int)", "ends: list(int)", "count: int >= 0"},
    InputGradient,
    ReadNode,
    DeleteNode,
};
const Operation kConvGradFilter = {
    "InkwellConvGradFilter", {"x: float", "dy: float"}, {"dfilters: float"}, {"geometry: list(int)"},
    FilterGradient,          ReadSmall,                 DeleteGeometry,
};

}  // namespace

bool RegisterWinograd() {
  return Register<kConv>() && Register<kConvGradInput>() && Register<kConvGradFilter>();
}
