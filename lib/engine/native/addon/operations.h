// All operations of our own.
#pragma once

// Each tells TensorFlow of its operations; false where it refuses.
bool RegisterLstmCell();
bool RegisterConvPool();

// What this processor runs of `name`16, `name`8 and `name`4, made for vectors of so many numbers: the widest.
#if defined(__x86_64__)
#define WIDEST(name) Widest(name##16, name##8, name##4)
#else
#define WIDEST(name) (name##4)
#endif

template <typename Kernels>
const Kernels &Widest(const Kernels &wide, const Kernels &medium, const Kernels &narrow) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")) {
    return wide;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return medium;
#endif
  return narrow;
}
