#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "baselines/deep/hattmatting/ham.hpp"
#include "baselines/deep/hattmatting/hattmatting_rx50.hpp"
#include "baselines/deep/hattmatting/hattmatting_small.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/trimap_tensors.hpp"
#include "imaging/padding.hpp"

namespace mbench::deep {
namespace {

using baselines::MethodSettings;

struct BuiltNetwork {
  std::shared_ptr<torch::nn::Module> module;
  std::function<Tensor(const Tensor& image)> forward;
};

template <typename Network, auto... arguments>
BuiltNetwork build() {
  const auto network = std::make_shared<Network>(arguments...);
  return {.module = network,
          .forward = [network](const Tensor& image) { return (*network)(image); }};
}

/// One reading of the paper, with what its program does before the network.
struct Variant {
  std::string_view id;
  BuiltNetwork (*build)();
  bool blue_first;
  bool normalised;    ///< with ImageNet's mean and deviation, always in the order red, green, blue
  int multiple;       ///< of the sides that the network takes
  std::int64_t macs;  ///< at kMacsSize
};

constexpr std::array kVariants{
    Variant{"ham-rx101", build<Ham, HamBackbone::resnext101>, true, false, 8, 1'628'846'669'824},
    Variant{"ham-r50gn", build<Ham, HamBackbone::resnet50>, true, false, 8, 908'606'029'824},
    Variant{"rx50", build<HattMattingRx50>, false, true, 16, 110'162'278'528},
    Variant{"small", build<HattMattingSmall>, true, true, 8, 51'333'128'192}};

const Variant& find_variant(std::string_view id) {
  return *std::ranges::find(kVariants, id, &Variant::id);  // the option's choices are these
}

/// HAM's inference.py pads with black to h//8+1 where (h//8+1)*8 must be meant: a side that is a
/// multiple of 8 gets 8 pixels more. The other two programs leave sizes to their caller; there the
/// image's mirror image completes the last block, as most matting programs do.
imaging::Margins margins(const Variant& variant, Size size) {
  if (variant.normalised) return imaging::margins_to_multiple(size, variant.multiple);
  return {.bottom = variant.multiple - size.height % variant.multiple,
          .right = variant.multiple - size.width % variant.multiple};
}

Tensor network_input(const Variant& variant, const Image& image) {
  const imaging::Margins added = margins(variant, image.size());
  const Plane<Rgb<float>> colours = unit_colours(image);
  Tensor input = to_tensor(variant.normalised ? imaging::pad_reflect(colours, added)
                                              : imaging::pad_constant(colours, added));
  if (variant.blue_first) input = input.flip(1);
  // With blue first, blue meets the mean of red: that is what the published program does.
  return variant.normalised ? normalised(input) : input;
}

class HattMatting final : public NetworkMethod {
 public:
  explicit HattMatting(const MethodSettings& settings)
      : NetworkMethod{settings},
        variant_{find_variant(settings.options.text("variant"))},
        network_{variant_.build()} {
    const std::string name = fmt::format("HAttMatting ({})", variant_.id);
    load(*network_.module, {.network = name}, settings.weights, variant_.macs);
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    EstimateClock clock;
    const Size size = input.image.size();
    const Tensor alpha = infer(clock, network_input(variant_, input.image),
                               network_.forward);  // [1, 1, H', W']
    return {.alpha = Matte{to_plane(cropped(alpha.clamp(0.0, 1.0), size))},
            .times = clock.finish()};
  }

 private:
  const Variant& variant_;
  BuiltNetwork network_;
};

template <int variant>
std::unique_ptr<baselines::Network> make() {
  const BuiltNetwork network = kVariants[variant].build();
  const auto forward = network.forward;
  return make_network(
      {.module = network.module,
       .run =
           [forward](const Tensors& inputs, std::span<const std::string>) {
             return Tensors{{"out_alpha", forward(require_input(inputs, "input", 3))}};
           },
       .channels = 3,
       .forward = [forward](const Tensor& x) { (void)forward(x); }});
}

constexpr std::array kNetworks{
    baselines::NetworkEntry{"hattmatting_ham_rx101", "hattmatting", "variant=ham-rx101", make<0>},
    baselines::NetworkEntry{"hattmatting_ham_r50gn", "hattmatting", "variant=ham-r50gn", make<1>},
    baselines::NetworkEntry{"hattmatting_rx50", "hattmatting", "variant=rx50", make<2>},
    baselines::NetworkEntry{"hattmatting_small", "hattmatting", "variant=small", make<3>}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod hattmatting_deep{
    .id = "hattmatting",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::HattMatting>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines
