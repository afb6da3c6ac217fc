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
        network_{std::make_shared<AimNet>()} {
    load(*network_, {.network = "aimnet", .published = "aimnet_pretrained_matting.pth"},
         settings.weights, 9186816 + 297762 * kMacsSize.pixels());
  }

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    EstimateClock clock;
    Plane<float> alpha = hybrid_ ? two_scales(clock, input) : one_scale(clock, input);
    clamp_to_unit(alpha);  // half precision rounds beyond 1
    return {.alpha = Matte{std::move(alpha)}, .times = clock.finish()};
  }

 private:
  /// One forward pass at 1/divisor of the image's size.
  template <typename Forward>
  Tensor pass(EstimateClock& clock, const MattingInput& input, int divisor,
              Forward&& forward) const {
    const Size size = scaled_size(input.image.size(), divisor);
    const Tensor image = normalised(rgb_255(input.image, size, rule_) / 255.0);
    return infer(clock, image, std::forward<Forward>(forward));
  }

  [[nodiscard]] Plane<float> resized(const Tensor& map, Size size) const {
    return imaging::resize_skimage(to_plane(map).view(), size, rule_);
  }

  [[nodiscard]] Plane<float> one_scale(EstimateClock& clock, const MattingInput& input) const {
    const Tensor alpha = pass(clock, input, 4, [&](const Tensor& image) {
      const AimNetOutput output = (*network_)(image);
      return soft_ ? aimnet_soft_fusion(aimnet_unified(output.semantic), output.detail)
                   : aimnet_fusion(output.semantic, output.detail);
    });
    return resized(alpha, input.image.size());
  }

  [[nodiscard]] Plane<float> two_scales(EstimateClock& clock, const MattingInput& input) const {
    const Size size = input.image.size();
    const Tensor semantic = pass(clock, input, 4, [&](const Tensor& image) {
      const Tensor scores = (*network_)(image, AimNet::Decoders::semantic).semantic;
      return soft_ ? aimnet_unified(scores) : class_index(scores);
    });
    const Tensor detail = pass(clock, input, detail_divisor_,
                               [&](const Tensor& image) { return (*network_)(image).detail; });
    if (!soft_) {
      return fill_transition(class_levels(semantic, 3, size, rule_), resized(detail, size));
    }
    return to_plane(
        aimnet_soft_fusion(to_tensor(resized(semantic, size)), to_tensor(resized(detail, size))));
  }

  bool hybrid_, soft_;
  int detail_divisor_;
  imaging::ResizeRule rule_;
  std::shared_ptr<AimNet> network_;  // shared: LibTorch's modules refuse another owner
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
