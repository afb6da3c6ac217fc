#include <array>

#include "baselines/deep/a2u/a2u.hpp"
#include "baselines/deep/known_regions.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/proof_images.hpp"
#include "baselines/deep/rgb_and_trimap.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/trimap_input.hpp"

namespace mbench::deep {
namespace {

/// [1, 4, H, W], mirrored at the right and bottom to multiples of 16.
Tensor network_input(const Image& image, const Trimap& trimap) {
  return rgb_and_trimap(image, trimap, imaging::margins_to_multiple(image.size(), 16));
}

/// Of a forward pass at 800 x 800.
constexpr std::int64_t macs(Filters filters) {
  return filters == Filters::shared ? 129'405'519'264 : 129'411'970'464;
}

class A2uMethod final : public NetworkMethod {
 public:
  explicit A2uMethod(const baselines::MethodSettings& settings) : NetworkMethod{settings} {
    const bool shared = settings.options.text("filters") == "share";
    const Filters filters = shared ? Filters::shared : Filters::per_channel;
    network_ = std::make_shared<A2u>(filters);
    load(*network_,
         shared ? NetworkFile{.network = "A2U", .published = "a2u_matting.pth"}
                : NetworkFile{.network = "A2U (unshare)",
                              .unnamed = "the README of dongdong93/a2u_matting links to "
                                         "'Ours-unshare' without the name of a file"},
         settings.weights, macs(filters));
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    const Trimap& trimap = baselines::require_trimap(input, "a2u");
    EstimateClock clock;
    const Tensor raw = infer(clock, network_input(input.image, trimap),
                             [&](const Tensor& x) { return (*network_)(x); });
    const Plane<float> alpha = to_plane(cropped(raw, input.image.size()));
    return {.alpha = Matte{with_known_regions(alpha, trimap)}, .times = clock.finish()};
  }

 private:
  std::shared_ptr<A2u> network_;  // shared: as LibTorch's modules are held
};

template <Filters filters>
std::unique_ptr<baselines::Network> make_proof() {
  const auto network = std::make_shared<A2u>(filters);
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

constexpr std::array kNetworks{
    baselines::NetworkEntry{"a2u", "a2u", "", make_proof<Filters::shared>},
    baselines::NetworkEntry{"a2u-unshare", "a2u", "filters=unshare",
                            make_proof<Filters::per_channel>}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod a2u_deep{
    .id = "a2u",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::A2uMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines
