#include <array>

#include <fmt/core.h>

#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/trimap_tensors.hpp"
#include "baselines/deep/zhou/fusion.hpp"
#include "baselines/deep/zhou/net_m.hpp"
#include "baselines/deep/zhou/net_t.hpp"
#include "baselines/segmentation_input.hpp"
#include "core/error.hpp"

namespace mbench::deep {
namespace {

enum class Fusion { soft, hard };

/// Weights of one of the two networks: those of its own option, else a formula for both.
baselines::WeightsChoice weights_of(std::string_view option,
                                    const baselines::MethodSettings& settings) {
  if (settings.options.has(option) && settings.weights.file.empty()) {
    return baselines::parse_weights(settings.options.text(option));
  }
  if (settings.weights.recipe) return settings.weights;
  const std::string file = settings.weights.file.string();
  throw Error{
      file.empty() ? ErrorKind::unavailable : ErrorKind::usage,
      {.what = "Joint Inference has two networks and takes two files of weights",
       .expected = "ji-soft:net-t=FILE:net-m=FILE, or --weights recipe:SEED for mattes that "
                   "mean nothing",
       .found =
           file.empty() ? fmt::format("nothing for {}", option) : fmt::format("--weights {}", file),
       .fix = "give both files as options of the method; none are published"}};
}

Tensor net_m_alpha(const NetMOutput& output, Refine refine) {
  return refine == Refine::yes ? at::clamp(output.refined, 0.0, 1.0) : output.coarse;
}

class JiMethod final : public NetworkMethod {
 public:
  JiMethod(Fusion fusion, const baselines::MethodSettings& settings)
      : NetworkMethod{settings},
        fusion_{fusion},
        refine_{settings.options.text("coarse") == "yes" ? Refine::no : Refine::yes},
        net_t_{std::make_shared<NetT>(settings.options.text("align-corners") == "yes"
                                          ? Corners::aligned
                                          : Corners::half_pixel)},
        net_m_{std::make_shared<NetM>(refine_)} {
    load(*net_t_, {.network = "Net-T"}, weights_of("net-t", settings), kNetTMacs);
    load(*net_m_, net_m_file(), weights_of("net-m", settings), net_m_macs(refine_));
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    const Plane<std::uint8_t>& segmentation =
        require_segmentation(input, fusion_ == Fusion::soft ? "ji-soft" : "ji-hard");
    EstimateClock clock;
    const Size size = input.image.size();
    const imaging::Margins margins = imaging::margins_to_multiple(size, 32);
    const Tensor rgb = padded_rgb(input.image, margins);
    const Tensor foreground = padded_mask(segmentation, margins);
    const Tensor output =
        infer(clock, at::cat({rgb, 1 - foreground, foreground}, 1), [&](const Tensor& x) {
          const Tensor probabilities = at::softmax((*net_t_)(x), 1);
          const Tensor classes = class_index(probabilities);
          const Tensor alpha =
              net_m_alpha((*net_m_)(at::cat({x.narrow(1, 0, 3), one_hot(classes, x)}, 1)), refine_);
          const Tensor fused = fusion_ == Fusion::soft ? soft_fusion(probabilities, alpha)
                                                       : fill_unknown(classes, alpha);
          return at::cat({fused, classes.to(fused.scalar_type())}, 1);  // [1, 2, H, W]
        });
    // F + U alpha <= F + U <= 1 but for rounding.
    const Tensor alpha = at::clamp(output.narrow(1, 0, 1), 0.0, 1.0);
    return {.alpha = Matte{to_plane(cropped(alpha, size))},
            .trimap = to_trimap(output.narrow(1, 1, 1), size),
            .times = clock.finish()};
  }

 private:
  /// Without refinement, files of Net-M serve too.
  [[nodiscard]] NetworkFile net_m_file() const {
    static constexpr std::array<std::string_view, 1> kRefinement{"refine."};
    if (refine_ == Refine::yes) return {.network = "Net-M"};
    return {.network = "Net-M", .unused_prefixes = kRefinement};
  }

  Fusion fusion_;
  Refine refine_;
  std::shared_ptr<NetT> net_t_;  // shared: as LibTorch's modules are held
  std::shared_ptr<NetM> net_m_;
};

/// The fusions behind given probabilities, which stand for those of Net-T.
Tensors run_fusions(const NetM& net_m, const Tensors& inputs) {
  const Tensor probabilities = require_input(inputs, "input_prob_bg_unknown_fg", 3);
  const Tensor rgb = normalised(require_picture(inputs, "image"));
  const Tensor classes = class_index(probabilities);
  const NetMOutput output = net_m(at::cat({rgb, one_hot(classes, rgb)}, 1));
  const Tensor alpha = net_m_alpha(output, Refine::yes);
  return {{"trimap_argmax", classes.squeeze(1)},
          {"net_m_coarse", output.coarse},
          {"net_m_refined", output.refined},
          {"soft_fusion", soft_fusion(probabilities, alpha)},
          {"soft_fusion_long_form", soft_fusion_long_form(probabilities, alpha)},
          {"hard_fusion", fill_unknown(classes, alpha)}};
}

std::unique_ptr<baselines::Network> make_ji() {
  const auto net_m = std::make_shared<NetM>();
  return make_network(
      {.module = net_m,
       .run = [net_m](const Tensors& inputs,
                      std::span<const std::string>) { return run_fusions(*net_m, inputs); },
       .channels = 6,
       .forward = [net_m](const Tensor& x) { (void)(*net_m)(x); }});
}

constexpr std::array kNetworks{baselines::NetworkEntry{"zhou-ji", "ji-soft", "", make_ji}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod ji_soft_deep{
    .id = "ji-soft",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::JiMethod>(deep::Fusion::soft, settings);
    },
    .networks = deep::kNetworks};

extern constinit const DeepMethod ji_hard_deep{
    .id = "ji-hard", .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::JiMethod>(deep::Fusion::hard, settings);
    }};

}  // namespace mbench::baselines
