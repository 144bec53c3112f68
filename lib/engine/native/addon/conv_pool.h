// Convolution, bias and 2 x 2 max pooling as one, and its gradients, on one kind of processor.
//
// Pooling keeps one number of four, so a gradient that comes back through it is zero in three places of four, and
// after ReLU in more: the gradients here go through the places that are not zero, and take a fraction of the
// multiplications that a convolution's gradients take.
#pragma once

#include <cstdint>

// Sizes of a convolution of step 1 over pictures [height, width, channels] with filters
// [filter_height, filter_width, channels, filters]; a border of zeros counts as part of the picture.
struct ConvSizes {
  int64_t height, width, channels;
  int64_t filter_height, filter_width, filters;

  int64_t pooled_height() const { return (height - filter_height + 1) / 2; }
  int64_t pooled_width() const { return (width - filter_width + 1) / 2; }
  int64_t picture() const { return height * width * channels; }
  // How many squares are pooled.
  int64_t squares() const { return pooled_height() * pooled_width(); }
  int64_t pooled() const { return squares() * filters; }
  // What a filter meets of one row of a picture: numbers that lie side by side.
  int64_t run() const { return filter_width * channels; }
};

// Where each number of the pooled result comes from: row * 2 + column in its square.
using Place = uint8_t;

// What may be read and written after the end of a picture: a vector of the widest kind.
constexpr int64_t kSlack = 16;

// How loops over one picture or a few filters are shared among threads is the operation's matter.
struct ConvPoolForwardKernels {
  // The filters and biases as the loop reads them.
  int64_t (*packed_size)(const ConvSizes &);
  void (*pack)(const ConvSizes &, const float *filters, const float *biases, float *packed);
  // One picture.
  void (*run)(const ConvSizes &, const float *packed, const float *picture, float *pooled, Place *places);
};

struct ConvPoolPictureKernels {
  // The filters as the loop reads them.
  int64_t (*turned_size)(const ConvSizes &);
  void (*turn)(const ConvSizes &, const float *filters, float *turned);
  // The gradient of one picture: picture() + kSlack numbers, of which those after the picture may be written to.
  void (*run)(const ConvSizes &, const float *turned, const float *dpooled, const Place *places, float *gradient);
};

struct ConvPoolFiltersKernels {
  // The gradient of the filters as the loop adds to it.
  int64_t (*turned_size)(const ConvSizes &);
  // Adds a batch's gradient of `count` filters from `first`. kSlack numbers after each picture are read, whatever they
  // are.
  void (*run)(const ConvSizes &, int64_t batch, const float *const *pictures, const float *dpooled,
              const Place *places, int64_t first, int64_t count, float *turned);
  // Rows [filter_row] of it as TensorFlow has them.
  void (*turn_back)(const ConvSizes &, const float *turned, int64_t filter_row, float *gradient);
};

// For vectors of 16, 8 and 4 numbers; those that there are not on this kind of machine are not linked.
extern const ConvPoolForwardKernels ConvPoolForward16, ConvPoolForward8, ConvPoolForward4;
extern const ConvPoolPictureKernels ConvPoolPicture16, ConvPoolPicture8, ConvPoolPicture4;
extern const ConvPoolFiltersKernels ConvPoolFilters16, ConvPoolFilters8, ConvPoolFilters4;
