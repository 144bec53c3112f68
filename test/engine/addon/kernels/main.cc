// Checks the loops of our operations at every width that this processor has; says which.
#include "batch_norm.h"
#include "check.h"
#include "conv_pool.h"
#include "crew.h"
#include "cross_entropy.h"
#include "descent.h"
#include "input_gradient.h"
#include "lstm.h"
#include "max_pool.h"
#include "patches.h"
#include "winograd.h"

#define CHECK_AT(width)                                                     \
  do {                                                                      \
    CheckBatchNorm(BatchNorm##width);                                       \
    CheckConvPool(ConvPoolForward##width, ConvPoolPicture##width,           \
                  ConvPoolFilters##width);                                  \
    CheckCrossEntropy(CrossEntropy##width);                                 \
    CheckDense(Descent##width, InputGradient##width);                       \
    CheckLstm(LstmForward##width, LstmBackward##width, LstmWeights##width); \
    CheckMaxPool(MaxPool##width);                                           \
    CheckPatches(PatchPicture##width);                                      \
    CheckWinograd(WinogradForward##width, WinogradFilters##width);          \
    std::printf("%d ", width);                                              \
  } while (false)

int main() {
  SetThreads(2);
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw")) {
    CHECK_AT(16);
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) CHECK_AT(8);
#endif
  CHECK_AT(4);
  return 0;
}
