// The operations InkwellLstm, InkwellLstmGrad and InkwellLstmGradWeights: an LSTM over all steps at once, forward and
// back. The layer puts them in the graph (../../lstm.ts). What is kept for the gradient is laid out as suits the
// processor; everything else is [batch, ...] as the names say.
#include "lstm.h"

#include <algorithm>

#include "crew.h"
#include "operation.h"
#include "operations.h"

namespace {

const LstmForwardKernels &ForwardKernels() {
  static const LstmForwardKernels &kernels = WIDEST(LstmForward);
  return kernels;
}
const LstmBackwardKernels &BackwardKernels() {
  static const LstmBackwardKernels &kernels = WIDEST(LstmBackward);
  return kernels;
}
const LstmWeightsKernels &WeightsKernels() {
  static const LstmWeightsKernels &kernels = WIDEST(LstmWeights);
  return kernels;
}

int64_t Portions(int64_t things, int64_t size) { return (things + size - 1) / size; }

// Parts a thread where there is enough to do: one that is held up is waited for less.
constexpr int64_t kPartsEach = 2;

// Calls `work(first, count)` for `parts` parts of some things, on all threads. Every number comes from one part alone,
// and in the same way whatever else is in it: how many parts there are has no influence on the results.
template <typename Work>
void InParts(int64_t things, int64_t parts, const Work &work) {
  parts = std::min<int64_t>(parts, things);
  ForEachPart(parts, [&](int64_t part) {
    const int64_t first = part * things / parts;
    work(first, (part + 1) * things / parts - first);
  });
}

// How many rows go through time together: with fewer a thread reads the matrices for little work, the states of more
// do not stay near.
constexpr int64_t kFewRows = 8, kManyRows = 32;

template <typename Work>
void InPartsOfRows(int64_t batch, const Work &work) {
  const int64_t each = batch >= kPartsEach * Threads() * kFewRows ? kPartsEach : 1;
  InParts(batch, std::max<int64_t>(each * Threads(), Portions(batch, kManyRows)), work);
}

void Forward(const void *, Run &run) {
  const int64_t batch = run.Size(0, 0);
  const LstmSizes sizes = {run.Size(0, 1), run.Size(0, 2), run.Size(2, 0)};
  const float *xs = run.Floats(0, {batch, sizes.steps, sizes.features});
  const float *weights = run.Floats(1, {sizes.features, sizes.columns()});
  const float *recurrent = run.Floats(2, {sizes.units, sizes.columns()});
  const float *biases = run.Floats(3, {sizes.columns()});
  const int64_t kept_size = ForwardKernels().kept_size(sizes);
  float *hidden = run.FloatsOut(0, {batch, sizes.steps, sizes.units});
  float *last = run.FloatsOut(1, {batch, sizes.units});
  float *kept = run.FloatsOut(2, {batch, sizes.steps, kept_size});
  if (!run.ok()) return;
  if (sizes.steps == 0) std::fill_n(last, batch * sizes.units, 0.0f);
  float *const packed = Scratch(0, ForwardKernels().packed_size(sizes));
  ForEachPart(ForwardKernels().blocks(sizes),
              [&](int64_t block) { ForwardKernels().pack(sizes, block, weights, recurrent, biases, packed); });
  InPartsOfRows(batch, [&](int64_t first, int64_t count) {
    const int64_t pairs = first * sizes.steps;
    ForwardKernels().run(sizes, packed, count, xs + pairs * sizes.features, hidden + pairs * sizes.units,
                         last + first * sizes.units, kept + pairs * kept_size);
  });
}

// dhidden is that of all steps, or, as a matrix, of the last.
void Backward(const void *, Run &run) {
  const int64_t batch = run.Size(1, 0);
  const LstmSizes sizes = {run.Size(1, 1), 0, run.Size(0, 0)};
  const bool of_last = run.Rank(2) == 2;
  const int64_t kept_size = ForwardKernels().kept_size(sizes);
  const float *recurrent = run.Floats(0, {sizes.units, sizes.columns()});
  const float *kept = run.Floats(1, {batch, sizes.steps, kept_size});
  const float *dlast = of_last ? run.Floats(2, {batch, sizes.units}) : nullptr;
  const float *dhidden = of_last ? nullptr : run.Floats(2, {batch, sizes.steps, sizes.units});
  float *dz = run.FloatsOut(0, {batch, sizes.steps, sizes.columns()});
  if (!run.ok()) return;
  float *const turned = Scratch(0, BackwardKernels().turned_size(sizes));
  ForEachPart(ForwardKernels().blocks(sizes),
              [&](int64_t block) { BackwardKernels().turn(sizes, block, recurrent, turned); });
  InPartsOfRows(batch, [&](int64_t first, int64_t count) {
    const int64_t pairs = first * sizes.steps;
    BackwardKernels().run(sizes, turned, count, kept + pairs * kept_size,
                          of_last ? nullptr : dhidden + pairs * sizes.units,
                          of_last ? dlast + first * sizes.units : nullptr, dz + pairs * sizes.columns());
  });
}

void WeightsGradient(const void *, Run &run) {
  const int64_t batch = run.Size(0, 0);
  const LstmSizes sizes = {run.Size(0, 1), run.Size(0, 2), run.Size(1, 2)};
  const float *xs = run.Floats(0, {batch, sizes.steps, sizes.features});
  const float *hidden = run.Floats(1, {batch, sizes.steps, sizes.units});
  const float *dz = run.Floats(2, {batch, sizes.steps, sizes.columns()});
  float *dweights = run.FloatsOut(0, {sizes.features, sizes.columns()});
  float *drecurrent = run.FloatsOut(1, {sizes.units, sizes.columns()});
  float *dbiases = run.FloatsOut(2, {sizes.columns()});
  if (!run.ok()) return;
  InParts(Portions(sizes.columns(), kStrip), kPartsEach * Threads(), [&](int64_t strip, int64_t strips) {
    const int64_t first = strip * kStrip, count = std::min<int64_t>(strips * kStrip, sizes.columns() - first);
    WeightsKernels().run(sizes, batch, xs, hidden, dz, first, count, dweights, drecurrent, dbiases);
  });
}

const Operation kLstm = {
    "InkwellLstm",
    {"xs: float", "weights: float", "recurrent: float", "biases: float"},
    {"hidden: float", "last: float", "kept: float"},
    {},
    Forward,
};
const Operation kLstmGrad = {
    "InkwellLstmGrad", {"recurrent: float", "kept: float", "dhidden: float"}, {"dz: float"}, {}, Backward,
};
const Operation kLstmGradWeights = {
    "InkwellLstmGradWeights",
    {"xs: float", "hidden: float", "dz: float"},
    {"dweights: float", "drecurrent: float", "dbiases: float"},
    {},
    WeightsGradient,
};

}  // namespace

bool RegisterLstm() { return Register<kLstm>() && Register<kLstmGrad>() && Register<kLstmGradWeights>(); }
