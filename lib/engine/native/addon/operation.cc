#include "operation.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <string>
#include <vector>

#include "crew.h"

namespace {

void UnknownShape(TF_ShapeInferenceContext *context, TF_Status *status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

size_t BytesOf(TF_DataType type, const int64_t *sizes, int rank) {
  size_t bytes = TF_DataTypeSize(type);
  for (int axis = 0; axis < rank; axis++) bytes *= static_cast<size_t>(sizes[axis]);
  return bytes;
}

bool HasShape(const TF_Tensor *tensor, Shape shape) {
  if (TF_NumDims(tensor) != static_cast<int>(shape.size())) return false;
  int axis = 0;
  for (const int64_t size : shape) {
    if (TF_Dim(tensor, axis++) != size) return false;
  }
  return true;
}

std::string Text(const int64_t *sizes, int rank) {
  std::string text = "[";
  for (int axis = 0; axis < rank; axis++) text += (axis > 0 ? "," : "") + std::to_string(sizes[axis]);
  return text + "]";
}

// What an operation calls an input: "x" of "x: float". The last may be a list.
std::string NameOf(const Operation &operation, int input) {
  const char *const name = operation.inputs.begin()[std::min(input, static_cast<int>(operation.inputs.size()) - 1)];
  return std::string(name, std::strcspn(name, ":"));
}

std::string Text(const TF_Tensor *tensor) {
  int64_t sizes[8];
  const int rank = TF_NumDims(tensor) < 8 ? TF_NumDims(tensor) : 8;
  for (int axis = 0; axis < rank; axis++) sizes[axis] = TF_Dim(tensor, axis);
  return Text(sizes, rank);
}

}  // namespace

bool RegisterAs(const Operation &operation, void *(*create)(TF_OpKernelConstruction *),
                void (*compute)(void *made, TF_OpKernelContext *)) {
  TF_Status *status = TF_NewStatus();
  TF_OpDefinitionBuilder *definition = TF_NewOpDefinitionBuilder(operation.name);
  for (const char *input : operation.inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char *output : operation.outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  for (const char *attribute : operation.attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, UnknownShape);
  TF_RegisterOpDefinition(definition, status);
  if (TF_GetCode(status) == TF_OK) {
    TF_KernelBuilder *kernel = TF_NewKernelBuilder(operation.name, "CPU", create, compute, operation.destroy);
    TF_RegisterKernelBuilder(operation.name, kernel, status);
  }
  const bool registered = TF_GetCode(status) == TF_OK;
  TF_DeleteStatus(status);
  return registered;
}

void RunOnce(const Operation &operation, const void *made, TF_OpKernelContext *context) {
  Run run(operation, context);
  try {
    operation.compute(made, run);
  } catch (const std::bad_alloc &) {
    run.Fail(TF_RESOURCE_EXHAUSTED, "there is not enough memory to work in");
  }
  LetGoOfLargeRooms();
}

bool WholeNumbers(const Operation &operation, TF_OpKernelConstruction *construction, const char *attribute, int count,
                  int64_t *numbers) {
  TF_Status *status = TF_NewStatus();
  int32_t size = 0, bytes = 0;
  TF_OpKernelConstruction_GetAttrSize(construction, attribute, &size, &bytes, status);
  if (TF_GetCode(status) == TF_OK && size == count) {
    TF_OpKernelConstruction_GetAttrInt64List(construction, attribute, numbers, count, status);
  }
  const bool failed = TF_GetCode(status) != TF_OK;
  if (failed) TF_OpKernelConstruction_Failure(construction, status);
  TF_DeleteStatus(status);
  if (failed || size == count) return !failed;
  const std::string why =
      std::string(attribute) + " has " + std::to_string(size) + " numbers, expected " + std::to_string(count);
  Refuse(operation, construction, why.c_str());
  return false;
}

bool FloatNumber(const Operation &, TF_OpKernelConstruction *construction, const char *attribute, float *number) {
  TF_Status *status = TF_NewStatus();
  TF_OpKernelConstruction_GetAttrFloat(construction, attribute, number, status);
  const bool failed = TF_GetCode(status) != TF_OK;
  if (failed) TF_OpKernelConstruction_Failure(construction, status);
  TF_DeleteStatus(status);
  return !failed;
}

void Refuse(const Operation &operation, TF_OpKernelConstruction *construction, const char *why) {
  TF_Status *status = TF_NewStatus();
  TF_SetStatus(status, TF_INVALID_ARGUMENT, (std::string(operation.name) + ": " + why).c_str());
  TF_OpKernelConstruction_Failure(construction, status);
  TF_DeleteStatus(status);
}

Run::Run(const Operation &operation, TF_OpKernelContext *context)
    : operation_(operation), context_(context), status_(TF_NewStatus()) {}

Run::~Run() {
  if (!ok()) TF_OpKernelContext_Failure(context_, status_);
  for (TF_Tensor *tensor : inputs_) {
    if (tensor != nullptr) TF_DeleteTensor(tensor);
  }
  for (TF_Tensor *tensor : outputs_) {
    if (tensor != nullptr) TF_DeleteTensor(tensor);
  }
  TF_DeleteStatus(status_);
}

TF_Tensor *Run::Take(int input) {
  if (inputs_[input] == nullptr && ok()) TF_GetInput(context_, input, &inputs_[input], status_);
  return ok() ? inputs_[input] : nullptr;
}

int64_t Run::Size(int input, int axis) {
  const TF_Tensor *tensor = Take(input);
  return tensor != nullptr && axis < TF_NumDims(tensor) ? TF_Dim(tensor, axis) : 0;
}

int Run::Rank(int input) {
  const TF_Tensor *tensor = Take(input);
  return tensor != nullptr ? TF_NumDims(tensor) : 0;
}

const void *Run::Input(int input, TF_DataType type, Shape shape) {
  const TF_Tensor *tensor = Take(input);
  if (tensor == nullptr) return nullptr;
  if (TF_TensorType(tensor) != type || !HasShape(tensor, shape)) {
    const int rank = static_cast<int>(shape.size());
    const std::string name = NameOf(operation_, input), came = Text(tensor);
    const std::string expected =
        TF_NumDims(tensor) == rank ? Text(shape.begin(), rank) : std::to_string(rank) + " axes";
    Fail(TF_INVALID_ARGUMENT, (name + " is " + came + ", expected " + expected).c_str());
    return nullptr;
  }
  return TF_TensorData(tensor);
}

void Run::Fail(TF_Code code, const char *why) {
  TF_SetStatus(status_, code, (std::string(operation_.name) + ": " + why).c_str());
}

Matrix Run::Rows(int input, int64_t columns) {
  const TF_Tensor *tensor = Take(input);
  if (tensor == nullptr) return {0, nullptr};
  const int rank = TF_NumDims(tensor);
  if (TF_TensorType(tensor) == TF_FLOAT && rank > 0 && columns > 0 && TF_Dim(tensor, rank - 1) == columns) {
    return {TF_TensorElementCount(tensor) / columns, static_cast<const float *>(TF_TensorData(tensor))};
  }
  const std::string name = NameOf(operation_, input), came = Text(tensor);
  Fail(TF_INVALID_ARGUMENT,
       (name + " is " + came + ", expected a last axis of " + std::to_string(columns) + ", above 0").c_str());
  return {0, nullptr};
}

float *Run::FloatsOutLike(int output, int input) {
  const TF_Tensor *tensor = Take(input);
  if (tensor == nullptr) return nullptr;
  std::vector<int64_t> sizes;
  for (int axis = 0; axis < TF_NumDims(tensor); axis++) sizes.push_back(TF_Dim(tensor, axis));
  return static_cast<float *>(Output(output, TF_FLOAT, sizes.data(), static_cast<int>(sizes.size())));
}

void *Run::Output(int output, TF_DataType type, Shape shape) {
  return Output(output, type, shape.begin(), static_cast<int>(shape.size()));
}

void *Run::Output(int output, TF_DataType type, const int64_t *sizes, int rank) {
  if (!ok()) return nullptr;
  outputs_[output] = TF_AllocateOutput(context_, output, type, sizes, rank, BytesOf(type, sizes, rank), status_);
  return ok() && outputs_[output] != nullptr ? TF_TensorData(outputs_[output]) : nullptr;
}

float *Run::FloatsOver(int input, int output, Shape shape, const float **elements) {
  if (!ok()) return nullptr;
  int taken = -1;
  outputs_[output] = TF_ForwardInputOrAllocateOutput(context_, &input, 1, output, shape.begin(),
                                                     static_cast<int>(shape.size()), &taken, status_);
  if (!ok()) return nullptr;
  float *const room = static_cast<float *>(TF_TensorData(outputs_[output]));
  *elements = taken == input ? room : Floats(input, shape);
  return room;
}
