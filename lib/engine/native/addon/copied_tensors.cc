// Tensors from JavaScript's arrays: copied, never shared.
//
// tfjs-node hands an array's own memory to TensorFlow where it lies at a multiple of 64 bytes, and
// holds a reference to the array until TensorFlow lets go of it. A graph lets go of the first values
// of its variables when it assigns the next, on several threads at once; Node-API's references belong
// to the one thread of JavaScript, and to delete them elsewhere damages the process's memory (seen as
// `Check failed: IsAligned()` in whatever ran next). Arrays that lie elsewhere, all large ones among
// them, were copied already. A copy also keeps TensorFlow from writing results into an array of the
// caller's.
//
// This takes the place of tfjs-node-gpu's file by including it: `TF_NewTensor` copies there, and is
// done with the array before it returns.
#include <cstring>
#include "tensorflow/c/tf_tensor.h"

static TF_Tensor *CopiedTensor(TF_DataType type, const int64_t *dims, int rank, void *data, size_t length,
                               void (*done)(void *data, size_t length, void *arg), void *arg) {
  TF_Tensor *tensor = TF_AllocateTensor(type, dims, rank, length);
  if (length > 0) std::memcpy(TF_TensorData(tensor), data, length);
  done(data, length, arg);
  return tensor;
}

#define TF_NewTensor CopiedTensor
#include "tfjs_backend.cc"
