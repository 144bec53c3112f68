// The operations InkwellConv, InkwellConvGradInput and InkwellConvGradFilter: convolution with filters of 3 x 3 and its
// gradients, that of pictures for any filters and steps, with what comes after them. Pictures are [batch, height, width, channels], filters [height, width, channels, filters]. compile()
// puts them in the place of TensorFlow's (conv-rules.ts).
#include <algorithm>

#include "conv_geometry.h"
#include "conv_shared.h"
#include "crew.h"
#include "operation.h"
#include "operations.h"

namespace {

// What a node's attributes say: its geometry, and which of the tensors of a ConvEnd follow the others.
struct Node {
  Geometry geometry;
  int64_t down, across;
  bool has_biases, has_more, has_gate, relu;

  PatchSizes Sizes(int64_t channels, int64_t filters) const {
    const Geometry &g = geometry;
    return {g.height, g.width, channels, g.filter_height, g.filter_width, filters, down, across, g.top, g.left,
            (g.height + g.top + g.bottom - g.filter_height) / down + 1,
            (g.width + g.left + g.right - g.filter_width) / across + 1};
  }
};

void DeleteNode(void *node) { delete static_cast<Node *>(node); }
void *ReadNode(const Operation &operation, TF_OpKernelConstruction *construction) {
  int64_t ends[4], steps[2];
  if (!WholeNumbers(operation, construction, "ends", 4, ends)) return nullptr;
  if (!WholeNumbers(operation, construction, "steps", 2, steps)) return nullptr;
  Geometry *const geometry = static_cast<Geometry *>(ReadGeometry(operation, construction));
  if (geometry == nullptr) return nullptr;
  Node *const node = new Node{*geometry,    steps[0],     steps[1],    ends[0] != 0,
                              ends[1] != 0, ends[2] != 0, ends[3] != 0};
  DeleteGeometry(geometry);
  if (node->down > 0 && node->across > 0) return node;
  delete node;
  Refuse(operation, construction, "steps should be above 0");
  return nullptr;
}

// The same of a node that must go Winograd's way.
void *ReadWinograd(const Operation &operation, TF_OpKernelConstruction *construction) {
  Node *const node = static_cast<Node *>(ReadNode(operation, construction));
  if (node == nullptr || IsForWinograd(node->Sizes(1, 1))) return node;
  delete node;
  Refuse(operation, construction, "filters should be 3 x 3, and steps 1");
  return nullptr;
}

// The inputs of a ConvEnd, from the third on, as large as the results.
ConvEnd EndOf(const Node &node, Run &run, Shape results) {
  const int64_t filters = results.begin()[3];
  int input = 2;
  const float *const biases = node.has_biases ? run.Floats(input++, {filters}) : nullptr;
  const float *const more = node.has_more ? run.Floats(input++, results) : nullptr;
  const float *const gate = node.has_gate ? run.Floats(input++, results) : nullptr;
  return {biases, more, gate, node.relu};
}

void Forward(const void *made, Run &run) {
  const Node &node = *static_cast<const Node *>(made);
  const int64_t batch = run.Size(0, 0);
  const PatchSizes sizes = node.Sizes(run.Size(0, 3), run.Size(1, 3));
  const float *x = run.Floats(0, {batch, sizes.height, sizes.width, sizes.channels});
  const float *filters = run.Floats(1, {sizes.filter_height, sizes.filter_width, sizes.channels, sizes.filters});
  const Shape results = {batch, sizes.out_height, sizes.out_width, sizes.filters};
  const ConvEnd end = EndOf(node, run, results);
  float *y = run.FloatsOut(0, results);
  if (run.ok()) Convolve(sizes, batch, x, filters, end, y);
}

void InputGradient(const void *made, Run &run) {
  const Node &node = *static_cast<const Node *>(made);
  const int64_t batch = run.Size(1, 0);
  const PatchSizes sizes = node.Sizes(run.Size(0, 2), run.Size(0, 3));
  const float *filters = run.Floats(0, {sizes.filter_height, sizes.filter_width, sizes.channels, sizes.filters});
  const float *dy = run.Floats(1, {batch, sizes.out_height, sizes.out_width, sizes.filters});
  const Shape pictures = {batch, sizes.height, sizes.width, sizes.channels};
  const ConvEnd end = EndOf(node, run, pictures);
  float *dx = run.FloatsOut(0, pictures);
  if (run.ok()) ConvolveBack(sizes, batch, dy, filters, end, dx);
}

void FilterGradient(const void *made, Run &run) {
  const Node &node = *static_cast<const Node *>(made);
  const int64_t batch = run.Size(0, 0);
  const PatchSizes sizes = node.Sizes(run.Size(0, 3), run.Size(1, 3));
  const float *x = run.Floats(0, {batch, sizes.height, sizes.width, sizes.channels});
  const float *dy = run.Floats(1, {batch, sizes.out_height, sizes.out_width, sizes.filters});
  float *dfilters = run.FloatsOut(0, {sizes.filter_height, sizes.filter_width, sizes.channels, sizes.filters});
  if (run.ok()) TakeFilterGradient(sizes, batch, x, dy, dfilters);
}

const Operation kConv = {
    "InkwellConv",
    {"x: float", "filters: float", "ended: count * float"},
    {"y: float"},
    {"geometry: list(int)", "steps: list(int) = [1, 1]", "ends: list(int)", "count: int >= 0"},
    Forward,
    ReadWinograd,
    DeleteNode,
};
const Operation kConvGradInput = {
    "InkwellConvGradInput",
    {"filters: float", "dy: float", "ended: count * float"},
    {"dx: float"},
    {"geometry: list(int)", "steps: list(int) = [1, 1]", "ends: list(int)", "count: int >= 0"},
    InputGradient,
    ReadNode,
    DeleteNode,
};
const Operation kConvGradFilter = {
    "InkwellConvGradFilter",
    {"x: float", "dy: float"},
    {"dfilters: float"},
    {"geometry: list(int)", "steps: list(int) = [1, 1]", "ends: list(int) = [0, 0, 0, 0]"},
    FilterGradient,
    ReadWinograd,
    DeleteNode,
};

}  // namespace

bool RegisterConv() { return Register<kConv>() && Register<kConvGradInput>() && Register<kConvGradFilter>(); }
