// The loops of input_gradient.h, for vectors of WIDTH numbers.
#include "crew.h"
#include "input_gradient.h"
#include "tile.h"

namespace {

// Two vectors of examples and as many rows of the weights as leave registers for them.
constexpr int kVectors = 2, kRows = kTileRows[kVectors];
constexpr int64_t kExamples = kVectors * WIDTH;

int64_t Panels(const DenseSizes &sizes) { return (sizes.batch + kExamples - 1) / kExamples; }
int64_t TurnedSize(const DenseSizes &sizes) { return Panels(sizes) * kExamples * sizes.outputs; }

// Panels of kExamples, each with all outputs.
void Turn(const DenseSizes &sizes, const float *doutputs, float *turned) {
  for (int64_t first = 0; first < sizes.batch; first += kExamples) {
    const int64_t used = sizes.batch - first < kExamples ? sizes.batch - first : kExamples;
    for (int64_t output = 0; output < sizes.outputs; output++, turned += kExamples) {
      for (int64_t i = 0; i < used; i++) turned[i] = doutputs[(first + i) * sizes.outputs + output];
      for (int64_t i = used; i < kExamples; i++) turned[i] = 0.0f;
    }
  }
}

void Gradient(const DenseSizes &sizes, const float *turned, const float *weights, int64_t first, int64_t count,
              float *dinputs) {
  static const float zeros[kExamples] = {};
  float *const sums = Scratch(4, kRowsTogether * kExamples);
  for (int64_t example = 0; example < sizes.batch; example += kExamples, turned += kExamples * sizes.outputs) {
    for (int64_t row = 0; row < count; row += kRows) {
      const Rows rows = {weights + (first + row) * sizes.outputs, sizes.outputs, 1, sizes.outputs, 0};
      const int64_t left = count - row;
      TileOf<kRows, kVectors>(left < kRows ? left : kRows, rows, turned, zeros, 0, sums + row * kExamples, kExamples);
    }
    const int64_t used = sizes.batch - example < kExamples ? sizes.batch - example : kExamples;
    for (int64_t i = 0; i < used; i++) {
      float *const to = dinputs + (example + i) * sizes.inputs + first;
      for (int64_t row = 0; row < count; row++) to[row] = sums[row * kExamples + i];
    }
  }
}

}  // namespace

extern const InputGradientKernels AT_WIDTH(InputGradient) = {TurnedSize, Turn, Gradient};
