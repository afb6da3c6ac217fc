#include <array>

#include "baselines/deep/inference.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/trimap_tensors.hpp"
#include "baselines/deep/zhou/fusion.hpp"
#include "baselines/deep/zhou/net_t.hpp"
#include "baselines/segmentation_input.hpp"
#include "baselines/trimap_input.hpp"

namespace mbench::deep {
namespace {

/// Multiply-accumulates for 800 x 800 pixels.
constexpr std::int64_t kMacs = 175'688'204'288;

class NetTMethod final : public baselines::Method {
 public:
  explicit NetTMethod(const baselines::MethodSettings& settings)
      : network_{std::make_shared<NetT>(settings.options.text("align-corners") == "yes"
                                            ? Corners::aligned
                                            : Corners::half_pixel)},
        inference_{settings.device, settings.precision},
        weights_{load_weights(*network_, {.network = "Net-T"}, settings.weights)},
        precision_{settings.precision} {
    inference_.place(*network_);
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
    const Tensor classes = inference_(clock, input.threads, tensor, [&](const Tensor& x) {
      return most_probable((*network_)(x));
    });
    Trimap trimap = to_trimap(classes, size);
    Matte alpha = baselines::half_where_unknown(trimap);
    return {.alpha = std::move(alpha), .trimap = std::move(trimap), .times = clock.finish()};
  }

  [[nodiscard]] std::string content_sha256(std::span<const std::string>) const override {
    return weights_.sha256;
  }

  [[nodiscard]] baselines::MethodFacts facts() const override {
    return {.weights = weights_.name,
            .weights_sha256 = weights_.sha256,
            .untrained = weights_.untrained,
            .parameters = parameter_count(*network_),
            .macs = kMacs,
            .macs_size = {800, 800},
            .precision = std::string{to_string(precision_)}};
  }

 private:
  std::shared_ptr<NetT> network_;  // shared: as LibTorch's modules are held
  Inference inference_;
  LoadedWeights weights_;
  Precision precision_;
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
       .forward =
           [network](Size size) {
             (void)(*network)(at::zeros({1, 5, size.height, size.width}));
           }});
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
