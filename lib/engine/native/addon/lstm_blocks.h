// How an LSTM's loops see its units, for vectors of WIDTH numbers: in blocks of one vector, the four gates of a block
// side by side. Where units do not fill the last block, zeros do.
#pragma once

#include "lstm.h"
#include "some.h"
#include "tile.h"

constexpr int kGates = 4;
// What is kept of a block: i, f, g, o, and the cell.
constexpr int kKept = kGates + 1;

// How many rows of a tile with four vectors of columns leave registers for the factors.
#if WIDTH == 16 || defined(__aarch64__)
constexpr int kRows = 6;
#elif WIDTH == 8
constexpr int kRows = 3;
#else
constexpr int kRows = 2;
#endif

INLINE int64_t Blocks(const LstmSizes &sizes) { return VectorsFor(sizes.units); }
INLINE int64_t Padded(const LstmSizes &sizes) { return Blocks(sizes) * WIDTH; }
INLINE int64_t KeptSize(const LstmSizes &sizes) { return Blocks(sizes) * kKept * WIDTH; }

// How many units there are in a block.
INLINE int64_t UnitsIn(const LstmSizes &sizes, int64_t block) { return Least(WIDTH, sizes.units - block * WIDTH); }
