#pragma once
#include <memory>
#include <vector>

#include "baselines/deep/blocks/pyramid_pooling.hpp"

namespace mbench::deep {

/// What the classes of GFM's glance decoder mean [li2022gfm].
enum class Representation {
  trimap,      ///< background, transition, foreground ("tt")
  foreground,  ///< certain foreground against all else ("ft")
  background,  ///< certain background against all else ("bt")
};

/// Encoders for which weights are published.
enum class Backbone {
  r34,     ///< ResNet-34
  r34_2b,  ///< ResNet-34 from full resolution on, and two more stages of residual blocks
  d121,    ///< DenseNet-121
  r101,    ///< ResNet-101
};

/// Which decoders to compute.
enum class Branches { both, glance, focus };

/// What the decoders give for one representation, each [N, C, H, W].
struct GfmHead {
  Tensor glance{};  ///< sigmoid: 3 channels for trimap, 2 else
  Tensor focus{};   ///< sigmoid, 1 channel
  Tensor fusion{};  ///< alpha, 1 channel
};

struct GfmOutput {
  std::vector<GfmHead> heads{};  ///< one per representation, in their order
  /// Alpha from the fusions of all heads, 1 channel, beyond [0, 1] in places: of a network with
  /// several heads.
  Tensor merged{};
};

/// GFM [li2022gfm]: a shared encoder, a glance decoder for where the foreground is and a focus
/// decoder for its details. With all three representations it has heads for each behind common
/// decoders, and merges their alphas ("RIM"). Input [N, 3, H, W], RGB 0 to 255 without
/// normalisation; H and W multiples of 32. Names of JizhiziLi/GFM.
class Gfm : public torch::nn::Module {
 public:
  Gfm(Backbone backbone, std::vector<Representation> representations);
  /// What does not belong to `branches` stays undefined, the fusion too unless it is both.
  [[nodiscard]] GfmOutput operator()(const Tensor& image, Branches branches = Branches::both) const;

 private:
  void add_encoder(Backbone backbone);
  void add_decoders(Backbone backbone);
  void glance(const std::vector<Tensor>& features, GfmOutput& output) const;
  void focus(const std::vector<Tensor>& features, GfmOutput& output) const;

  /// The last convolutions of both decoders.
  struct Head {
    Representation representation;
    std::shared_ptr<Sequence> glance{}, focus{};
  };

  std::vector<std::shared_ptr<Unit>> encoder_{};  ///< from fine to coarse
  std::shared_ptr<PyramidPooling> psp_module_{};
  std::vector<std::shared_ptr<Sequence>> pyramid_{};           ///< from coarse to fine
  std::vector<std::shared_ptr<Sequence>> glance_{}, focus_{};  ///< from coarse to fine
  std::shared_ptr<Sequence> bridge_block_{};
  std::vector<Head> heads_;
  bool heads_join_{true};  ///< whether a head joins one more feature map to its decoder's output
  std::shared_ptr<Sequence> rim_{};  ///< null with one head
};

/// Alpha from glance and focus. The class of a pixel is the first channel with the largest value:
///     trimap:      0, focus, 1 for class 0, 1, 2
///     foreground:  min(class + focus, 1)
///     background:  max(class - focus, 0)
[[nodiscard]] Tensor gfm_fusion(const Tensor& glance, const Tensor& focus,
                                Representation representation);

}  // namespace mbench::deep
