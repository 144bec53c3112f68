// The loops of patches.h, for vectors of WIDTH numbers.
#include "conv_ended.h"
#include "crew.h"
#include "patches.h"
#include "some.h"
#include "tile.h"

namespace {

int64_t Padded(int64_t count) { return VectorsFor(count) * WIDTH; }

// Where a patch lies in its picture: possibly over the edges.
struct Patch {
  int64_t row, column;
};

// Calls `work(patch)` for patches [first, first + count) of a picture.
template <typename Work>
INLINE void ForEachPatch(const PatchSizes &s, int64_t first, int64_t count, const Work &work) {
  int64_t row = first / s.out_width, column = first % s.out_width;
  for (int64_t i = 0; i < count; i++) {
    work(Patch{row * s.down - s.top, column * s.across - s.left});
    if (++column < s.out_width) continue;
    column = 0;
    row++;
  }
}

// What of a patch's rows lies in the picture: columns [first, end).
struct Inside {
  int64_t first, end;
  Inside(const PatchSizes &s, const Patch &patch)
      : first(patch.column < 0 ? -patch.column : 0), end(Least(s.filter_width, s.width - patch.column)) {}
};

// So many patches at a time that they stay in the nearest caches.
int64_t Together(const PatchSizes &s) {
  constexpr int64_t kHeld = 1 << 14, kLeast = 24, kMost = 192;  // kHeld: floats
  const int64_t count = kHeld / (Padded(s.depth()) + 1) / kLeast * kLeast;
  return count < kLeast ? kLeast : Least(count, kMost);
}

int64_t TurnedSize(const PatchSizes &s) { return s.filters * Padded(s.depth()); }

// The matrix of filters, transposed, in blocks of vectors as tiles read them.
void Turn(const PatchSizes &s, const float *filters, float *turned) {
  const Groups blocks(VectorsFor(s.depth()), kTileVectors);
  for (int64_t block = 0; block < blocks.count; block++) {
    const int64_t first = blocks.First(block) * WIDTH, columns = blocks.Size(block) * WIDTH;
    const int64_t used = Least(columns, s.depth() - first);
    for (int64_t filter = 0; filter < s.filters; filter++, turned += columns) {
      for (int64_t i = 0; i < used; i++) turned[i] = filters[(first + i) * s.filters + filter];
      Clear(turned + used, columns - used);
    }
  }
}

INLINE void Add(const float *from, int64_t count, float *to) {
  int64_t i = 0;
  for (; i + WIDTH <= count; i += WIDTH) Store(to + i, Load(to + i) + Load(from + i));
  for (; i < count; i++) to[i] += from[i];
}

// Adds rows [count, step], gradients of patches, to that of the picture.
void AddPatches(const PatchSizes &s, int64_t first, int64_t count, const float *rows, int64_t step, float *dx) {
  const int64_t line = s.width * s.channels;
  ForEachPatch(s, first, count, [&](const Patch &patch) INLINE_LAMBDA {
    const Inside inside(s, patch);
    const int64_t before = inside.first * s.channels, used = (inside.end - inside.first) * s.channels;
    for (int64_t r = 0; r < s.filter_height && used > 0; r++) {
      if (patch.row + r < 0 || patch.row + r >= s.height) continue;
      Add(rows + r * s.run() + before, used, dx + (patch.row + r) * line + patch.column * s.channels + before);
    }
    rows += step;
  });
}

void Picture(const PatchSizes &s, const float *turned, const ConvEnd &end, int64_t i, const float *dy, float *dx) {
  const int64_t together = Together(s), padded = Padded(s.depth());
  float *const rows = Scratch(4, together * padded);
  dy += i * s.result();
  dx += i * s.picture();
  Clear(dx, s.picture());
  const Groups groups(s.patches(), together);
  for (int64_t group = 0; group < groups.count; group++) {
    const int64_t first = groups.First(group), count = groups.Size(group);
    const Rows gradients = {dy + first * s.filters, s.filters, 1, s.filters, 0};
    MultiplyPacked(gradients, count, VectorsFor(s.depth()), turned, rows, padded);
    AddPatches(s, first, count, rows, padded, dx);
  }
  if (end.more == nullptr && end.gate == nullptr) return;
  for (int64_t at = 0; at < s.picture(); at += WIDTH) {
    const int64_t count = Least(WIDTH, s.picture() - at);
    StoreSome(dx + at, Ended(end, LoadSome(dx + at, count), i * s.picture() + at, 0, count), count);
  }
}

}  // namespace

extern const PatchPictureKernels AT_WIDTH(PatchPicture);
const PatchPictureKernels AT_WIDTH(PatchPicture) = {TurnedSize, Turn, Picture};
