#include <algorithm>
#include <array>

#include "baselines/deep/indexnet/indexnet.hpp"
#include "baselines/deep/known_regions.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/proof_images.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/trimap_tensors.hpp"
#include "baselines/trimap_input.hpp"
#include "imaging/resample.hpp"

namespace mbench::deep {
namespace {

using imaging::Interpolation;

/// The next multiples of 32.
Size network_size(Size image) {
  return imaging::padded_size(image, imaging::margins_to_multiple(image, 32));
}

/// [1, 4, H, W] of network_size(): colours are normalised, then resized bicubically, which may take
/// them beyond the range of colours; the trimap by the nearest neighbour.
Tensor network_input(const Image& image, const Trimap& trimap) {
  const Size size = network_size(image.size());
  Plane<Rgb<float>> colours = unit_colours(image);
  const auto scaled = [](float value, std::size_t channel) {
    return (value - kImageNetMean[channel]) / kImageNetDeviation[channel];
  };
  for (Rgb<float>& pixel : colours.values()) {
    pixel = {scaled(pixel.r, 0), scaled(pixel.g, 1), scaled(pixel.b, 2)};
  }
  return at::cat({to_tensor(imaging::resize_opencv(colours, size, Interpolation::cubic)),
                  padded_mask(imaging::resize_opencv(trimap, size, Interpolation::nearest), {})},
                 1);
}

class IndexNetMethod final : public NetworkMethod {
 public:
  explicit IndexNetMethod(const baselines::MethodSettings& settings) : NetworkMethod{settings} {
    load(network_, {.network = "IndexNet", .published = "indexnet_matting.pth.tar"},
         settings.weights, kMacs);
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    const Trimap& trimap = baselines::require_trimap(input, "indexnet");
    EstimateClock clock;
    const Tensor raw = infer(clock, network_input(input.image, trimap),
                             [&](const Tensor& x) { return network_(x); });
    const Plane<float> alpha =
        imaging::resize_opencv(to_plane(raw), input.image.size(), Interpolation::cubic);
    return {.alpha = Matte{with_known_regions(alpha, trimap)}, .times = clock.finish()};
  }

 private:
  static constexpr std::int64_t kMacs = 70'611'233'408;  ///< of a forward pass at 800 x 800

  IndexNet network_{};
};

std::unique_ptr<baselines::Network> make_proof() {
  const auto network = std::make_shared<IndexNet>();
  return make_network(
      {.module = network,
       .run =
           [network](const Tensors& inputs, std::span<const std::string>) {
             Tensors outputs{{"output", (*network)(require_input(inputs, "input", 4))}};
             append_prepared(outputs, inputs, network_input);
             return outputs;
           },
       .channels = 4,
       .forward = [network](const Tensor& x) { (void)(*network)(x); }});
}

constexpr std::array kNetworks{baselines::NetworkEntry{"indexnet", "indexnet", "", make_proof}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod indexnet_deep{
    .id = "indexnet",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::IndexNetMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines
