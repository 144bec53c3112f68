// A batch's convolution and its gradients, shared among threads. How they share is all the same to the results.
#pragma once

#include "patches.h"

// Whether a convolution can go Winograd's way. The other ones only go back to pictures here.
bool IsForWinograd(const PatchSizes &sizes);

void Convolve(const PatchSizes &sizes, int64_t batch, const float *x, const float *filters, const ConvEnd &end,
              float *y);
void ConvolveBack(const PatchSizes &sizes, int64_t batch, const float *dy, const float *filters, const ConvEnd &end,
                  float *dx);
void TakeFilterGradient(const PatchSizes &sizes, int64_t batch, const float *x, const float *dy, float *dfilters);
