#include <array>

#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/trimap_tensors.hpp"
#include "baselines/deep/zhou/fusion.hpp"
#include "baselines/deep/zhou/net_t.hpp"
#include "baselines/segmentation_input.hpp"
#include "baselines/trimap_input.hpp"

namespace mbench::deep {
namespace {

class NetTMethod final : public NetworkMethod {
 public:
  explicit NetTMethod(const baselines::MethodSettings& settings)
      : NetworkMethod{settings},
        network_{std::make_shared<NetT>(settings.options.text("align-corners") == "yes"
                                            ? Corners::aligned
                                            : Corners::half_pixel)} {
    load(*network_, {.network = "Net-T"}, settings.weights, kNetTMacs);
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    const Plane<std::uint8_t>& segmentation = require_segmentation(input, "net-t");
    EstimateClock clock;
    const Size size = input.image.size();
    const imaging::Margins margins = imaging::margins_to_multiple(size, 32);
    const Tensor foreground = padded_mask(segmentation, margins);
    const Tensor tensor =
        at::cat({padded_rgb(input.image, margins), 1 - foreground, foreground}, 1);
    // The largest score is the most probable class.
    const Tensor classes =
        infer(clock, tensor, [&](const Tensor& x) { return class_index((*network_)(x)); });
    Trimap trimap = to_trimap(classes, size);
    Matte alpha = baselines::half_where_unknown(trimap);
    return {.alpha = std::move(alpha), .trimap = std::move(trimap), .times = clock.finish()};
  }

 private:
  std::shared_ptr<NetT> network_;  // shared: as LibTorch's modules are held
};

std::unique_ptr<baselines::Network> make_net_t() {
  const auto network = std::make_shared<NetT>();
  return make_network(
      {.module = network,
       .run =
           [network](const Tensors& inputs, std::span<const std::string>) {
             const Tensor logits = (*network)(require_input(inputs, "input", 5));
             return Tensors{{"output_logits", logits}, {"output_prob", at::softmax(logits, 1)}};
           },
       .channels = 5,
       .forward = [network](const Tensor& x) { (void)(*network)(x); }});
}

constexpr std::array kNetworks{
    baselines::NetworkEntry{"zhou-net-t", "net-t", "align-corners=yes", make_net_t}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod net_t_deep{
    .id = "net-t",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::NetTMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines
