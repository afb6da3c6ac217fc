#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "baselines/deep/dim/dim.hpp"
#include "baselines/deep/known_regions.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/proof_images.hpp"
#include "baselines/deep/rgb_and_trimap.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/two_scales.hpp"
#include "baselines/trimap_input.hpp"
#include "core/error.hpp"
#include "imaging/eight_bit.hpp"
#include "imaging/resample.hpp"

namespace mbench::deep {
namespace {

using baselines::MethodSettings;

constexpr int kSmallestSide = 32;  ///< five pools leave one pixel
constexpr auto kLinear = imaging::Interpolation::linear;

/// What huochaitiantang's program shows to its network: each side for itself at the multiple of 32
/// below, at most 1600.
Tensor resized_input(const Image& image, const Trimap& trimap) {
  const Size size = scaled_size(image.size(), 1);
  return rgb_and_trimap(imaging::resize_opencv(imaging::eight_bit(image), size, kLinear),
                        imaging::resize_opencv(trimap, size, kLinear));
}

/// What foamliu's program shows to its network.
Tensor plain_input(const Image& image, const Trimap& trimap) {
  return rgb_and_trimap(imaging::eight_bit(image), trimap);
}

DimRefinement refinement_of(const Options& options) {
  return options.text("stage") == "1" ? DimRefinement::none : DimRefinement::refined;
}

class DimMethod final : public NetworkMethod {
 public:
  explicit DimMethod(const MethodSettings& settings)
      : NetworkMethod{settings}, network_{refinement_of(settings.options)} {
    const bool refines = refinement_of(settings.options) == DimRefinement::refined;
    load(network_,
         {.network = refines ? "DIM with refinement" : "DIM (stage 1)",
          .published = refines ? "" : "stage1_skip_sad_52.9.pth"},
         settings.weights, refines ? 428'032'000'000 : 379'002'880'000);
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    const Trimap& trimap = baselines::require_trimap(input, "dim");
    EstimateClock clock;
    const Size size = input.image.size();
    const Tensor alpha =
        infer(clock, resized_input(input.image, trimap), [&](const Tensor& tensor) {
          const DimOutput output = network_(tensor);
          return output.refined.defined() ? output.refined : output.alpha;
        });  // [1, 1, H', W']
    return {
        .alpha = with_known_regions(imaging::resize_opencv(to_plane(alpha), size, kLinear), trimap),
        .times = clock.finish()};
  }

 private:
  Dim network_;
};

class DimFoamliuMethod final : public NetworkMethod {
 public:
  explicit DimFoamliuMethod(const MethodSettings& settings) : NetworkMethod{settings} {
    if (refinement_of(settings.options) == DimRefinement::refined) {
      throw Error{ErrorKind::usage,
                  {.what = "foamliu's program has no refinement network",
                   .expected = "dim:program=foamliu, or dim:stage=3",
                   .found = fmt::format("stage={}", settings.options.text("stage"))}};
    }
    load(network_,
         {.network = "DIM (foamliu)",
          .unnamed = "BEST_checkpoint.tar holds a whole Python object: load it once with foamliu's "
                     "program and save model.module.state_dict()"},
         settings.weights, 311'828'480'000);
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    const Trimap& trimap = baselines::require_trimap(input, "dim");
    const Size size = input.image.size();
    if (std::min(size.width, size.height) < kSmallestSide) {
      throw Error{ErrorKind::method,
                  {.what = "the image is too small for foamliu's network",
                   .where = std::string{input.sample_id},
                   .expected = fmt::format("sides of {} pixels or more", kSmallestSide),
                   .found = to_string(size),
                   .fix = "dim:program=huochaitiantang takes any size"}};
    }
    EstimateClock clock;
    const Tensor alpha = infer(clock, plain_input(input.image, trimap),
                               [&](const Tensor& tensor) { return network_(tensor); });
    return {.alpha = with_known_regions(to_plane(alpha), trimap), .times = clock.finish()};
  }

 private:
  DimFoamliu network_{};
};

// --- proofs --------------------------------------------------------------------------------------

template <DimRefinement refinement>
std::unique_ptr<baselines::Network> make_dim() {
  const auto network = std::make_shared<Dim>(refinement);
  return make_network({.module = network,
                       .run =
                           [network](const Tensors& inputs, std::span<const std::string>) {
                             DimOutput output = (*network)(require_input(inputs, "input", 4));
                             Tensors outputs{{"output", std::move(output.alpha)}};
                             if (output.refined.defined()) {
                               outputs["output_refined"] = std::move(output.refined);
                             }
                             append_prepared(outputs, inputs, resized_input);
                             return outputs;
                           },
                       .channels = 4,
                       .forward = [network](const Tensor& x) { (void)(*network)(x); }});
}

std::unique_ptr<baselines::Network> make_foamliu() {
  const auto network = std::make_shared<DimFoamliu>();
  return make_network({.module = network,
                       .run =
                           [network](const Tensors& inputs, std::span<const std::string>) {
                             const Tensor alpha = (*network)(require_input(inputs, "input", 4));
                             Tensors outputs{{"output", alpha.squeeze(1)}};
                             append_prepared(outputs, inputs, plain_input);
                             return outputs;
                           },
                       .channels = 4,
                       .forward = [network](const Tensor& x) { (void)(*network)(x); }});
}

constexpr std::array kNetworks{
    baselines::NetworkEntry{"dim", "dim", "stage=1", make_dim<DimRefinement::none>},
    baselines::NetworkEntry{"dim-stage3", "dim", "stage=3", make_dim<DimRefinement::refined>},
    baselines::NetworkEntry{"dim-foamliu", "dim", "program=foamliu", make_foamliu}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod dim_deep{
    .id = "dim",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      if (settings.options.text("program") == "foamliu") {
        return std::make_unique<deep::DimFoamliuMethod>(settings);
      }
      return std::make_unique<deep::DimMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines
