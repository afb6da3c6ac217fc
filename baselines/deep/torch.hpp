#pragma once
// What networks need of LibTorch: the module base class and the operators.
// torch/torch.h would double the time to compile.
#include <ATen/ATen.h>
#include <torch/nn/module.h>

namespace mbench::deep {
using at::Tensor;
}  // namespace mbench::deep
