#pragma once
#include <cstdint>

#include "baselines/deep/blocks/unit.hpp"

namespace mbench::deep {

/// Sub-pixel enlargement [shi2016]: [N, C f^2, H, W] -> [N, C, f H, f W]. Channel c f^2 + f i + j
/// becomes row i, column j of each f x f block of channel c.
class PixelShuffle : public Unit {
 public:
  explicit PixelShuffle(std::int64_t factor) : factor_{factor} {}

 protected:
  Tensor forward(const Tensor& input) override { return at::pixel_shuffle(input, factor_); }

 private:
  std::int64_t factor_;
};

}  // namespace mbench::deep
