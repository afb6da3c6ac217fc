#include <array>

#include "baselines/deep/gfm/gfm.hpp"
#include "baselines/deep/inference.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/tensors.hpp"

namespace mbench::deep {
namespace {

template <Representation representation>
std::unique_ptr<baselines::Network> make() {
  const auto network = std::make_shared<GfmResNet34>(representation);
  return make_network({.module = network,
                       .run =
                           [network](const Tensors& inputs, std::span<const std::string>) {
                             const GfmOutput output = (*network)(require_input(inputs, "input", 3));
                             return Tensors{{"out_glance", output.glance},
                                            {"out_focus", output.focus},
                                            {"out_fusion", output.fusion}};
                           },
                       .forward =
                           [network](Size size) {
                             (void)(*network)(at::zeros({1, 3, size.height, size.width}));
                           }});
}

constexpr std::array kNetworks{
    baselines::NetworkEntry{"gfm_r34_tt", "gfm", "representation=tt", make<Representation::trimap>},
    baselines::NetworkEntry{"gfm_r34_ft", "gfm", "representation=ft",
                            make<Representation::foreground>},
    baselines::NetworkEntry{"gfm_r34_bt", "gfm", "representation=bt",
                            make<Representation::background>}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod gfm_deep{
    .id = "gfm",
    .make = [](const MethodSettings&) -> std::unique_ptr<Method> { return nullptr; },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines
