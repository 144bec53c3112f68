// An operation of our own: how TensorFlow is told of it, and what a run of it gets and gives.
#pragma once

#include <cstdint>
#include <initializer_list>

#include "tensorflow_kernels.h"

// The sizes of a tensor along its axes.
using Shape = std::initializer_list<int64_t>;

class Run;

// What TensorFlow is told. Kernels run on the CPU.
struct Operation {
  const char *name;
  std::initializer_list<const char *> inputs, outputs, attributes;  // such as "x: float"
  // May throw std::bad_alloc, as may the parts of its work that other threads do.
  void (*compute)(const void *made, Run &run);
  // Makes what all runs of one node share, from its attributes, and lets go of it; null where there is nothing.
  void *(*create)(const Operation &, TF_OpKernelConstruction *) = nullptr;
  void (*destroy)(void *made) = nullptr;
};

// Tells TensorFlow of an operation. False where it refuses.
template <const Operation &operation>
bool Register();

// Reads an attribute that is a list of `count` whole numbers; another one fails.
bool WholeNumbers(const Operation &operation, TF_OpKernelConstruction *construction, const char *attribute, int count,
                  int64_t *numbers);
// Reads an attribute that is a number; where there is none, the node fails.
bool FloatNumber(const Operation &operation, TF_OpKernelConstruction *construction, const char *attribute,
                 float *number);
// Makes the node fail because of its attributes.
void Refuse(const Operation &operation, TF_OpKernelConstruction *construction, const char *why);

// The numbers of a tensor as rows: all its axes but the last are one.
struct Matrix {
  int64_t rows;
  const float *numbers;

  // The numbers from a place on; null where there are none at all.
  const float *From(int64_t at) const { return numbers == nullptr ? nullptr : numbers + at; }
};

// The inputs and outputs of one run, let go of at its end. The first that fails makes the run fail.
class Run {
 public:
  Run(const Operation &operation, TF_OpKernelContext *context);
  ~Run();
  Run(const Run &) = delete;
  Run &operator=(const Run &) = delete;

  bool ok() const { return TF_GetCode(status_) == TF_OK; }
  // The size of an input along an axis; 0 where it has fewer.
  int64_t Size(int input, int axis);
  // How many axes an input has.
  int Rank(int input);
  // The elements of an input of that shape; another shape fails.
  const float *Floats(int input, Shape shape) { return static_cast<const float *>(Input(input, TF_FLOAT, shape)); }
  const uint8_t *Bytes(int input, Shape shape) { return static_cast<const uint8_t *>(Input(input, TF_UINT8, shape)); }
  // The elements of an input of any shape that ends in so many columns, of which there are some; another one fails.
  Matrix Rows(int input, int64_t columns);
  // Room for an output.
  float *FloatsOut(int output, Shape shape) { return static_cast<float *>(Output(output, TF_FLOAT, shape)); }
  float *FloatsOutLike(int output, int input);  // of the shape of an input
  uint8_t *BytesOut(int output, Shape shape) { return static_cast<uint8_t *>(Output(output, TF_UINT8, shape)); }
  // Room for an output in the place of an input of that shape, where nothing else holds that, else elsewhere; sets
  // `*elements` to the input's. Ask for nothing else of that input, and not before all others have been found to fit.
  float *FloatsOver(int input, int output, Shape shape, const float **elements);
  // Makes the run fail.
  void Fail(TF_Code code, const char *why);

 private:
  TF_Tensor *Take(int input);
  const void *Input(int input, TF_DataType type, Shape shape);
  void *Output(int output, TF_DataType type, Shape shape);
  void *Output(int output, TF_DataType type, const int64_t *sizes, int rank);

  const Operation &operation_;
  TF_OpKernelContext *context_;
  TF_Status *status_;
  TF_Tensor *inputs_[16] = {};
  TF_Tensor *outputs_[8] = {};
};

// What Register is made of.
bool RegisterAs(const Operation &operation, void *(*create)(TF_OpKernelConstruction *),
                void (*compute)(void *made, TF_OpKernelContext *));
void RunOnce(const Operation &operation, const void *made, TF_OpKernelContext *context);

template <const Operation &operation>
bool Register() {
  return RegisterAs(
      operation,
      [](TF_OpKernelConstruction *construction) -> void * {
        return operation.create == nullptr ? nullptr : operation.create(operation, construction);
      },
      [](void *made, TF_OpKernelContext *context) { RunOnce(operation, made, context); });
}
