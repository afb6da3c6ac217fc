#include <algorithm>
#include <array>

#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/trimap_tensors.hpp"
#include "baselines/deep/vitmatte/vitmatte.hpp"
#include "baselines/trimap_input.hpp"

namespace mbench::deep {
namespace {

using baselines::MethodSettings;

/// One published model.
struct Variant {
  std::string_view id, network, published;
  VitMatteWidths widths;
  std::int64_t macs;  ///< at kMacsSize
};

constexpr std::array kVariants{
    Variant{
        "s", "ViTMatte-S", "ViTMatte_S_Com.pth", {.channels = 384, .heads = 6}, 149'635'710'976},
    Variant{
        "b", "ViTMatte-B", "ViTMatte_B_Com.pth", {.channels = 768, .heads = 12}, 365'075'070'976}};

const Variant& find_variant(std::string_view id) {
  return *std::ranges::find(kVariants, id, &Variant::id);  // the option's choices are these
}

class VitMatteMethod final : public NetworkMethod {
 public:
  explicit VitMatteMethod(const MethodSettings& settings)
      : NetworkMethod{settings},
        variant_{find_variant(settings.options.text("variant"))},
        network_{variant_.widths} {
    load(network_, {.network = variant_.network, .published = variant_.published}, settings.weights,
         variant_.macs);
  }

  /// The published program does not impose the trimap on alpha.
  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    EstimateClock clock;
    const Trimap& trimap = baselines::require_trimap(input, "vitmatte");
    Plane<float> levels{trimap.size()};
    std::ranges::transform(trimap.values(), levels.values().begin(),
                           [](std::uint8_t level) { return static_cast<float>(level) / 255.0F; });
    const Tensor image = to_tensor(unit_colours(input.image));
    const Tensor alpha = infer(clock, vitmatte_input(image, to_tensor(levels)),
                               [&](const Tensor& tensor) { return network_(tensor).alpha; });
    return {.alpha = Matte{to_plane(cropped(alpha, input.image.size()))}, .times = clock.finish()};
  }

 private:
  const Variant& variant_;
  VitMatte network_;
};

/// The references keep every 16th channel of the features.
constexpr std::int64_t kKeptChannels = 16;

template <int variant>
std::unique_ptr<baselines::Network> make() {
  const auto network = std::make_shared<VitMatte>(kVariants[variant].widths);
  const auto run = [network](const Tensors& inputs, std::span<const std::string>) {
    const Tensor input =
        vitmatte_input(require_picture(inputs, "image"), require_picture(inputs, "trimap"));
    const VitMatte::Output output = (*network)(input);
    return Tensors{{"net_input", input},
                   {"backbone_features", output.features.slice(1, 0, c10::nullopt, kKeptChannels)},
                   {"output", output.alpha}};
  };
  return make_network(
      {.module = network, .run = run, .channels = 4, .forward = [network](const Tensor& x) {
         (void)(*network)(x);
       }});
}

constexpr std::array kNetworks{
    baselines::NetworkEntry{"vitmatte-s", "vitmatte", "variant=s", make<0>},
    baselines::NetworkEntry{"vitmatte-b", "vitmatte", "variant=b", make<1>}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod vitmatte_deep{
    .id = "vitmatte",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::VitMatteMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines
