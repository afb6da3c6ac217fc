#include <algorithm>
#include <array>

#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/proof_images.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/trimap_tensors.hpp"
#include "baselines/deep/zhou/fusion.hpp"
#include "baselines/deep/zhou/net_m.hpp"
#include "baselines/trimap_input.hpp"

namespace mbench::deep {
namespace {

/// NLM's network is Net-M without the refinement; files of Net-M serve it too.
constexpr std::array<std::string_view, 1> kRefinement{"refine."};

/// [1, 6, H, W], mirrored at the right and bottom to multiples of 32.
Tensor network_input(const Image& image, const Trimap& trimap) {
  const imaging::Margins margins = imaging::margins_to_multiple(image.size(), 32);
  return at::cat({padded_rgb(image, margins), padded_one_hot(trimap, margins)}, 1);
}

class NetMMethod final : public NetworkMethod {
 public:
  NetMMethod(Refine refine, const baselines::MethodSettings& settings)
      : NetworkMethod{settings}, refine_{refine}, network_{std::make_shared<NetM>(refine)} {
    load(*network_, file(refine), settings.weights, net_m_macs(refine));
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    const Trimap& trimap = require_trimap(input, refine_ == Refine::yes ? "net-m" : "nlm");
    EstimateClock clock;
    const Tensor prepared = network_input(input.image, trimap);
    const Tensor raw = infer(clock, prepared, [&](const Tensor& x) {
      const NetMOutput output = (*network_)(x);
      return refine_ == Refine::yes ? at::clamp(output.refined, 0.0, 1.0) : output.coarse;
    });
    const Tensor alpha = fill_unknown(class_index(prepared.narrow(1, 3, 3)), raw);
    return {.alpha = Matte{to_plane(cropped(alpha, input.image.size()))}, .times = clock.finish()};
  }

 private:
  static NetworkFile file(Refine refine) {
    if (refine == Refine::yes) return {.network = "Net-M"};
    return {.network = "NLM", .unused_prefixes = kRefinement};
  }

  Refine refine_;
  std::shared_ptr<NetM> network_;  // shared: as LibTorch's modules are held
};

std::unique_ptr<baselines::Network> make_net_m() {
  const auto network = std::make_shared<NetM>();
  return make_network(
      {.module = network,
       .run =
           [network](const Tensors& inputs, std::span<const std::string> wanted) {
             const Tensor input = require_input(inputs, "input", 6);
             const NetMOutput output = (*network)(input);
             Tensors outputs{{"output_coarse", output.coarse}, {"output_refined", output.refined}};
             if (std::ranges::find(wanted, "attention_row_0") != wanted.end()) {
               outputs.emplace("attention_row_0", network->attention_row(input, 0));
             }
             append_prepared(outputs, inputs, network_input);
             return outputs;
           },
       .channels = 6,
       .forward = [network](const Tensor& x) { (void)(*network)(x); }});
}

/// The attention alone, so that its cost can be compared with the paper's table. Image sizes stand
/// for features of an eighth.
std::unique_ptr<baselines::Network> make_attention() {
  const auto attention = std::make_shared<LightNonLocal>();
  const auto attend = [attention](const Tensor& guidance, const Tensor& alpha,
                                  const Tensor& unknown) {
    return (*attention)(guidance, alpha, unknown);
  };
  return make_network({.module = attention,
                       .run =
                           [attend](const Tensors& inputs, std::span<const std::string>) {
                             return Tensors{
                                 {"output", attend(require_input(inputs, "guidance", 128),
                                                   require_input(inputs, "alpha", 128),
                                                   require_input(inputs, "unknown", 1))}};
                           },
                       .channels = 128,
                       .forward =
                           [attend](const Tensor& input) {
                             const Tensor features = input.slice(2, 0, {}, 8).slice(3, 0, {}, 8);
                             (void)attend(features, features, features.narrow(1, 0, 1));
                           }});
}

constexpr std::array kNetworks{
    baselines::NetworkEntry{"zhou-net-m", "net-m", "", make_net_m},
    baselines::NetworkEntry{"zhou-attention", "net-m", "", make_attention}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod net_m_deep{
    .id = "net-m",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::NetMMethod>(deep::Refine::yes, settings);
    },
    .networks = deep::kNetworks};

extern constinit const DeepMethod nlm_deep{
    .id = "nlm", .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::NetMMethod>(deep::Refine::no, settings);
    }};

}  // namespace mbench::baselines
