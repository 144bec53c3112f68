// All operations of our own.
#pragma once

#include <cstdlib>

// Each tells TensorFlow of its operations; false where it refuses.
bool RegisterBatchNorm();
bool RegisterConv();
bool RegisterConvPool();
bool RegisterCrossEntropy();
bool RegisterDescent();
bool RegisterLstm();
bool RegisterMaxPool();

// What this processor runs of `name`16, `name`8 and `name`4, made for vectors of so many numbers: the widest, or with
// at most $INKWELL_VECTORS numbers.
#if defined(__x86_64__)
#define WIDEST(name) Widest(name##16, name##8, name##4)
#else
#define WIDEST(name) (name##4)
#endif

template <typename Kernels>
const Kernels &Widest(const Kernels &wide, const Kernels &medium, const Kernels &narrow) {
#if defined(__x86_64__)
  const char *asked = std::getenv("INKWELL_VECTORS");
  const int most = asked == nullptr ? 16 : std::atoi(asked);
  const bool has_16 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
  if (has_16 && most >= 16) return wide;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && most >= 8) return medium;
#endif
  return narrow;
}
