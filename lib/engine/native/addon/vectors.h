// Vectors of WIDTH floats, in the compiler's own extension of the language: the sources that include this are
// compiled once for each kind of processor (see addon-sources.ts), and the widest that runs is chosen when the
// addon is loaded. They must not use the standard library: the linker keeps one copy of what several sources
// share, which could be one that this processor cannot run.
#pragma once

#include <cstdint>

#define INLINE static inline __attribute__((always_inline))
// Before a loop of a known number of rounds: numbers that it indexes stay in registers.
#define UNROLLED _Pragma("GCC unroll 36")
#define INLINE_MEMBER inline __attribute__((always_inline))
#define INLINE_LAMBDA __attribute__((always_inline))
#define JOIN_NAMES(a, b) a##b
#define WITH_WIDTH(name, width) JOIN_NAMES(name, width)
// The name of what a source offers at its width, such as LstmForward16.
#define AT_WIDTH(name) WITH_WIDTH(name, WIDTH)

typedef float Vector __attribute__((vector_size(WIDTH * 4)));
typedef int32_t Whole __attribute__((vector_size(WIDTH * 4)));
// Floats that lie anywhere, seen as a vector.
typedef float LooseVector __attribute__((vector_size(WIDTH * 4), aligned(4), may_alias));

INLINE Vector Load(const float *from) { return *reinterpret_cast<const LooseVector *>(from); }
INLINE void Store(float *to, Vector vector) { *reinterpret_cast<LooseVector *>(to) = vector; }
INLINE Vector Spread(float value) { return value - Vector{}; }
// How many vectors hold so many floats.
INLINE int64_t VectorsFor(int64_t count) { return (count + WIDTH - 1) / WIDTH; }
