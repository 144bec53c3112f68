// Rows go in groups of WIDTH, each in a lane of its own: classes are few, rows many, and no number has to cross lanes.
#include "activations.h"
#include "cross_entropy.h"

namespace {

// Rows [classes] as vectors [classes, WIDTH]. The first row fills the lanes that have none.
INLINE void ToLanes(const float *rows, int64_t count, int64_t classes, float *lanes) {
  const float *from[WIDTH];
  for (int64_t lane = 0; lane < WIDTH; lane++) from[lane] = rows + (lane < count ? lane : 0) * classes;
  for (int64_t i = 0; i < classes; i++) {
    for (int64_t lane = 0; lane < WIDTH; lane++) lanes[i * WIDTH + lane] = from[lane][i];
  }
}

INLINE void FromLanes(const float *lanes, int64_t count, int64_t classes, float *rows) {
  for (int64_t i = 0; i < classes; i++) {
    for (int64_t lane = 0; lane < count; lane++) rows[lane * classes + i] = lanes[i * WIDTH + lane];
  }
}

INLINE Vector Logarithm(Vector x) {
  for (int lane = 0; lane < WIDTH; lane++) x[lane] = __builtin_logf(x[lane]);
  return x;
}

// The losses of a group. Its logits become the gradient.
INLINE Vector Group(int64_t classes, float *logits, const float *labels) {
  Vector largest = Load(logits);
  for (int64_t i = 1; i < classes; i++) {
    const Vector x = Load(logits + i * WIDTH);
    largest = Select(x > largest, x, largest);
  }
  Vector sum = {}, labels_sum = {}, labelled = {};
  for (int64_t i = 0; i < classes; i++) {
    const Vector x = Load(logits + i * WIDTH) - largest, label = Load(labels + i * WIDTH);
    const Exponential e = ExponentialOf(x);
    const Vector exponential = (e.rest + 1.0f) * e.power;
    sum += exponential;
    labels_sum += label;
    labelled += label * x;
    Store(logits + i * WIDTH, exponential);
  }
  for (int64_t i = 0; i < classes; i++) {
    Store(logits + i * WIDTH, Load(logits + i * WIDTH) / sum - Load(labels + i * WIDTH));
  }
  return Logarithm(sum) * labels_sum - labelled;
}

int64_t ScratchSize(int64_t classes) { return 2 * classes * WIDTH; }

void Rows(int64_t rows, int64_t classes, const float *logits, const float *labels, float *losses, float *gradient,
          float *scratch) {
  float *const lanes = scratch, *const label_lanes = scratch + classes * WIDTH;
  for (int64_t first = 0; first < rows; first += WIDTH) {
    const int64_t count = rows - first < WIDTH ? rows - first : WIDTH;
    ToLanes(logits + first * classes, count, classes, lanes);
    ToLanes(labels + first * classes, count, classes, label_lanes);
    const Vector loss = Group(classes, lanes, label_lanes);
    for (int64_t lane = 0; lane < count; lane++) losses[first + lane] = loss[lane];
    FromLanes(lanes, count, classes, gradient + first * classes);
  }
}

}  // namespace

extern const CrossEntropyKernels AT_WIDTH(CrossEntropy);
const CrossEntropyKernels AT_WIDTH(CrossEntropy) = {ScratchSize, Rows};
