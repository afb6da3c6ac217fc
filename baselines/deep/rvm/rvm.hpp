#pragma once
#include <array>
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/layers.hpp"
#include "baselines/deep/torch.hpp"

namespace mbench::deep {

/// What the network remembers of the frames before, at 1/2, 1/4, 1/8 and 1/16 of the size that it
/// sees: [N, 16 | 20 | 40 | 64, h, w]. Undefined before the first frame, which stands for zeros.
using RvmStates = std::array<Tensor, 4>;

struct RvmOutput {
  Tensor foreground{};  ///< [N, 3, H, W] in [0, 1]
  Tensor alpha{};       ///< [N, 1, H, W] in [0, 1]
  RvmStates states{};
};

/// What brings a matte of fewer pixels back to the size of the frame: the published network's
/// learned filter, or the guided filter of [he2013], which has no weights.
enum class RvmRefiner { deep, fast };

class RvmEncoder;
class RvmDecoder;
class RvmDeepRefiner;

/// Robust Video Matting with MobileNetV3 [lin2022]: an encoder over one frame, and a decoder whose
/// convolutional gated recurrent units remember the frames before.
class Rvm : public torch::nn::Module {
 public:
  explicit Rvm(RvmRefiner refiner);

  /// frame [N, 3, H, W] in [0, 1]. With a ratio below 1 the network sees the frame at that part of
  /// its size, sides rounded down, and the refiner follows.
  [[nodiscard]] RvmOutput operator()(const Tensor& frame, const RvmStates& states,
                                     double ratio) const;

 private:
  std::shared_ptr<RvmEncoder> backbone_;
  std::shared_ptr<Unit> aspp_;
  std::shared_ptr<RvmDecoder> decoder_;
  std::shared_ptr<Unit> project_mat_;
  std::shared_ptr<RvmDeepRefiner> refiner_{};  ///< null: the fast one
};

/// The published rule: the longer side becomes 512 pixels, and nothing is enlarged.
[[nodiscard]] double rvm_auto_ratio(std::int64_t height, std::int64_t width);

}  // namespace mbench::deep
