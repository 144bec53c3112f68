// Sizes of a convolution that do not change from run to run: a node's attribute "geometry".
#pragma once

#include "operation.h"

// Of pictures, filters, and the zeros around pictures.
struct Geometry {
  int64_t height, width, filter_height, filter_width, top, bottom, left, right;

  bool has_border() const { return top + bottom + left + right > 0; }
};

// Reads the attribute; null where it is refused. For an operation's `create` and `destroy`.
void *ReadGeometry(const Operation &operation, TF_OpKernelConstruction *construction);
void DeleteGeometry(void *geometry);
