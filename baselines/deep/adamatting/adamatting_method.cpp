#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "baselines/deep/adamatting/adamatting_waterbearbee.hpp"
#include "baselines/deep/inference.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/trimap_input.hpp"
#include "imaging/padding.hpp"

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

constexpr Size kMacsSize{800, 800};

constexpr std::array kVariants{
    Variant{"paper", build<AdaMatting>, 32, 578'580'480'000},
    Variant{"waterbearbee", build<AdaMattingWaterbearbee>, 16, 132'185'600'000}};

const Variant& find_variant(std::string_view id) {
  return *std::ranges::find(kVariants, id, &Variant::id);  // the option's choices are these
}

/// [1, 4, H', W']: normalised colours and the trimap as 0, 128/255, 1, completed to whole blocks by
/// their mirror images.
Tensor network_input(const Image& image, const Trimap& trimap, int multiple) {
  const imaging::Margins added = imaging::margins_to_multiple(image.size(), multiple);
  const Tensor colours = normalised(to_tensor(imaging::pad_reflect(unit_colours(image), added)));
  Plane<float> levels{trimap.size()};
  std::ranges::transform(trimap.values(), levels.values().begin(),
                         [](std::uint8_t level) { return static_cast<float>(level) / 255.0F; });
  return at::cat({colours, to_tensor(imaging::pad_reflect(levels, added))}, 1);
}

/// The class with the largest logit, the first of equal ones: 0 background, 1 unknown, 2
/// foreground.
Tensor classes(const Tensor& logits) {
  const auto parts = logits.split(1, 1);
  const Tensor background = (parts[0] >= parts[1]).logical_and(parts[0] >= parts[2]);
  const Tensor above = (parts[2] > parts[1]).to(logits.scalar_type()) + 1;
  return above.masked_fill(background, 0);
}

class AdaMattingMethod final : public baselines::Method {
 public:
  explicit AdaMattingMethod(const MethodSettings& settings)
      : variant_{find_variant(settings.options.text("variant"))},
        network_{variant_.build()},
        inference_{settings.device, settings.precision} {
    const std::string name = fmt::format("AdaMatting ({})", variant_.id);
    weights_ = load_weights(*network_.module, {.network = name}, settings.weights);
    parameters_ = parameter_count(*network_.module);
    inference_.place(*network_.module);
  }

  /// Alpha is the network's where the adapted trimap is unknown, 0 or 1 elsewhere. The trimap that
  /// was given is not imposed again: the paper wants its errors corrected.
  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    EstimateClock clock;
    const Trimap& given = baselines::require_trimap(input, "adamatting");
    const Size size = input.image.size();
    const Tensor result =
        inference_(clock, input.threads, network_input(input.image, given, variant_.multiple),
                   [&](const Tensor& tensor) {
                     const AdaMattingOutput output = network_.forward(tensor);
                     return at::cat({output.alpha.clamp(0.0, 1.0), classes(output.trimap)}, 1);
                   });  // [1, 2, H', W']
    const Tensor part = result.slice(2, 0, size.height).slice(3, 0, size.width);
    Plane<float> alpha = to_plane(part, 0);
    Trimap adapted{size};
    const Plane<float> found = to_plane(part, 1);
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        const bool background = found(y, x) == 0.0F, foreground = found(y, x) == 2.0F;
        adapted(y, x) = background ? kBackground : foreground ? kForeground : kUnknown;
        if (background) alpha(y, x) = 0.0F;
        if (foreground) alpha(y, x) = 1.0F;
      }
    }
    return {
        .alpha = Matte{std::move(alpha)}, .trimap = std::move(adapted), .times = clock.finish()};
  }

  [[nodiscard]] std::string content_sha256(std::span<const std::string>) const override {
    return weights_.sha256;
  }

  [[nodiscard]] baselines::MethodFacts facts() const override {
    return {.weights = weights_.name,
            .weights_sha256 = weights_.sha256,
            .untrained = weights_.untrained,
            .parameters = parameters_,
            .macs = variant_.macs,
            .macs_size = kMacsSize,
            .precision = std::string{to_string(inference_.precision())}};
  }

 private:
  const Variant& variant_;
  BuiltNetwork network_;
  Inference inference_;
  LoadedWeights weights_{};
  std::int64_t parameters_{};
};

template <int variant>
std::unique_ptr<baselines::Network> make() {
  const BuiltNetwork network = kVariants[variant].build();
  const auto forward = network.forward;
  return make_network({.module = network.module,
                       .run =
                           [forward](const Tensors& inputs, std::span<const std::string>) {
                             const AdaMattingOutput output =
                                 forward(require_input(inputs, "input", 4));
                             return Tensors{{"output_trimap_logits", output.trimap},
                                            {"output_argmax", classes(output.trimap).squeeze(1)},
                                            {"output_alpha", output.alpha}};
                           },
                       .forward =
                           [forward](Size size) {
                             (void)forward(at::zeros({1, 4, size.height, size.width}));
                           }});
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
