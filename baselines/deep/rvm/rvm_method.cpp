#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/core.h>

#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/rvm/rvm.hpp"
#include "baselines/deep/tensors.hpp"
#include "core/error.hpp"

namespace mbench::deep {
namespace {

using baselines::MethodSettings;

/// Nothing for "auto".
std::optional<double> parse_ratio(std::string_view text) {
  if (text == "auto") return std::nullopt;
  double ratio = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ratio);
  if (error == std::errc{} && end == text.data() + text.size() && ratio > 0.0 && ratio <= 1.0) {
    return ratio;
  }
  throw Error{ErrorKind::usage,
              {.what = "option 'ratio' of method 'rvm' has a wrong value",
               .expected = "auto, or a number above 0 and up to 1",
               .found = fmt::format("'{}'", text)}};
}

double ratio_for(const std::optional<double>& chosen, Size size) {
  return chosen.value_or(rvm_auto_ratio(size.height, size.width));
}

/// Of one frame of kMacsSize; exact where the sides that the network sees are multiples of 16.
std::int64_t count_macs(const std::optional<double>& chosen) {
  constexpr std::int64_t kConstant = 1'630'080, kPer32Pixels = 975'317;
  const double ratio = ratio_for(chosen, kMacsSize);
  const Size seen{.width = static_cast<int>(kMacsSize.width * ratio),
                  .height = static_cast<int>(kMacsSize.height * ratio)};
  return kConstant + kPer32Pixels * seen.pixels() / 32;
}

class RvmMemory final : public baselines::ClipMemory {
 public:
  RvmStates states{};
  Size size{};  ///< of the frames; empty before the first
};

void require_one_size(const RvmMemory& memory, Size size) {
  if (memory.size == Size{} || memory.size == size) return;
  throw Error{ErrorKind::method,
              {.what = "the frames of a clip must have one size",
               .expected = fmt::format("{} (frames before)", to_string(memory.size)),
               .found = to_string(size),
               .fix = "make two clips of them"}};
}

class RvmMethod final : public NetworkMethod {
 public:
  explicit RvmMethod(const MethodSettings& settings)
      : NetworkMethod{settings},
        ratio_{parse_ratio(settings.options.text("ratio"))},
        network_{has_deep_refiner(settings) ? RvmRefiner::deep : RvmRefiner::fast} {
    static constexpr std::array<std::string_view, 2> kUnused{"project_seg.", "refiner."};
    const std::span<const std::string_view> unused{kUnused};
    load(network_,
         {.network = has_deep_refiner(settings) ? "Robust Video Matting (MobileNetV3)"
                                                : "Robust Video Matting (MobileNetV3, no refiner)",
          .published = "rvm_mobilenetv3.pth",
          .unused_prefixes = has_deep_refiner(settings) ? unused.first(1) : unused},
         settings.weights, count_macs(ratio_));
  }

  [[nodiscard]] std::unique_ptr<baselines::ClipMemory> begin_clip() const override {
    return std::make_unique<RvmMemory>();
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    EstimateClock clock;
    const Size size = input.image.size();
    auto* const memory = static_cast<RvmMemory*>(input.memory);  // begin_clip() made it
    if (memory != nullptr) require_one_size(*memory, size);
    RvmStates states = memory == nullptr ? RvmStates{} : memory->states;
    const Tensor alpha =
        infer(clock, to_tensor(unit_colours(input.image)), [&](const Tensor& frame) {
          RvmOutput output = network_(frame, states, ratio_for(ratio_, size));
          states = std::move(output.states);
          return output.alpha;
        });  // [1, 1, H, W]
    if (memory != nullptr) {
      memory->states = std::move(states);
      memory->size = size;
    }
    return {.alpha = Matte{to_plane(alpha)}, .times = clock.finish()};
  }

 private:
  /// At full size nothing is refined, and files without the refiner's weights serve.
  static bool has_deep_refiner(const MethodSettings& settings) {
    return settings.options.text("refiner") == "deep" &&
           parse_ratio(settings.options.text("ratio")) != 1.0;
  }

  std::optional<double> ratio_;
  Rvm network_;
};

/// The references show a clip's frames one after the other, "input_frame0" and so on, at this ratio
/// and at full size.
constexpr double kReferenceRatio = 0.375;

template <RvmRefiner refiner>
std::unique_ptr<baselines::Network> make() {
  const auto network = std::make_shared<Rvm>(refiner);
  const auto run = [network](const Tensors& inputs, std::span<const std::string>) {
    Tensors outputs;
    for (const auto& [suffix, ratio] : {std::pair{"", kReferenceRatio}, std::pair{"_full", 1.0}}) {
      RvmStates states;
      for (int i = 0; inputs.contains(fmt::format("input_frame{}", i)); ++i) {
        const Tensor& frame = require_input(inputs, fmt::format("input_frame{}", i), 3);
        const RvmOutput output = (*network)(frame, states, ratio);
        states = output.states;
        outputs.emplace(fmt::format("out_alpha{}{}", suffix, i), output.alpha);
        outputs.emplace(fmt::format("out_foreground{}{}", suffix, i), output.foreground);
      }
      for (std::size_t i = 0; i < states.size(); ++i) {
        outputs.emplace(fmt::format("out_state{}{}", suffix, i + 1), states[i]);
      }
    }
    return outputs;
  };
  return make_network(
      {.module = network, .run = run, .channels = 3, .forward = [network](const Tensor& x) {
         (void)(*network)(x, {}, 1.0);
       }});
}

constexpr std::array kNetworks{
    baselines::NetworkEntry{"rvm_deep", "rvm", "refiner=deep", make<RvmRefiner::deep>},
    baselines::NetworkEntry{"rvm_fast", "rvm", "refiner=fast", make<RvmRefiner::fast>}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod rvm_deep{
    .id = "rvm",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::RvmMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines
