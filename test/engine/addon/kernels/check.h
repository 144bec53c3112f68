// Numbers that lie right before a page that must not be touched: who reads or writes past their end ends the process.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

template <typename Number>
class Guarded {
 public:
  explicit Guarded(int64_t count) : count_(count) {
    const int64_t page = sysconf(_SC_PAGESIZE), bytes = count * static_cast<int64_t>(sizeof(Number));
    const int64_t used = (bytes + page - 1) / page * page;
    void *const room = mmap(nullptr, used + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
    if (room == MAP_FAILED || mprotect(static_cast<char *>(room) + used, page, PROT_NONE) != 0) std::abort();
    size_ = used + page;
    room_ = room;
    numbers_ = reinterpret_cast<Number *>(static_cast<char *>(room) + used - bytes);
  }
  ~Guarded() { munmap(room_, size_); }
  Guarded(const Guarded &) = delete;
  Guarded &operator=(const Guarded &) = delete;

  operator Number *() { return numbers_; }
  int64_t count() const { return count_; }

 private:
  int64_t count_, size_;
  void *room_;
  Number *numbers_;
};

// Results start as NaN: what is not written does not equal anything.
struct Results : Guarded<float> {
  explicit Results(int64_t count) : Guarded(count) {
    for (int64_t i = 0; i < count; i++) (*this)[i] = NAN;
  }
};

// Numbers from -1/2 to 1/2, the same in every run; every so many-th is zero.
struct Made : Guarded<float> {
  explicit Made(int64_t count, int64_t zero_each = 0) : Guarded(count) {
    static uint32_t state = 1;
    for (int64_t i = 0; i < count; i++) {
      state = state * 1664525u + 1013904223u;
      (*this)[i] = zero_each > 0 && i % zero_each == 0 ? 0.0f : static_cast<float>(state >> 8) / (1 << 24) - 0.5f;
    }
  }
};

// Ends the process where numbers are not those that were computed the plain way.
inline void ExpectClose(const char *what, const float *numbers, const std::vector<double> &expected) {
  for (size_t i = 0; i < expected.size(); i++) {
    if (std::abs(numbers[i] - expected[i]) <= 1e-4 * (1 + std::abs(expected[i]))) continue;
    std::fprintf(stderr, "%s: number %zu is %g, expected %g\n", what, i, numbers[i], expected[i]);
    std::exit(1);
  }
}

// Each operation's loops, at one width, with sizes that do not fill vectors and tiles, and with none at all.
struct BatchNormKernels;
struct ConvPoolForwardKernels;
struct ConvPoolPictureKernels;
struct ConvPoolFiltersKernels;
struct CrossEntropyKernels;
struct DescentKernels;
struct InputGradientKernels;
struct LstmForwardKernels;
struct LstmBackwardKernels;
struct LstmWeightsKernels;
struct MaxPoolKernels;
struct PatchPictureKernels;
struct WinogradFiltersKernels;
struct WinogradForwardKernels;
void CheckBatchNorm(const BatchNormKernels &);
void CheckConvPool(const ConvPoolForwardKernels &, const ConvPoolPictureKernels &, const ConvPoolFiltersKernels &);
void CheckCrossEntropy(const CrossEntropyKernels &);
void CheckDense(const DescentKernels &, const InputGradientKernels &);
void CheckLstm(const LstmForwardKernels &, const LstmBackwardKernels &, const LstmWeightsKernels &);
void CheckMaxPool(const MaxPoolKernels &);
void CheckWinograd(const WinogradForwardKernels &, const WinogradFiltersKernels &);
void CheckPatches(const PatchPictureKernels &);
