// Numbers that do not fill a vector.
#pragma once

#include "vectors.h"

INLINE int64_t Least(int64_t one, int64_t other) { return one < other ? one : other; }

INLINE void Copy(const float *from, int64_t count, float *to) {
  for (int64_t i = 0; i < count; i++) to[i] = from[i];
}
INLINE void Clear(float *to, int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] = 0.0f;
}

// The first `count` numbers of a vector, the whole of it where there are more.
INLINE Vector LoadSome(const float *from, int64_t count) {
  if (count >= WIDTH) return Load(from);
  float numbers[WIDTH] = {};
  Copy(from, count, numbers);
  return Load(numbers);
}
INLINE void StoreSome(float *to, Vector vector, int64_t count) {
  if (count >= WIDTH) return Store(to, vector);
  float numbers[WIDTH];
  Store(numbers, vector);
  Copy(numbers, count, to);
}
