#include "lstm.h"

#include <algorithm>

#include "check.h"

namespace {

double Sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// An LSTM with its gradients, number by number.
struct Plain {
  std::vector<double> hidden, cells, gates, dz, dweights, drecurrent, dbiases;

  Plain(const LstmSizes &s, int64_t batch, const float *xs, const float *weights, const float *recurrent,
        const float *biases, const float *dhidden)
      : hidden(batch * s.steps * s.units),
        cells(hidden.size()),
        gates(batch * s.steps * s.columns()),
        dz(gates.size()),
        dweights(s.features * s.columns()),
        drecurrent(s.units * s.columns()),
        dbiases(s.columns()) {
    for (int64_t pair = 0; pair < batch * s.steps; pair++) Forward(s, pair, xs, weights, recurrent, biases);
    for (int64_t row = 0; row < batch; row++) Backward(s, row, recurrent, dhidden);
    for (int64_t i = 0; i < batch * s.steps * s.columns(); i++) AddTo(s, i / s.columns(), i % s.columns(), xs);
  }

  void Forward(const LstmSizes &s, int64_t pair, const float *xs, const float *weights, const float *recurrent,
               const float *biases) {
    const bool is_first = pair % s.steps == 0;
    double *const gate = &gates[pair * s.columns()];
    for (int64_t n = 0; n < s.columns(); n++) {
      double z = biases[n];
      for (int64_t k = 0; k < s.features; k++) z += xs[pair * s.features + k] * weights[k * s.columns() + n];
      for (int64_t k = 0; k < s.units && !is_first; k++) {
        z += hidden[(pair - 1) * s.units + k] * recurrent[k * s.columns() + n];
      }
      gate[n] = n / s.units == 2 ? std::tanh(z) : Sigmoid(z);
    }
    for (int64_t n = 0; n < s.units; n++) {
      const double before = is_first ? 0 : cells[(pair - 1) * s.units + n];
      const double cell = gate[s.units + n] * before + gate[n] * gate[2 * s.units + n];
      cells[pair * s.units + n] = cell;
      hidden[pair * s.units + n] = gate[3 * s.units + n] * std::tanh(cell);
    }
  }

  void Backward(const LstmSizes &s, int64_t row, const float *recurrent, const float *dhidden) {
    std::vector<double> dh(s.units), dc(s.units);
    for (int64_t step = s.steps - 1; step >= 0; step--) {
      const int64_t pair = row * s.steps + step;
      const double *const gate = &gates[pair * s.columns()];
      double *const to = &dz[pair * s.columns()];
      for (int64_t n = 0; n < s.units; n++) {
        const double i = gate[n], f = gate[s.units + n], g = gate[2 * s.units + n], o = gate[3 * s.units + n];
        const double t = std::tanh(cells[pair * s.units + n]), d = dh[n] + dhidden[pair * s.units + n];
        const double carried = dc[n] + d * o * (1 - t * t);
        to[n] = carried * g * i * (1 - i);
        to[s.units + n] = step == 0 ? 0 : carried * cells[(pair - 1) * s.units + n] * f * (1 - f);
        to[2 * s.units + n] = carried * i * (1 - g * g);
        to[3 * s.units + n] = d * t * o * (1 - o);
        dc[n] = carried * f;
      }
      for (int64_t n = 0; n < s.units; n++) {
        dh[n] = 0;
        for (int64_t k = 0; k < s.columns(); k++) dh[n] += to[k] * recurrent[n * s.columns() + k];
      }
    }
  }

  void AddTo(const LstmSizes &s, int64_t pair, int64_t column, const float *xs) {
    const double d = dz[pair * s.columns() + column];
    dbiases[column] += d;
    for (int64_t k = 0; k < s.features; k++) dweights[k * s.columns() + column] += d * xs[pair * s.features + k];
    for (int64_t k = 0; k < s.units && pair % s.steps > 0; k++) {
      drecurrent[k * s.columns() + column] += d * hidden[(pair - 1) * s.units + k];
    }
  }
};

void Check(const LstmForwardKernels &forward, const LstmBackwardKernels &backward, const LstmWeightsKernels &gradient,
           const LstmSizes &s, int64_t batch) {
  const int64_t pairs = batch * s.steps;
  Made xs(pairs * s.features), weights(s.features * s.columns()), recurrent(s.units * s.columns());
  Made biases(s.columns()), dhidden(pairs * s.units);
  Results packed(forward.packed_size(s)), turned(backward.turned_size(s)), kept(pairs * forward.kept_size(s));
  Results hidden(pairs * s.units), last(batch * s.units), dz(pairs * s.columns());
  Results dweights(weights.count()), drecurrent(recurrent.count()), dbiases(s.columns());
  for (int64_t block = 0; block < forward.blocks(s); block++) {
    forward.pack(s, block, weights, recurrent, biases, packed);
    backward.turn(s, block, recurrent, turned);
  }
  forward.run(s, packed, batch, xs, hidden, last, kept);
  backward.run(s, turned, batch, kept, dhidden, nullptr, dz);
  for (int64_t first = 0; first < s.columns(); first += kStrip) {
    const int64_t count = std::min(kStrip, s.columns() - first);
    gradient.run(s, batch, xs, hidden, dz, first, count, dweights, drecurrent, dbiases);
  }
  const Plain plain(s, batch, xs, weights, recurrent, biases, dhidden);
  ExpectClose("hidden", hidden, plain.hidden);
  ExpectClose("dz", dz, plain.dz);
  ExpectClose("dweights", dweights, plain.dweights);
  ExpectClose("drecurrent", drecurrent, plain.drecurrent);
  ExpectClose("dbiases", dbiases, plain.dbiases);
}

}  // namespace

void CheckLstm(const LstmForwardKernels &forward, const LstmBackwardKernels &backward,
               const LstmWeightsKernels &gradient) {
  const LstmSizes cases[] = {{1, 1, 1},   {3, 5, 7}, {4, 16, 16}, {2, 3, 33}, {5, 1, 80},
                             {2, 2, 130}, {0, 3, 4}, {3, 0, 5},   {2, 3, 0}};
  for (const LstmSizes &sizes : cases) {
    for (const int64_t batch : {0, 1, 9}) Check(forward, backward, gradient, sizes, batch);
  }
}
