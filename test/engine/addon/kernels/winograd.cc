#include "winograd.h"

#include <algorithm>

#include "check.h"

namespace {

// Results and gradients of a batch, number by number.
struct Plain {
  std::vector<double> y, dx, dfilters;

  Plain(const WinogradSizes &s, int64_t batch, const float *x, const float *filters, const float *dy)
      : y(batch * s.result()), dx(batch * s.picture()), dfilters(9 * s.channels * s.filters) {
    for (int64_t i = 0; i < batch * s.result(); i++) {
      const int64_t filter = i % s.filters, column = i / s.filters % s.out_width;
      const int64_t row = i / s.filters / s.out_width % s.out_height, picture = i / s.result();
      for (int64_t k = 0; k < 9 * s.channels; k++) {
        const int64_t at_row = row + k / s.channels / 3 - s.top, at_column = column + k / s.channels % 3 - s.left;
        if (at_row < 0 || at_row >= s.height || at_column < 0 || at_column >= s.width) continue;
        const int64_t from = picture * s.picture() + (at_row * s.width + at_column) * s.channels + k % s.channels;
        y[i] += static_cast<double>(x[from]) * filters[k * s.filters + filter];
        dx[from] += static_cast<double>(dy[i]) * filters[k * s.filters + filter];
        dfilters[k * s.filters + filter] += static_cast<double>(dy[i]) * x[from];
      }
    }
  }
};

// A few squares at a time: neither all that may be taken together, nor one.
template <typename Work>
void ForEachFew(int64_t squares, int64_t together, const Work &work) {
  const int64_t few = std::min<int64_t>(together, 5);
  for (int64_t first = 0; first < squares; first += few) work(first, std::min(few, squares - first));
}

void Check(const WinogradForwardKernels &forward, const WinogradFiltersKernels &gradient, const WinogradSizes &s,
           int64_t batch) {
  Made x(batch * s.picture()), filters(9 * s.channels * s.filters), dy(batch * s.result()), biases(s.filters);
  Made more(batch * s.result()), gate(batch * s.picture());
  const Plain plain(s, batch, x, filters, dy);

  Results packed(forward.packed_size(s)), y(batch * s.result()), ended(batch * s.result());
  for (int64_t channel = 0; channel < s.channels; channel++) forward.pack(s, filters, channel, packed);
  ForEachFew(batch * s.squares(), forward.together(s), [&](int64_t first, int64_t count) {
    forward.run(s, packed, {nullptr, nullptr, nullptr, false}, x, first, count, y);
    forward.run(s, packed, {biases, more, nullptr, true}, x, first, count, ended);
  });
  ExpectClose("y", y, plain.y);
  std::vector<double> expected(plain.y);
  for (size_t i = 0; i < expected.size(); i++) {
    expected[i] = std::max(0.0, expected[i] + biases[i % s.filters] + more[i]);
  }
  ExpectClose("y with biases, more and ReLU", ended, expected);

  const WinogradSizes back = {s.out_height, s.out_width, s.filters, s.height, s.width,
                              s.channels,   2 - s.top,   2 - s.left};
  Results turned(forward.packed_size(back)), dx(batch * s.picture());
  for (int64_t filter = 0; filter < s.filters; filter++) forward.pack_turned(back, filters, filter, turned);
  ForEachFew(batch * back.squares(), forward.together(back), [&](int64_t first, int64_t count) {
    forward.run(back, turned, {nullptr, nullptr, gate, false}, dy, first, count, dx);
  });
  std::vector<double> gated(plain.dx);
  for (size_t i = 0; i < gated.size(); i++) gated[i] *= gate[i] > 0.0f;
  ExpectClose("dx", dx, gated);

  const int64_t squares = batch * s.squares(), half = squares / 2, size = gradient.sums_size(s);
  Results sums(2 * size), dfilters(filters.count());
  gradient.run(s, x, dy, 0, half, sums);
  gradient.run(s, x, dy, half, squares - half, sums + size);
  for (int64_t channel = 0; channel < s.channels; channel++) gradient.finish(s, sums, 2, channel, dfilters);
  ExpectClose("dfilters", dfilters, plain.dfilters);
}

}  // namespace

void CheckWinograd(const WinogradForwardKernels &forward, const WinogradFiltersKernels &gradient) {
  // Height, width and channels of pictures; of results; zeros above and to the left.
  const WinogradSizes cases[] = {{8, 8, 16, 8, 8, 16, 1, 1},  {7, 9, 17, 7, 9, 33, 1, 1},  {6, 6, 3, 4, 4, 5, 0, 0},
                                 {3, 3, 20, 1, 1, 70, 0, 0},  {1, 5, 40, 3, 7, 18, 2, 2},  {9, 10, 50, 9, 8, 4, 1, 0},
                                 {5, 5, 64, 5, 5, 64, 1, 1},  {5, 5, 0, 5, 5, 3, 1, 1},    {5, 5, 3, 5, 5, 0, 1, 1}};
  for (const WinogradSizes &sizes : cases) {
    for (const int64_t batch : {0, 1, 3}) Check(forward, gradient, sizes, batch);
  }
}
