// The logistic function and the hyperbolic tangent of vectors, to a few units in the last place. No branches.
#pragma once

#include "vectors.h"

INLINE Vector Select(Whole condition, Vector yes, Vector no) { return condition ? yes : no; }

// 2^n and e^r - 1, where e^x = 2^n e^r with |r| <= ln(2) / 2 (after Cephes).
struct Exponential {
  Vector power, rest;
};
INLINE Exponential ExponentialOf(Vector x) {
  x = Select(x < -87.0f, Spread(-87.0f), x);
  x = Select(x > 87.0f, Spread(87.0f), x);
  const Vector whole = (x * 1.44269504f + 12582912.0f) - 12582912.0f;  // to the nearest
  const Vector r = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
  Vector p = Spread(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  const Whole bits = (__builtin_convertvector(whole, Whole) + 127) << 23;
  return {reinterpret_cast<Vector>(bits), p * r * r + r};
}

INLINE Vector Sigmoid(Vector x) {
  const Exponential e = ExponentialOf(-x);
  return 1.0f / (1.0f + (e.rest + 1.0f) * e.power);
}

// By e^-2|x| - 1, which keeps its digits near 0.
INLINE Vector Tanh(Vector x) {
  const Whole sign = reinterpret_cast<Whole>(x) & INT32_MIN;
  const Vector size = reinterpret_cast<Vector>(reinterpret_cast<Whole>(x) ^ sign);
  const Exponential e = ExponentialOf(-2.0f * size);
  const Vector less = e.rest * e.power + (e.power - 1.0f);
  return reinterpret_cast<Vector>(reinterpret_cast<Whole>((0.0f - less) / (less + 2.0f)) | sign);
}
