// An operation of our own: how TensorFlow is told of it, and what a run of it gets and gives.
#pragma once

#include <cstdint>
#include <initializer_list>

#include "tensorflow_kernels.h"

// The sizes of a tensor along its axes.
using Shape = std::initializer_list<int64_t>;

// What TensorFlow is told. Kernels run on the CPU.
struct Operation {
  const char *name;
  std::initializer_list<const char *> inputs, outputs, attributes;  // such as "x: float"
  // Makes what all runs of one node share, from its attributes; null where there is nothing.
  void *(*create)(TF_OpKernelConstruction *);
  void (*compute)(void *made, TF_OpKernelContext *);
  void (*destroy)(void *made);
};

// Tells TensorFlow of an operation. False where it refuses.
bool Register(const Operation &operation);

// The inputs and outputs of one run, let go of at its end. The first that fails makes the run fail.
class Run {
 public:
  explicit Run(TF_OpKernelContext *context);
  ~Run();
  Run(const Run &) = delete;

  bool ok() const { return TF_GetCode(status_) == TF_OK; }
  // The size of an input along an axis; 0 where it has fewer.
  int64_t Size(int input, int axis);
  // How many axes an input has.
  int Rank(int input);
  // The elements of an input of that shape; another shape fails.
  const float *Floats(int input, Shape shape) { return static_cast<const float *>(Input(input, TF_FLOAT, shape)); }
  const uint8_t *Bytes(int input, Shape shape) { return static_cast<const uint8_t *>(Input(input, TF_UINT8, shape)); }
  // Room for an output.
  float *FloatsOut(int output, Shape shape) { return static_cast<float *>(Output(output, TF_FLOAT, shape)); }
  // Room for an output in the place of an input of that shape, where nothing else holds that, else elsewhere; sets
  // `*elements` to the input's. Ask for nothing else of that input.
  float *FloatsOver(int input, int output, Shape shape, const float **elements);
  uint8_t *BytesOut(int output, Shape shape) { return static_cast<uint8_t *>(Output(output, TF_UINT8, shape)); }

 private:
  TF_Tensor *Take(int input);
  const void *Input(int input, TF_DataType type, Shape shape);
  void *Output(int output, TF_DataType type, Shape shape);

  TF_OpKernelContext *context_;
  TF_Status *status_;
  TF_Tensor *inputs_[16] = {};
  TF_Tensor *outputs_[8] = {};
};
