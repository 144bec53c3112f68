// The operations InkwellLstmCell and InkwellLstmCellGrad: what an LSTM does at each time step besides its matrix
// product, forward and back, in one pass over the numbers. Of TensorFlow's own operations it takes eleven forward and
// sixteen back, which is 40 % of a training step.
#include <cstdint>
#include <cstring>

#include "operation.h"
#include "operations.h"

#if defined(__x86_64__) && defined(__linux__)
#define FOR_EVERY_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_EVERY_PROCESSOR
#endif
#define INLINE static inline __attribute__((always_inline))

namespace {

// 2^n and e^r - 1, where e^x = 2^n e^r with |r| <= ln(2) / 2 (after Cephes). No branches: they would
// keep the compiler from making vectors of it.
struct Parts {
  float power, rest;
};
INLINE Parts Exponential(float x) {
  x = x < -87.0f ? -87.0f : x;
  x = x > 87.0f ? 87.0f : x;
  const float whole = (x * 1.44269504f + 12582912.0f) - 12582912.0f;  // to the nearest
  const float r = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  const int32_t bits = (static_cast<int32_t>(whole) + 127) << 23;
  float power;
  std::memcpy(&power, &bits, sizeof power);
  return {power, p * r * r + r};
}

INLINE float Sigmoid(float x) {
  const Parts e = Exponential(-x);
  return 1.0f / (1.0f + (e.rest + 1.0f) * e.power);
}

// By e^-2|x| - 1, which keeps its digits near 0.
INLINE float Tanh(float x) {
  const Parts e = Exponential(-2.0f * __builtin_fabsf(x));
  const float less = e.rest * e.power + (e.power - 1.0f);
  return __builtin_copysignf(less / (less + 2.0f), x);
}

FOR_EVERY_PROCESSOR
void ForwardRow(int64_t units, const float *__restrict x, const float *__restrict h, const float *__restrict before,
                float *__restrict hidden, float *__restrict cell, float *__restrict gates) {
  for (int64_t j = 0; j < units; j++) {
    const float i = Sigmoid(x[j] + h[j]);
    const float f = Sigmoid(x[units + j] + h[units + j]);
    const float g = Tanh(x[2 * units + j] + h[2 * units + j]);
    const float o = Sigmoid(x[3 * units + j] + h[3 * units + j]);
    const float c = f * before[j] + i * g;
    gates[j] = i;
    gates[units + j] = f;
    gates[2 * units + j] = g;
    gates[3 * units + j] = o;
    cell[j] = c;
    hidden[j] = o * Tanh(c);
  }
}

FOR_EVERY_PROCESSOR
void BackwardRow(int64_t units, const float *__restrict gates, const float *__restrict before,
                 const float *__restrict cell, const float *__restrict dhidden, const float *__restrict dcell,
                 float *__restrict dz, float *__restrict dbefore) {
  for (int64_t j = 0; j < units; j++) {
    const float i = gates[j], f = gates[units + j], g = gates[2 * units + j], o = gates[3 * units + j];
    const float t = Tanh(cell[j]);
    const float dc = dcell[j] + dhidden[j] * o * (1.0f - t * t);
    dz[j] = dc * g * i * (1.0f - i);
    dz[units + j] = dc * before[j] * f * (1.0f - f);
    dz[2 * units + j] = dc * i * (1.0f - g * g);
    dz[3 * units + j] = dhidden[j] * t * o * (1.0f - o);
    dbefore[j] = dc * f;
  }
}

void Forward(void *, TF_OpKernelContext *context) {
  Run run(context);
  const int64_t batch = run.Size(2, 0), units = run.Size(2, 1);
  const float *x = run.Floats(0, {batch, 4 * units}), *h = run.Floats(1, {batch, 4 * units});
  const float *before = run.Floats(2, {batch, units});
  float *hidden = run.FloatsOut(0, {batch, units}), *cell = run.FloatsOut(1, {batch, units});
  float *gates = run.FloatsOut(2, {batch, 4 * units});
  if (!run.ok()) return;
  for (int64_t row = 0; row < batch; row++) {
    const int64_t narrow = row * units, wide = 4 * narrow;
    ForwardRow(units, x + wide, h + wide, before + narrow, hidden + narrow, cell + narrow, gates + wide);
  }
}

void Backward(void *, TF_OpKernelContext *context) {
  Run run(context);
  const int64_t batch = run.Size(1, 0), units = run.Size(1, 1);
  const float *gates = run.Floats(0, {batch, 4 * units}), *before = run.Floats(1, {batch, units});
  const float *cell = run.Floats(2, {batch, units}), *dhidden = run.Floats(3, {batch, units});
  const float *dcell = run.Floats(4, {batch, units});
  float *dz = run.FloatsOut(0, {batch, 4 * units}), *dbefore = run.FloatsOut(1, {batch, units});
  if (!run.ok()) return;
  for (int64_t row = 0; row < batch; row++) {
    const int64_t narrow = row * units, wide = 4 * narrow;
    BackwardRow(units, gates + wide, before + narrow, cell + narrow, dhidden + narrow, dcell + narrow, dz + wide,
                dbefore + narrow);
  }
}

}  // namespace

bool RegisterLstmCell() {
  return Register({"InkwellLstmCell",
                   {"x: float", "h: float", "before: float"},
                   {"hidden: float", "cell: float", "gates: float"},
                   {},
                   nullptr,
                   Forward,
                   nullptr}) &&
         Register({"InkwellLstmCellGrad",
                   {"gates: float", "before: float", "cell: float", "dhidden: float", "dcell: float"},
                   {"dz: float", "dbefore: float"},
                   {},
                   nullptr,
                   Backward,
                   nullptr});
}
