#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "baselines/deep/gfm/gfm.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/trimap_tensors.hpp"
#include "baselines/deep/two_scales.hpp"
#include "core/error.hpp"

namespace mbench::deep {
namespace {

using baselines::Estimate;
using baselines::MattingInput;
using baselines::MethodSettings;

/// A combination for which weights are published.
struct Variant {
  std::string_view id;  ///< of the folder of references
  Backbone backbone;
  std::string_view backbone_option;
  std::string_view representation;  ///< "tt", "ft", "bt", or "rim" for all three
  std::string_view file;
  std::int64_t macs_constant, macs_per_pixel;  ///< of one forward pass, from Network::cost()
  std::string_view options;
};

constexpr std::array kVariants{
    Variant{"gfm_r34_tt", Backbone::r34, "r34", "tt", "gfm_r34_tt.pth", 9175040, 205936,
            "backbone=r34:representation=tt"},
    Variant{"gfm_r34_ft", Backbone::r34, "r34", "ft", "gfm_r34_ft.pth", 9175040, 205792,
            "backbone=r34:representation=ft"},
    Variant{"gfm_r34_bt", Backbone::r34, "r34", "bt", "gfm_r34_bt.pth", 9175040, 205792,
            "backbone=r34:representation=bt"},
    Variant{"gfm_r34_2b_tt", Backbone::r34_2b, "r34_2b", "tt", "gfm_r34_2b_tt.pth", 9175040,
            2379424, "backbone=r34_2b:representation=tt"},
    Variant{"gfm_d121_tt", Backbone::d121, "d121", "tt", "gfm_d121_tt.pth", 9175040, 377072,
            "backbone=d121:representation=tt"},
    Variant{"gfm_d121_rim", Backbone::d121, "d121", "rim", "gfm_d121_rim.pth", 9175168, 489168,
            "backbone=d121:representation=rim"},
    Variant{"gfm_r101_tt", Backbone::r101, "r101", "tt", "gfm_r101_tt.pth", 146800640, 1173488,
            "backbone=r101:representation=tt"}};

std::vector<Representation> heads_of(const Variant& variant) {
  if (variant.representation == "tt") return {Representation::trimap};
  if (variant.representation == "ft") return {Representation::foreground};
  if (variant.representation == "bt") return {Representation::background};
  return {Representation::trimap, Representation::foreground, Representation::background};
}

const Variant& find_variant(const Options& options) {
  const std::string& backbone = options.text("backbone");
  const std::string& representation = options.text("representation");
  for (const Variant& variant : kVariants) {
    if (variant.backbone_option == backbone && variant.representation == representation) {
      return variant;
    }
  }
  std::string expected;
  for (const Variant& variant : kVariants) {
    if (!expected.empty()) expected += ", ";
    expected += fmt::format("{} with {}", variant.backbone_option, variant.representation);
  }
  throw Error{ErrorKind::usage,
              {.what = "method 'gfm': no weights were published for this backbone and "
                       "representation",
               .expected = expected,
               .found = fmt::format("{} with {}", backbone, representation),
               .fix = "choose another backbone or representation"}};
}

class GfmMethod final : public NetworkMethod {
 public:
  explicit GfmMethod(const MethodSettings& settings)
      : NetworkMethod{settings},
        variant_{find_variant(settings.options)},
        hybrid_{settings.options.text("strategy") == "hybrid"},
        rule_{imaging::resize_rule(settings.options.text("resize-rule"))},
        network_{variant_.backbone, heads_of(variant_)} {
    load(network_, {.network = variant_.id, .published = variant_.file}, settings.weights,
         variant_.macs_constant + variant_.macs_per_pixel * kMacsSize.pixels());
  }

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    EstimateClock clock;
    Plane<float> alpha = variant_.representation == "rim" ? merged(clock, input)
                         : hybrid_                        ? two_scales(clock, input)
                                                          : one_scale(clock, input);
    // Merged alphas leave [0, 1]; the published program lets its 8-bit values wrap there.
    clamp_to_unit(alpha);
    return {.alpha = Matte{std::move(alpha)}, .times = clock.finish()};
  }

