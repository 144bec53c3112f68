// The operations InkwellConvPool, InkwellConvPoolGradInput and InkwellConvPoolGradFilter: convolution of step 1, bias
// and 2 x 2 max pooling, with gradients. Pictures are [batch, height, width, channels], filters
// [height, width, channels, filters]. compile() puts them in the place of TensorFlow's (conv-pool-rules.ts).
#include "conv_pool.h"

#include <algorithm>

#include "conv_geometry.h"
#include "crew.h"
#include "operation.h"
#include "operations.h"

namespace {

const ConvPoolForwardKernels &ForwardKernels() {
  static const ConvPoolForwardKernels &kernels = WIDEST(ConvPoolForward);
  return kernels;
}
const ConvPoolPictureKernels &PictureKernels() {
  static const ConvPoolPictureKernels &kernels = WIDEST(ConvPoolPicture);
  return kernels;
}
const ConvPoolFiltersKernels &FiltersKernels() {
  static const ConvPoolFiltersKernels &kernels = WIDEST(ConvPoolFilters);
  return kernels;
}

constexpr int64_t kFloatsInPointer = sizeof(const float *) / sizeof(float);

// With the border of zeros.
ConvSizes SizesOf(const Geometry &g, int64_t channels, int64_t filters) {
  return {g.height + g.top + g.bottom, g.width + g.left + g.right, channels, g.filter_height, g.filter_width, filters};
}

// A picture with its border of zeros.
void AddBorder(const Geometry &geometry, const ConvSizes &sizes, const float *picture, float *bordered) {
  const int64_t line = geometry.width * sizes.channels;
  std::fill_n(bordered, sizes.picture(), 0.0f);
  for (int64_t row = 0; row < geometry.height; row++) {
    float *to = bordered + ((geometry.top + row) * sizes.width + geometry.left) * sizes.channels;
    std::copy_n(picture + row * line, line, to);
  }
}
void RemoveBorder(const Geometry &geometry, const ConvSizes &sizes, const float *bordered, float *picture) {
  const int64_t line = geometry.width * sizes.channels;
  for (int64_t row = 0; row < geometry.height; row++) {
    const float *from = bordered + ((geometry.top + row) * sizes.width + geometry.left) * sizes.channels;
    std::copy_n(from, line, picture + row * line);
  }
}

void Forward(const void *made, Run &run) {
  const Geometry &geometry = *static_cast<const Geometry *>(made);
  const int64_t batch = run.Size(0, 0), channels = run.Size(0, 3), filters = run.Size(1, 3);
  const ConvSizes sizes = SizesOf(geometry, channels, filters);
  const float *x = run.Floats(0, {batch, geometry.height, geometry.width, channels});
  const float *weights = run.Floats(1, {geometry.filter_height, geometry.filter_width, channels, filters});
  const float *biases = run.Floats(2, {filters});
  float *pooled = run.FloatsOut(0, {batch, sizes.pooled_height(), sizes.pooled_width(), filters});
  Place *places = run.BytesOut(1, {batch, sizes.pooled_height(), sizes.pooled_width(), filters});
  if (!run.ok()) return;
  float *const packed = Scratch(0, ForwardKernels().packed_size(sizes));
  ForwardKernels().pack(sizes, weights, biases, packed);
  const int64_t picture = geometry.height * geometry.width * channels;
  ForEachPart(batch, [&](int64_t i) {
    const float *from = x + i * picture;
    if (geometry.has_border()) {
      float *const bordered = Scratch(7, sizes.picture());
      AddBorder(geometry, sizes, from, bordered);
      from = bordered;
    }
    ForwardKernels().run(sizes, packed, from, pooled + i * sizes.pooled(), places + i * sizes.pooled());
  });
}

void InputGradient(const void *made, Run &run) {
  const Geometry &geometry = *static_cast<const Geometry *>(made);
  const int64_t batch = run.Size(1, 0), channels = run.Size(0, 2), filters = run.Size(0, 3);
  const ConvSizes sizes = SizesOf(geometry, channels, filters);
  const Shape pooled = {batch, sizes.pooled_height(), sizes.pooled_width(), filters};
  const float *weights = run.Floats(0, {geometry.filter_height, geometry.filter_width, channels, filters});
  const Place *places = run.Bytes(1, pooled);
  const float *dpooled = run.Floats(2, pooled);
  float *dx = run.FloatsOut(0, {batch, geometry.height, geometry.width, channels});
  if (!run.ok()) return;
  float *const turned = Scratch(0, PictureKernels().turned_size(sizes));
  PictureKernels().turn(sizes, weights, turned);
  const int64_t picture = geometry.height * geometry.width * channels;
  ForEachPart(batch, [&](int64_t i) {
    float *const gradient = Scratch(7, sizes.picture() + kSlack);
    const int64_t at = i * sizes.pooled();
    PictureKernels().run(sizes, turned, dpooled + at, places + at, gradient);
    RemoveBorder(geometry, sizes, gradient, dx + i * picture);
  });
}

// Some pictures one after another, with borders and with room behind each. Of pictures without borders only the last
// has to be copied: behind the others are others.
const float *const *WithRoom(const Geometry &geometry, const ConvSizes &sizes, int64_t count, const float *x) {
  const int64_t picture = geometry.height * geometry.width * sizes.channels, copied = geometry.has_border() ? count : 1;
  float *copy = Scratch(1, copied * sizes.picture() + kSlack);
  const float **const pictures = reinterpret_cast<const float **>(Scratch(2, count * kFloatsInPointer));
  for (int64_t i = 0; i < count; i++) {
    pictures[i] = x + i * picture;
    if (i < count - copied) continue;
    AddBorder(geometry, sizes, pictures[i], copy);
    pictures[i] = copy;
    copy += sizes.picture();
  }
  return pictures;
}

// How many pictures of a batch are taken together, so that copies of them take no more than 4 MB.
int64_t PicturesTogether(const Geometry &geometry, const ConvSizes &sizes, int64_t batch) {
  constexpr int64_t kCopied = 1 << 20;  // floats
  if (!geometry.has_border()) return batch;
  return std::clamp<int64_t>(kCopied / std::max<int64_t>(sizes.picture(), 1), 1, batch);
}

// How many threads at most share the filters of a gradient evenly.
constexpr int64_t kGroups = 4;

void FilterGradient(const void *made, Run &run) {
  const Geometry &geometry = *static_cast<const Geometry *>(made);
  const int64_t batch = run.Size(0, 0), channels = run.Size(0, 3), filters = run.Size(1, 3);
  const ConvSizes sizes = SizesOf(geometry, channels, filters);
  const Shape pooled = {batch, sizes.pooled_height(), sizes.pooled_width(), filters};
  const float *x = run.Floats(0, {batch, geometry.height, geometry.width, channels});
  const Place *places = run.Bytes(1, pooled);
  const float *dpooled = run.Floats(2, pooled);
  float *gradient = run.FloatsOut(0, {geometry.filter_height, geometry.filter_width, channels, filters});
  if (!run.ok()) return;
  float *const turned = Scratch(0, FiltersKernels().turned_size(sizes));
  std::fill_n(turned, FiltersKernels().turned_size(sizes), 0.0f);
  const int64_t groups = std::min(filters, kGroups);
  const int64_t picture = geometry.height * geometry.width * channels;
  int64_t count = 0;
  for (int64_t done = 0; done < batch; done += count) {
    count = std::min(PicturesTogether(geometry, sizes, batch), batch - done);
    const float *const *pictures = WithRoom(geometry, sizes, count, x + done * picture);
    const int64_t at = done * sizes.pooled();
    ForEachPart(groups, [&](int64_t group) {
      const int64_t first = group * filters / groups, some = (group + 1) * filters / groups - first;
      FiltersKernels().run(sizes, count, pictures, dpooled + at, places + at, first, some, turned);
    });
  }
  ForEachPart(sizes.filter_height, [&](int64_t row) { FiltersKernels().turn_back(sizes, turned, row, gradient); });
}

const Operation kConvPool = {
    "InkwellConvPool",
    {"x: float", "filters: float", "biases: float"},
    {"pooled: float", "places: uint8"},
    {"geometry: list(int)"},
    Forward,
    ReadGeometry,
    DeleteGeometry,
};
const Operation kConvPoolGradInput = {
    "InkwellConvPoolGradInput",
    {"filters: float", "places: uint8", "dpooled: float"},
    {"dx: float"},
    {"geometry: list(int)"},
    InputGradient,
    ReadGeometry,
    DeleteGeometry,
};
const Operation kConvPoolGradFilter = {
    "InkwellConvPoolGradFilter",
    {"x: float", "places: uint8", "dpooled: float"},
    {"dfilters: float"},
    {"geometry: list(int)"},
    FilterGradient,
    ReadGeometry,
    DeleteGeometry,
};

}  // namespace

bool RegisterConvPool() {
  return Register<kConvPool>() && Register<kConvPoolGradInput>() && Register<kConvPoolGradFilter>();
}
