// The operations InkwellConvPool, InkwellConvPoolGradInput and InkwellConvPoolGradFilter: convolution of step 1, bias
// and 2 x 2 max pooling, with gradients. Pictures are [batch, height, width, channels], filters
// [height, width, channels, filters]. compile() puts them in the place of TensorFlow's (conv-pool-rules.ts).
#include "conv_pool.h"

#include <cstring>

#include "crew.h"
#include "operation.h"
#include "operations.h"

namespace {

const ConvPoolKernels &Kernels() {
  static const ConvPoolKernels &kernels = WIDEST(ConvPool);
  return kernels;
}

// What a node's attribute "geometry" says.
struct Geometry {
  int64_t height, width, filter_height, filter_width, top, bottom, left, right;

  bool has_border() const { return top + bottom + left + right > 0; }
  // With the border of zeros.
  ConvSizes Sizes(int64_t channels, int64_t filters) const {
    return {height + top + bottom, width + left + right, channels, filter_height, filter_width, filters};
  }
};

void *ReadGeometry(TF_OpKernelConstruction *construction) {
  TF_Status *status = TF_NewStatus();
  int64_t numbers[8];
  TF_OpKernelConstruction_GetAttrInt64List(construction, "geometry", numbers, 8, status);
  const int64_t *const n = numbers;
  Geometry *geometry = nullptr;
  if (TF_GetCode(status) == TF_OK) {
    geometry = new Geometry{n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]};
  } else {
    TF_OpKernelConstruction_Failure(construction, status);
  }
  TF_DeleteStatus(status);
  return geometry;
}
void DeleteGeometry(void *geometry) { delete static_cast<Geometry *>(geometry); }

void CopyFloats(const float *from, int64_t count, float *to) { std::memcpy(to, from, count * sizeof(float)); }

// A picture with its border of zeros.
void AddBorder(const Geometry &geometry, const ConvSizes &sizes, const float *picture, float *bordered) {
  const int64_t line = geometry.width * sizes.channels;
  std::memset(bordered, 0, sizes.picture() * sizeof(float));
  for (int64_t row = 0; row < geometry.height; row++) {
    float *to = bordered + ((geometry.top + row) * sizes.width + geometry.left) * sizes.channels;
    CopyFloats(picture + row * line, line, to);
  }
}
void RemoveBorder(const Geometry &geometry, const ConvSizes &sizes, const float *bordered, float *picture) {
  const int64_t line = geometry.width * sizes.channels;
  for (int64_t row = 0; row < geometry.height; row++) {
    const float *from = bordered + ((geometry.top + row) * sizes.width + geometry.left) * sizes.channels;
    CopyFloats(from, line, picture + row * line);
  }
}

void Forward(void *made, TF_OpKernelContext *context) {
  const Geometry &geometry = *static_cast<const Geometry *>(made);
  Run run(context);
  const int64_t batch = run.Size(0, 0), channels = run.Size(0, 3), filters = run.Size(1, 3);
  const ConvSizes sizes = geometry.Sizes(channels, filters);
  const float *x = run.Floats(0, {batch, geometry.height, geometry.width, channels});
  const float *weights = run.Floats(1, {geometry.filter_height, geometry.filter_width, channels, filters});
  const float *biases = run.Floats(2, {filters});
  float *pooled = run.FloatsOut(0, {batch, sizes.pooled_height(), sizes.pooled_width(), filters});
  Place *places = run.BytesOut(1, {batch, sizes.pooled_height(), sizes.pooled_width(), filters});
  if (!run.ok()) return;
  float *const packed = Scratch(0, Kernels().packed_size(sizes));
  Kernels().pack(sizes, weights, biases, packed);
  const int64_t picture = geometry.height * geometry.width * channels;
  ForEachPart(batch, [&](int64_t i) {
    const float *from = x + i * picture;
    if (geometry.has_border()) {
      float *const bordered = Scratch(7, sizes.picture());
      AddBorder(geometry, sizes, from, bordered);
      from = bordered;
    }
    Kernels().forward(sizes, packed, from, pooled + i * sizes.pooled(), places + i * sizes.pooled());
  });
}