 private:
  /// One forward pass at 1/divisor of the image's size.
  template <typename Forward>
  Tensor pass(EstimateClock& clock, const MattingInput& input, int divisor,
              Forward&& forward) const {
    const Tensor image = rgb_255(input.image, scaled_size(input.image.size(), divisor), rule_);
    return infer(clock, image, std::forward<Forward>(forward));
  }

  [[nodiscard]] Plane<float> resized(const Tensor& map, Size size) const {
    return imaging::resize_skimage(to_plane(map).view(), size, rule_);
  }

  [[nodiscard]] Plane<float> merged(EstimateClock& clock, const MattingInput& input) const {
    const Tensor alpha =
        pass(clock, input, 3, [&](const Tensor& image) { return network_(image).merged; });
    return resized(alpha, input.image.size());
  }

  [[nodiscard]] Plane<float> one_scale(EstimateClock& clock, const MattingInput& input) const {
    const Tensor alpha = pass(
        clock, input, 2, [&](const Tensor& image) { return network_(image).heads.front().fusion; });
    return resized(alpha, input.image.size());
  }

  [[nodiscard]] Plane<float> two_scales(EstimateClock& clock, const MattingInput& input) const {
    const Tensor classes = pass(clock, input, 3, [&](const Tensor& image) {
      return class_index(network_(image, Branches::glance).heads.front().glance);
    });
    const Tensor detail = pass(clock, input, 2, [&](const Tensor& image) {
      return network_(image, Branches::focus).heads.front().focus;
    });
    const Size size = input.image.size();
    const bool trimap = variant_.representation == "tt";
    const Plane<double> levels = class_levels(classes, trimap ? 3 : 2, size, rule_);
    Plane<float> alpha = resized(detail, size);
    if (trimap) return fill_transition(levels, alpha);
    const double sign = variant_.representation == "ft" ? 1.0 : -1.0;
    std::ranges::transform(
        levels.values(), alpha.values(), alpha.values().begin(), [sign](double level, float focus) {
          return static_cast<float>(level / 255.0 + sign * static_cast<double>(focus));
        });
    return alpha;
  }

  const Variant& variant_;
  bool hybrid_;
  imaging::ResizeRule rule_;
  Gfm network_;
};

template <std::size_t index>
std::unique_ptr<baselines::Network> make() {
  const Variant& variant = kVariants[index];
  const auto network = std::make_shared<Gfm>(variant.backbone, heads_of(variant));
  const auto run = [network](const Tensors& inputs, std::span<const std::string>) {
    const GfmOutput output = (*network)(require_input(inputs, "input", 3));
    constexpr std::array<const char*, 3> kHeads{"out_tt_", "out_ft_", "out_bt_"};
    Tensors outputs;
    for (std::size_t i = 0; i < output.heads.size(); ++i) {
      const std::string prefix = output.heads.size() == 1 ? "out_" : kHeads[i];
      outputs[prefix + "glance"] = output.heads[i].glance;
      outputs[prefix + "focus"] = output.heads[i].focus;
      outputs[prefix + "fusion"] = output.heads[i].fusion;
    }
    if (output.merged.defined()) outputs["out_rim"] = output.merged;
    return outputs;
  };
  return make_network(
      {.module = network, .run = run, .channels = 3, .forward = [network](const Tensor& x) {
         (void)(*network)(x);
       }});
}

template <std::size_t... indices>
constexpr auto network_entries(std::index_sequence<indices...>) {
  return std::array{baselines::NetworkEntry{kVariants[indices].id, "gfm",
                                            kVariants[indices].options, make<indices>}...};
}

constexpr auto kNetworks = network_entries(std::make_index_sequence<kVariants.size()>{});

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod gfm_deep{
    .id = "gfm",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::GfmMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines
