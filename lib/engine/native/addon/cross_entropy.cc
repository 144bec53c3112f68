// The operation InkwellCrossEntropy: the softmax cross-entropy of logits [rows, classes] and labels [rows, classes],
// [rows], and its gradient for the logits, [rows, classes]. TensorFlow's own takes longer than its parts.
#include "cross_entropy.h"

#include <algorithm>

#include "crew.h"
#include "operation.h"
#include "operations.h"

namespace {

const CrossEntropyKernels &Kernels() {
  static const CrossEntropyKernels &kernels = WIDEST(CrossEntropy);
  return kernels;
}

// How many numbers a thread takes at least: fewer are done before another has begun.
constexpr int64_t kFew = 16384;

void Compute(const void *, Run &run) {
  const int64_t rows = run.Size(0, 0), classes = run.Size(0, 1);
  const float *logits = run.Floats(0, {rows, classes});
  const float *labels = run.Floats(1, {rows, classes});
  float *losses = run.FloatsOut(0, {rows});
  float *gradient = run.FloatsOut(1, {rows, classes});
  if (!run.ok()) return;
  if (classes == 0) return static_cast<void>(std::fill_n(losses, rows, 0.0f));
  const int64_t wanted = rows * classes / kFew;
  const int64_t parts = std::clamp<int64_t>(wanted, 1, Threads());
  ForEachPart(parts, [&](int64_t part) {
    const int64_t first = part * rows / parts, count = (part + 1) * rows / parts - first;
    float *const scratch = Scratch(0, Kernels().scratch_size(classes));
    Kernels().run(count, classes, logits + first * classes, labels + first * classes, losses + first,
                  gradient + first * classes, scratch);
  });
}

const Operation kCrossEntropy = {
    "InkwellCrossEntropy", {"logits: float", "labels: float"}, {"losses: float", "gradient: float"}, {}, Compute,
};

}  // namespace

bool RegisterCrossEntropy() { return Register<kCrossEntropy>(); }