void InputGradient(void *made, TF_OpKernelContext *context) {
  const Geometry &geometry = *static_cast<const Geometry *>(made);
  Run run(context);
  const int64_t batch = run.Size(1, 0), channels = run.Size(0, 2), filters = run.Size(0, 3);
  const ConvSizes sizes = geometry.Sizes(channels, filters);
  const Shape pooled = {batch, sizes.pooled_height(), sizes.pooled_width(), filters};
  const float *weights = run.Floats(0, {geometry.filter_height, geometry.filter_width, channels, filters});
  const Place *places = run.Bytes(1, pooled);
  const float *dpooled = run.Floats(2, pooled);
  float *dx = run.FloatsOut(0, {batch, geometry.height, geometry.width, channels});
  if (!run.ok()) return;
  float *const turned = Scratch(0, Kernels().turned_size(sizes));
  Kernels().turn(sizes, weights, turned);
  const int64_t picture = geometry.height * geometry.width * channels;
  ForEachPart(batch, [&](int64_t i) {
    float *const gradient = Scratch(7, sizes.picture() + kSlack);
    const int64_t at = i * sizes.pooled();
    Kernels().picture_gradient(sizes, turned, dpooled + at, places + at, gradient);
    RemoveBorder(geometry, sizes, gradient, dx + i * picture);
  });
}

// The pictures of a batch, with borders and with room behind each. Only the last of a batch without borders has to be
// copied: behind the others are others.
const float *const *WithRoom(const Geometry &geometry, const ConvSizes &sizes, int64_t batch, const float *x) {
  const int64_t picture = geometry.height * geometry.width * sizes.channels, copied = geometry.has_border() ? batch : 1;
  float *const copies = Scratch(1, copied * sizes.picture() + kSlack);
  const float **const pictures = reinterpret_cast<const float **>(Scratch(2, batch * sizeof(float *) / sizeof(float)));
  for (int64_t i = 0; i < batch - copied; i++) pictures[i] = x + i * picture;
  for (int64_t i = batch - copied; i < batch; i++) {
    float *copy = copies + (i - (batch - copied)) * sizes.picture();
    AddBorder(geometry, sizes, x + i * picture, copy);
    pictures[i] = copy;
  }
  return pictures;
}

// How many threads at most share the filters of a gradient evenly.
constexpr int64_t kGroups = 4;

void FilterGradient(void *made, TF_OpKernelContext *context) {
  const Geometry &geometry = *static_cast<const Geometry *>(made);
  Run run(context);
  const int64_t batch = run.Size(0, 0), channels = run.Size(0, 3), filters = run.Size(1, 3);
  const ConvSizes sizes = geometry.Sizes(channels, filters);
  const Shape pooled = {batch, sizes.pooled_height(), sizes.pooled_width(), filters};
  const float *x = run.Floats(0, {batch, geometry.height, geometry.width, channels});
  const Place *places = run.Bytes(1, pooled);
  const float *dpooled = run.Floats(2, pooled);
  float *gradient = run.FloatsOut(0, {geometry.filter_height, geometry.filter_width, channels, filters});
  if (!run.ok()) return;
  if (batch == 0) {
    std::memset(gradient, 0, sizes.filter_height * sizes.run() * filters * sizeof(float));
    return;
  }
  const float *const *pictures = WithRoom(geometry, sizes, batch, x);
  float *const turned = Scratch(0, Kernels().turned_size(sizes));
  const int64_t groups = filters < kGroups ? filters : kGroups;
  ForEachPart(groups, [&](int64_t group) {
    const int64_t first = group * filters / groups, count = (group + 1) * filters / groups - first;
    Kernels().filter_gradient(sizes, batch, pictures, dpooled, places, first, count, turned);
  });
  ForEachPart(sizes.filter_height, [&](int64_t row) { Kernels().turn_back(sizes, turned, row, gradient); });
}

}  // namespace

bool RegisterConvPool() {
  return Register({"InkwellConvPool",
                   {"x: float", "filters: float", "biases: float"},
                   {"pooled: float", "places: uint8"},
                   {"geometry: list(int)"},
                   ReadGeometry,
                   Forward,
                   DeleteGeometry}) &&
         Register({"InkwellConvPoolGradInput",
                   {"filters: float", "places: uint8", "dpooled: float"},
                   {"dx: float"},
                   {"geometry: list(int)"},
                   ReadGeometry,
                   InputGradient,
                   DeleteGeometry}) &&
         Register({"InkwellConvPoolGradFilter",
                   {"x: float", "places: uint8", "dpooled: float"},
                   {"dfilters: float"},
                   {"geometry: list(int)"},
                   ReadGeometry,
                   FilterGradient,
                   DeleteGeometry});
}
