// The operation InkwellDescent: weights [inputs, outputs] less rate [] times their gradient, which is
// x [batch, inputs] transposed times doutputs [batch, outputs]. And InkwellDenseBack, which also makes the gradients of
// the inputs, doutputs times the old weights transposed, while it has the weights at hand. Both overwrite the weights
// where nothing else holds them. compile() puts them in the place of TensorFlow's operations (descents.ts).
#include "descent.h"

#include "crew.h"
#include "input_gradient.h"
#include "operation.h"
#include "operations.h"

namespace {

const DescentKernels &Descent() {
  static const DescentKernels &kernels = WIDEST(Descent);
  return kernels;
}
const InputGradientKernels &InputGradient() {
  static const InputGradientKernels &kernels = WIDEST(InputGradient);
  return kernels;
}

// Calls `work(first, count)` for the weights, kRowsTogether rows at a time.
template <typename Work>
void ForEachRows(const DenseSizes &sizes, const Work &work) {
  ForEachPart((sizes.inputs + kRowsTogether - 1) / kRowsTogether, [&](int64_t part) {
    const int64_t first = part * kRowsTogether, left = sizes.inputs - first;
    work(first, left < kRowsTogether ? left : kRowsTogether);
  });
}

// What both operations get: weights, rate, x, doutputs.
struct Step {
  DenseSizes sizes;
  const float *weights, *rate, *x, *doutputs;
  float *updated;

  explicit Step(Run &run) : sizes{run.Size(2, 1), run.Size(3, 1), run.Size(2, 0)} {
    rate = run.Floats(1, {});
    x = run.Floats(2, {sizes.batch, sizes.inputs});
    doutputs = run.Floats(3, {sizes.batch, sizes.outputs});
    updated = run.FloatsOver(0, 0, {sizes.inputs, sizes.outputs}, &weights);
  }
  const float *Pack() const {
    float *const packed = Scratch(0, Descent().packed_size(sizes));
    Descent().pack(sizes, doutputs, packed);
    return packed;
  }
  void Update(const float *packed, int64_t first, int64_t count) const {
    Descent().update(sizes, x, packed, *rate, first, count, weights, updated);
  }
};

void Descend(const void *, Run &run) {
  const Step step(run);
  if (!run.ok()) return;
  const float *const packed = step.Pack();
  ForEachRows(step.sizes, [&](int64_t first, int64_t count) { step.Update(packed, first, count); });
}

void GoBack(const void *, Run &run) {
  const Step step(run);
  float *const dinputs = run.FloatsOut(1, {step.sizes.batch, step.sizes.inputs});
  if (!run.ok()) return;
  const float *const packed = step.Pack();
  float *const turned = Scratch(1, InputGradient().turned_size(step.sizes));
  InputGradient().turn(step.sizes, step.doutputs, turned);
  ForEachRows(step.sizes, [&](int64_t first, int64_t count) {
    InputGradient().gradient(step.sizes, turned, step.weights, first, count, dinputs);
    step.Update(packed, first, count);
  });
}

const Operation kDescent = {
    "InkwellDescent", {"weights: float", "rate: float", "x: float", "doutputs: float"}, {"updated: float"}, {}, Descend,
};
const Operation kDenseBack = {
    "InkwellDenseBack",
    {"weights: float", "rate: float", "x: float", "doutputs: float"},
    {"updated: float", "dinputs: float"},
    {},
    GoBack,
};

}  // namespace

bool RegisterDescent() { return Register<kDescent>() && Register<kDenseBack>(); }
