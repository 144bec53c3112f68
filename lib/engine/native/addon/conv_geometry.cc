#include "conv_geometry.h"

namespace {

// Whether filters lie within pictures, and no border is wider than they reach.
bool IsSound(const Geometry &g) {
  constexpr int64_t kMost = 1 << 24;  // so that no product of two sizes is too large
  const auto is_size = [](int64_t size) { return size >= 1 && size <= kMost; };
  const auto is_border = [](int64_t border, int64_t filter) { return border >= 0 && border < filter; };
  return is_size(g.height) && is_size(g.width) && is_size(g.filter_height) && is_size(g.filter_width) &&
         is_border(g.top, g.filter_height) && is_border(g.bottom, g.filter_height) &&
         is_border(g.left, g.filter_width) && is_border(g.right, g.filter_width) &&
         g.height + g.top + g.bottom >= g.filter_height && g.width + g.left + g.right >= g.filter_width;
}

}  // namespace

void *ReadGeometry(const Operation &operation, TF_OpKernelConstruction *construction) {
  int64_t n[8];
  if (!WholeNumbers(operation, construction, "geometry", 8, n)) return nullptr;
  const Geometry geometry = {n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]};
  if (IsSound(geometry)) return new Geometry(geometry);
  Refuse(operation, construction,
         "geometry should be height, width, filter height and width, and zeros above, below, to the left and to the "
         "right: filters that fit into the picture with its zeros, and fewer of these than filters are wide");
  return nullptr;
}
void DeleteGeometry(void *geometry) { delete static_cast<Geometry *>(geometry); }
