#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "baselines/deep/adamatting/adamatting_waterbearbee.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/proof_images.hpp"
#include "baselines/deep/rgb_and_trimap.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/trimap_tensors.hpp"
#include "baselines/trimap_input.hpp"

namespace mbench::deep {
namespace {

using baselines::MethodSettings;

struct BuiltNetwork {
  std::shared_ptr<torch::nn::Module> module;
  std::function<AdaMattingOutput(const Tensor& input)> forward;
};

template <typename Network>
BuiltNetwork build() {
  const auto network = std::make_shared<Network>();
  return {.module = network,
          .forward = [network](const Tensor& input) { return (*network)(input); }};
}

/// One reading of the paper.
struct Variant {
  std::string_view id;
  BuiltNetwork (*build)();
  int multiple;       ///< of the sides that the network takes
  std::int64_t macs;  ///< at kMacsSize
};

constexpr std::array kVariants{
    Variant{"paper", build<AdaMatting>, 32, 578'580'480'000},
    Variant{"waterbearbee", build<AdaMattingWaterbearbee>, 16, 132'185'600'000}};

const Variant& find_variant(std::string_view id) {
  return *std::ranges::find(kVariants, id, &Variant::id);  // the option's choices are these
}

/// [1, 4, H', W']: normalised colours and the trimap as 0, 128/255, 1, completed to whole blocks by
/// their mirror images.
Tensor network_input(const Image& image, const Trimap& trimap, int multiple) {
  return rgb_and_trimap(image, trimap, imaging::margins_to_multiple(image.size(), multiple));
}

class AdaMattingMethod final : public NetworkMethod {
 public:
  explicit AdaMattingMethod(const MethodSettings& settings)
      : NetworkMethod{settings},
        variant_{find_variant(settings.options.text("variant"))},
        network_{variant_.build()} {
    const std::string name = fmt::format("AdaMatting ({})", variant_.id);
    load(*network_.module, {.network = name}, settings.weights, variant_.macs);
  }

  /// Alpha is the network's where the adapted trimap is unknown, 0 or 1 elsewhere. The trimap that
  /// was given is not imposed again: the paper wants its errors corrected.
  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    EstimateClock clock;
    const Trimap& given = baselines::require_trimap(input, "adamatting");
    const Size size = input.image.size();
    const Tensor result = infer(
        clock, network_input(input.image, given, variant_.multiple), [&](const Tensor& tensor) {
          const AdaMattingOutput output = network_.forward(tensor);
          return at::cat({output.alpha.clamp(0.0, 1.0), class_index(output.trimap)}, 1);
        });  // [1, 2, H', W']
    const Tensor classes = result.narrow(1, 1, 1);
    const Tensor alpha = fill_unknown(classes, result.narrow(1, 0, 1));
    return {.alpha = Matte{to_plane(cropped(alpha, size))},
            .trimap = to_trimap(classes, size),
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
             const AdaMattingOutput output = forward(require_input(inputs, "input", 4));
             Tensors outputs{{"output_trimap_logits", output.trimap},
                             {"output_argmax", class_index(output.trimap).squeeze(1)},
                             {"output_alpha", output.alpha}};
             append_prepared(outputs, inputs, [](const Image& image, const Trimap& trimap) {
               return network_input(image, trimap, kVariants[variant].multiple);
             });
             return outputs;
           },
       .channels = 4,
       .forward = [forward](const Tensor& x) { (void)forward(x); }});
}

constexpr std::array kNetworks{
    baselines::NetworkEntry{"adamatting", "adamatting", "variant=paper", make<0>},
    baselines::NetworkEntry{"adamatting-waterbearbee", "adamatting", "variant=waterbearbee",
                            make<1>}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod adamatting_deep{
    .id = "adamatting",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::AdaMattingMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines
