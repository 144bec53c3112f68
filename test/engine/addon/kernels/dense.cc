#include <algorithm>

#include "check.h"
#include "cross_entropy.h"
#include "descent.h"
#include "input_gradient.h"

namespace {

void Check(const DescentKernels &descent, const InputGradientKernels &back, const DenseSizes &s) {
  Made weights(s.inputs * s.outputs), x(s.batch * s.inputs), doutputs(s.batch * s.outputs);
  Results packed(descent.packed_size(s)), turned(back.turned_size(s));
  Results updated(weights.count()), dinputs(x.count());
  descent.pack(s, doutputs, packed);
  back.turn(s, doutputs, turned);
  for (int64_t first = 0; first < s.inputs; first += kRowsTogether) {
    const int64_t count = std::min(kRowsTogether, s.inputs - first);
    back.gradient(s, turned, weights, first, count, dinputs);
    descent.update(s, x, packed, 0.1f, first, count, weights, updated);
  }
  std::vector<double> new_weights(weights.count()), gradients(x.count());
  for (int64_t i = 0; i < weights.count(); i++) {
    const int64_t input = i / s.outputs, output = i % s.outputs;
    new_weights[i] = weights[i];
    for (int64_t example = 0; example < s.batch; example++) {
      const double doutput = doutputs[example * s.outputs + output];
      new_weights[i] -= 0.1 * doutput * x[example * s.inputs + input];
      gradients[example * s.inputs + input] += doutput * weights[i];
    }
  }
  ExpectClose("weights", updated, new_weights);
  ExpectClose("dinputs", dinputs, gradients);
}

void Check(const CrossEntropyKernels &kernels, int64_t rows, int64_t classes) {
  Made logits(rows * classes), labels(rows * classes);
  Results losses(rows), gradient(rows * classes), scratch(kernels.scratch_size(classes));
  kernels.run(rows, classes, logits, labels, losses, gradient, scratch);
  std::vector<double> expected(rows), gradients(rows * classes);
  for (int64_t i = 0; i < rows * classes; i++) {
    const float *const row = logits + i / classes * classes;
    double sum = 0;
    for (int64_t k = 0; k < classes; k++) sum += std::exp(row[k]);
    expected[i / classes] += labels[i] * (std::log(sum) - logits[i]);
    gradients[i] = std::exp(logits[i]) / sum - labels[i];
  }
  ExpectClose("losses", losses, expected);
  ExpectClose("gradient of logits", gradient, gradients);
}

}  // namespace

void CheckDense(const DescentKernels &descent, const InputGradientKernels &back) {
  const DenseSizes cases[] = {{1, 1, 1},   {48, 48, 16}, {49, 50, 17}, {100, 3, 33},
                              {7, 129, 2}, {5, 5, 0},    {0, 5, 3},    {5, 0, 3}};
  for (const DenseSizes &sizes : cases) Check(descent, back, sizes);
}

void CheckCrossEntropy(const CrossEntropyKernels &kernels) {
  for (const int64_t rows : {0, 1, 3, 16, 17, 33}) {
    for (const int64_t classes : {1, 2, 10, 31}) Check(kernels, rows, classes);
  }
}
