#pragma once
#include "baselines/deep/torch.hpp"

namespace mbench::deep {

/// What a convolutional LSTM keeps between two steps, each [N, C, H, W].
struct LstmState {
  Tensor hidden;
  Tensor cell;
};

/// One step of a convolutional LSTM without peepholes [shi2015], from the maps of its gates
/// [N, 4 C, H, W] in the order input i, forget f, output o, candidate g:
///     cell' = sigmoid(f) cell + sigmoid(i) tanh(g),   hidden' = sigmoid(o) tanh(cell')
/// Peepholes have a weight per pixel, which ties a network to one size of image.
[[nodiscard]] inline LstmState lstm_step(const Tensor& gates, const LstmState& state) {
  const auto parts = gates.chunk(4, 1);
  const Tensor cell =
      at::sigmoid(parts[1]) * state.cell + at::sigmoid(parts[0]) * at::tanh(parts[3]);
  return {.hidden = at::sigmoid(parts[2]) * at::tanh(cell), .cell = cell};
}

}  // namespace mbench::deep
