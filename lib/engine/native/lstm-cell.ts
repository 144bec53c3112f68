/**
 * Two operations for the addon, in C++: what an LSTM does at each time step
 * besides its matrix product, forward and back, in one pass over the numbers.
 * Of TensorFlow's own operations it takes eleven forward and sixteen back, which
 * is 40 % of a training step. They are registered with TensorFlow through its C
 * interface, so they are part of graphs like any other.
 */

/** The operations' names in TensorFlow. */
export const lstmOperations = { forward: 'InkwellLstmCell', backward: 'InkwellLstmCellGrad' } as const;

/**
 * How the source is compiled: with vectors as wide as the processor that runs it
 * has (`target_clones`), which a loop with conditions needs the last two for.
 */
export const lstmFlags: readonly string[] = ['-O3', '-fno-math-errno', '-fno-trapping-math'];

/** `RegisterLstmCell()` registers both; a second call does nothing. */
export const lstmSource: string = `
#include <cstdint>
#include <cstring>
#include "tensorflow/c/tf_datatype.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

// From tensorflow/c/ops.h and kernels.h, which the wheel does not carry.
extern "C" {
struct TF_OpDefinitionBuilder;
struct TF_ShapeInferenceContext;
struct TF_KernelBuilder;
struct TF_OpKernelConstruction;
struct TF_OpKernelContext;
TF_OpDefinitionBuilder *TF_NewOpDefinitionBuilder(const char *);
void TF_OpDefinitionBuilderAddInput(TF_OpDefinitionBuilder *, const char *);
void TF_OpDefinitionBuilderAddOutput(TF_OpDefinitionBuilder *, const char *);
void TF_OpDefinitionBuilderSetShapeInferenceFunction(TF_OpDefinitionBuilder *,
                                                     void (*)(TF_ShapeInferenceContext *, TF_Status *));
void TF_ShapeInferenceContextSetUnknownShape(TF_ShapeInferenceContext *, TF_Status *);
void TF_RegisterOpDefinition(TF_OpDefinitionBuilder *, TF_Status *);
TF_KernelBuilder *TF_NewKernelBuilder(const char *, const char *, void *(*)(TF_OpKernelConstruction *),
                                      void (*)(void *, TF_OpKernelContext *), void (*)(void *));
void TF_RegisterKernelBuilder(const char *, TF_KernelBuilder *, TF_Status *);
void TF_GetInput(TF_OpKernelContext *, int, TF_Tensor **, TF_Status *);
TF_Tensor *TF_AllocateOutput(TF_OpKernelContext *, int, TF_DataType, const int64_t *, int, size_t, TF_Status *);
void TF_OpKernelContext_Failure(TF_OpKernelContext *, TF_Status *);
}

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

// The inputs and outputs of one run, let go of at its end.
class Run {
 public:
  explicit Run(TF_OpKernelContext *context) : context_(context) {}
  ~Run() {
    if (!ok()) TF_OpKernelContext_Failure(context_, status_);
    for (int i = 0; i < count_; i++) TF_DeleteTensor(tensors_[i]);
    TF_DeleteStatus(status_);
  }
  bool ok() const { return TF_GetCode(status_) == TF_OK; }
  const float *Input(int index, int64_t rows, int64_t columns) {
    TF_Tensor *tensor = nullptr;
    if (ok()) TF_GetInput(context_, index, &tensor, status_);
    if (!ok()) return nullptr;
    tensors_[count_++] = tensor;
    if (TF_NumDims(tensor) != 2 || TF_Dim(tensor, 0) != rows || TF_Dim(tensor, 1) != columns) {
      TF_SetStatus(status_, TF_INVALID_ARGUMENT, "the shapes of the inputs do not fit each other");
    }
    return static_cast<const float *>(TF_TensorData(tensor));
  }
  // The shape [rows, columns] of an input.
  void Shape(int index, int64_t *rows, int64_t *columns) {
    TF_Tensor *tensor = nullptr;
    TF_GetInput(context_, index, &tensor, status_);
    if (!ok()) return;
    tensors_[count_++] = tensor;
    if (TF_NumDims(tensor) != 2) {
      TF_SetStatus(status_, TF_INVALID_ARGUMENT, "expected [batch, units]");
      return;
    }
    *rows = TF_Dim(tensor, 0);
    *columns = TF_Dim(tensor, 1);
  }
  float *Output(int index, int64_t rows, int64_t columns) {
    if (!ok()) return nullptr;
    const int64_t shape[] = {rows, columns};
    TF_Tensor *tensor =
        TF_AllocateOutput(context_, index, TF_FLOAT, shape, 2, rows * columns * sizeof(float), status_);
    if (tensor == nullptr) return nullptr;
    tensors_[count_++] = tensor;
    return static_cast<float *>(TF_TensorData(tensor));
  }

 private:
  TF_OpKernelContext *context_;
  TF_Status *status_ = TF_NewStatus();
  TF_Tensor *tensors_[12];
  int count_ = 0;
};

void Forward(void *, TF_OpKernelContext *context) {
  Run run(context);
  int64_t batch = 0, units = 0;
  run.Shape(2, &batch, &units);
  const float *x = run.Input(0, batch, 4 * units), *h = run.Input(1, batch, 4 * units);
  const float *before = run.Input(2, batch, units);
  float *hidden = run.Output(0, batch, units), *cell = run.Output(1, batch, units);
  float *gates = run.Output(2, batch, 4 * units);
  if (!run.ok()) return;
  for (int64_t row = 0; row < batch; row++) {
    const int64_t narrow = row * units, wide = 4 * narrow;
    ForwardRow(units, x + wide, h + wide, before + narrow, hidden + narrow, cell + narrow, gates + wide);
  }
}

void Backward(void *, TF_OpKernelContext *context) {
  Run run(context);
  int64_t batch = 0, units = 0;
  run.Shape(1, &batch, &units);
  const float *gates = run.Input(0, batch, 4 * units), *before = run.Input(1, batch, units);
  const float *cell = run.Input(2, batch, units), *dhidden = run.Input(3, batch, units);
  const float *dcell = run.Input(4, batch, units);
  float *dz = run.Output(0, batch, 4 * units), *dbefore = run.Output(1, batch, units);
  if (!run.ok()) return;
  for (int64_t row = 0; row < batch; row++) {
    const int64_t narrow = row * units, wide = 4 * narrow;
    BackwardRow(units, gates + wide, before + narrow, cell + narrow, dhidden + narrow, dcell + narrow, dz + wide,
                dbefore + narrow);
  }
}

void *Create(TF_OpKernelConstruction *) { return nullptr; }
void Delete(void *) {}
void UnknownShape(TF_ShapeInferenceContext *context, TF_Status *status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

bool Register(const char *name, const char *const *inputs, const char *const *outputs,
              void (*compute)(void *, TF_OpKernelContext *)) {
  TF_Status *status = TF_NewStatus();
  TF_OpDefinitionBuilder *definition = TF_NewOpDefinitionBuilder(name);
  for (; *inputs != nullptr; inputs++) TF_OpDefinitionBuilderAddInput(definition, *inputs);
  for (; *outputs != nullptr; outputs++) TF_OpDefinitionBuilderAddOutput(definition, *outputs);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, UnknownShape);
  TF_RegisterOpDefinition(definition, status);
  if (TF_GetCode(status) == TF_OK) {
    TF_RegisterKernelBuilder(name, TF_NewKernelBuilder(name, "CPU", Create, compute, Delete), status);
  }
  const bool registered = TF_GetCode(status) == TF_OK;
  TF_DeleteStatus(status);
  return registered;
}

}  // namespace

bool RegisterLstmCell() {
  static const char *const inputs[] = {"x: float", "h: float", "before: float", nullptr};
  static const char *const outputs[] = {"hidden: float", "cell: float", "gates: float", nullptr};
  static const char *const gradient_inputs[] = {"gates: float",   "before: float", "cell: float",
                                                "dhidden: float", "dcell: float",  nullptr};
  static const char *const gradient_outputs[] = {"dz: float", "dbefore: float", nullptr};
  static const bool registered = Register("${lstmOperations.forward}", inputs, outputs, Forward) &&
                                 Register("${lstmOperations.backward}", gradient_inputs, gradient_outputs, Backward);
  return registered;
}
`;
