#include <array>

#include "baselines/deep/aimnet/aimnet.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/trimap_tensors.hpp"
#include "baselines/deep/two_scales.hpp"

namespace mbench::deep {
namespace {

using baselines::Estimate;
using baselines::MattingInput;
using baselines::MethodSettings;

class AimNetMethod final : public NetworkMethod {
 public:
  explicit AimNetMethod(const MethodSettings& settings)
      : NetworkMethod{settings},
        hybrid_{settings.options.text("strategy") == "hybrid"},
        soft_{settings.options.text("fusion") == "soft"},
        detail_divisor_{settings.options.text("detail") == "1/3" ? 3 : 2},
        rule_{imaging::resize_rule(settings.options.text("resize-rule"))},
        shorter_side_{settings.options.integer("shorter-side")} {
    load(network_, {.network = "aimnet", .published = "aimnet_pretrained_matting.pth"},
         settings.weights, 9186816 + 297762 * kMacsSize.pixels());
  }

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    EstimateClock clock;
    Plane<float> alpha = alpha_within(input.image, shorter_side_, [&](const Image& image) {
      return hybrid_ ? two_scales(clock, image) : one_scale(clock, image);
    });
    clamp_to_unit(alpha);  // half precision rounds beyond 1
    return {.alpha = Matte{std::move(alpha)}, .times = clock.finish()};
  }

 private:
  /// One forward pass at 1/divisor of the image's size.
  template <typename Forward>
  Tensor pass(EstimateClock& clock, const Image& image, int divisor, Forward&& forward) const {
    const Size size = scaled_size(image.size(), divisor);
    const Tensor colours = normalised(rgb_255(image, size, rule_) / 255.0);
    return infer(clock, colours, std::forward<Forward>(forward));
  }

  [[nodiscard]] Plane<float> at_size(const Tensor& map, Size size) const {
    return imaging::resize_skimage(to_plane(map).view(), size, rule_);
  }

  [[nodiscard]] Plane<float> one_scale(EstimateClock& clock, const Image& image) const {
    const Tensor alpha = pass(clock, image, 4, [&](const Tensor& x) {
      const AimNetOutput output = network_(x);
      return soft_ ? aimnet_soft_fusion(aimnet_unified(output.semantic), output.detail)
                   : aimnet_fusion(output.semantic, output.detail);
    });
    return at_size(alpha, image.size());
  }

  [[nodiscard]] Plane<float> two_scales(EstimateClock& clock, const Image& image) const {
    const Size size = image.size();
    const Tensor semantic = pass(clock, image, 4, [&](const Tensor& x) {
      const Tensor scores = network_(x, AimNet::Decoders::semantic).semantic;
      return soft_ ? aimnet_unified(scores) : class_index(scores);
    });
    const Tensor detail =
        pass(clock, image, detail_divisor_, [&](const Tensor& x) { return network_(x).detail; });
    if (!soft_) {
      return fill_transition(class_levels(semantic, 3, size, rule_), at_size(detail, size));
    }
    return to_plane(
        aimnet_soft_fusion(to_tensor(at_size(semantic, size)), to_tensor(at_size(detail, size))));
  }

  bool hybrid_, soft_;
  int detail_divisor_;
  imaging::ResizeRule rule_;
  int shorter_side_;
  AimNet network_{};
};

std::unique_ptr<baselines::Network> make() {
  const auto network = std::make_shared<AimNet>();
  const auto run = [network](const Tensors& inputs, std::span<const std::string>) {
    const AimNetOutput output = (*network)(require_input(inputs, "input", 3));
    return Tensors{{"out_global", output.semantic},
                   {"out_local", output.detail},
                   {"out_fusion", aimnet_fusion(output.semantic, output.detail)}};
  };
  return make_network(
      {.module = network, .run = run, .channels = 3, .forward = [network](const Tensor& x) {
         (void)(*network)(x);
       }});
}

constexpr std::array kNetworks{
    baselines::NetworkEntry{.id = "aimnet", .method = "aimnet", .make = make}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod aimnet_deep{
    .id = "aimnet",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::AimNetMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines
