#include <array>

#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/p3mnet/p3mnet.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/trimap_tensors.hpp"
#include "baselines/deep/two_scales.hpp"

namespace mbench::deep {
namespace {

using baselines::Estimate;
using baselines::MattingInput;
using baselines::MethodSettings;

/// 0, detail or 1 by the first of the three classes with the largest value.
Tensor fused(const P3mNetOutput& output) {
  return fill_unknown(class_index(output.semantic), output.detail);
}

class P3mNetMethod final : public NetworkMethod {
 public:
  explicit P3mNetMethod(const MethodSettings& settings)
      : NetworkMethod{settings},
        hybrid_{settings.options.text("strategy") == "hybrid"},
        shorter_side_{settings.options.integer("shorter-side")},
        rule_{imaging::resize_rule(settings.options.text("resize-rule"))} {
    load(network_, {.network = "p3mnet", .published = "p3mnet_pretrained_on_p3m10k.pth"},
         settings.weights, 223746 * kMacsSize.pixels());
  }

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    EstimateClock clock;
    Plane<float> alpha = alpha_within(input.image, shorter_side_, [&](const Image& image) {
      const Size size = image.size();
      if (!hybrid_) return resized(pass(clock, image, 2, P3mNet::Wanted::alpha), size);
      const Tensor classes = pass(clock, image, 2, P3mNet::Wanted::semantic);
      const Tensor detail = pass(clock, image, 1, P3mNet::Wanted::detail);
      return fill_transition(class_levels(classes, 3, size, rule_), resized(detail, size));
    });
    clamp_to_unit(alpha);  // half precision rounds beyond 1
    return {.alpha = Matte{std::move(alpha)}, .times = clock.finish()};
  }

 private:
  /// One forward pass at 1/divisor of the image's size.
  Tensor pass(EstimateClock& clock, const Image& picture, int divisor,
              P3mNet::Wanted wanted) const {
    const Size size = scaled_size(picture.size(), divisor);
    return infer(clock, normalised(rgb_255(picture, size, rule_) / 255.0),
                 [&](const Tensor& image) {
                   const P3mNetOutput output = network_(image, wanted);
                   if (wanted == P3mNet::Wanted::semantic) return class_index(output.semantic);
                   return wanted == P3mNet::Wanted::detail ? output.detail : fused(output);
                 });
  }

  [[nodiscard]] Plane<float> resized(const Tensor& map, Size size) const {
    return imaging::resize_skimage(to_plane(map).view(), size, rule_);
  }

  bool hybrid_;
  int shorter_side_;
  imaging::ResizeRule rule_;
  P3mNet network_{};
};

std::unique_ptr<baselines::Network> make() {
  const auto network = std::make_shared<P3mNet>();
  const auto run = [network](const Tensors& inputs, std::span<const std::string>) {
    const P3mNetOutput output = (*network)(require_input(inputs, "input", 3));
    return Tensors{{"out_global", output.semantic}, {"out_local", output.detail},
                   {"out_fusion", fused(output)},   {"out_side2", output.sides[0]},
                   {"out_side1", output.sides[1]},  {"out_side0", output.sides[2]}};
  };
  return make_network(
      {.module = network, .run = run, .channels = 3, .forward = [network](const Tensor& x) {
         (void)(*network)(x);
       }});
}

constexpr std::array kNetworks{
    baselines::NetworkEntry{.id = "p3mnet_r34", .method = "p3mnet", .make = make}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod p3mnet_deep{
    .id = "p3mnet",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::P3mNetMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines
