#include <algorithm>
#include <array>
#include <string>

#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/two_scales.hpp"
#include "baselines/deep/u2net/u2net.hpp"

namespace mbench::deep {
namespace {

using baselines::Estimate;
using baselines::MattingInput;
using baselines::MethodSettings;

constexpr Size kInputSize{320, 320};

struct Variant {
  std::string_view id;
  U2Net::Width width;
  std::string_view published;
  std::int64_t macs;  ///< at kMacsSize, from Network::cost()
};

constexpr Variant kFull{"u2net", U2Net::Width::full, "u2net.pth", 366239040000};
constexpr Variant kSmall{"u2netp", U2Net::Width::small, "u2netp.pth", 123475560000};

/// [1, 3, 320, 320]: squashed, divided by its own largest value, normalised in double precision as
/// the published program does.
Tensor network_input(const Image& image, imaging::ResizeRule rule) {
  const Plane<Rgb<double>> colours = resized_colours(image, kInputSize, rule);
  double largest = 0.0;
  for (const Rgb<double>& pixel : colours.values()) {
    largest = std::max({largest, pixel.r, pixel.g, pixel.b});
  }
  if (largest == 0.0) largest = 1.0;  // a black image: the program would compute 0/0
  constexpr std::array kMean{0.485, 0.456, 0.406};
  constexpr std::array kDeviation{0.229, 0.224, 0.225};
  const auto unit = [&](double value, std::size_t channel) {
    return static_cast<float>((value / largest - kMean[channel]) / kDeviation[channel]);
  };
  Plane<Rgb<float>> values{colours.size()};
  std::ranges::transform(colours.values(), values.values().begin(), [&](const Rgb<double>& pixel) {
    return Rgb<float>{unit(pixel.r, 0), unit(pixel.g, 1), unit(pixel.b, 2)};
  });
  return to_tensor(values);
}

/// The answer stretched to 0 ... 255 and rounded down, as the published program saves it; all 0 if
/// it is the same everywhere, where the program would compute 0/0.
Plane<std::uint8_t> stretched(const Plane<float>& answer) {
  const auto [low, high] = std::ranges::minmax(answer.values());
  Plane<std::uint8_t> levels{answer.size()};
  if (low == high) return levels;
  std::ranges::transform(answer.values(), levels.values().begin(), [low, high](float value) {
    return static_cast<std::uint8_t>((value - low) / (high - low) * 255.0F);
  });
  return levels;
}

class U2NetMethod final : public NetworkMethod {
 public:
  U2NetMethod(const Variant& variant, const MethodSettings& settings)
      : NetworkMethod{settings},
        rule_{imaging::resize_rule(settings.options.text("resize-rule"))},
        network_{variant.width} {
    // The program asks for constant borders, which are 0.14's default and not 0.19's.
    if (rule_ == imaging::ResizeRule::skimage019) rule_ = imaging::ResizeRule::skimage019_constant;
    load(network_, {.network = variant.id, .published = variant.published}, settings.weights,
         variant.macs);
  }

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    EstimateClock clock;
    const Tensor answer = infer(clock, network_input(input.image, rule_), [&](const Tensor& image) {
      return network_(image)[0];
    });  // [1, 1, 320, 320]
    return {.alpha = Matte{imaging::resize_pillow(stretched(to_plane(answer)), input.image.size(),
                                                  imaging::PillowFilter::bilinear)},
            .times = clock.finish()};
  }

 private:
  imaging::ResizeRule rule_;
  U2Net network_;
};

template <U2Net::Width width>
std::unique_ptr<baselines::Network> make() {
  const auto network = std::make_shared<U2Net>(width);
  const auto run = [network](const Tensors& inputs, std::span<const std::string>) {
    const std::array<Tensor, 7> answers = (*network)(require_input(inputs, "input", 3));
    Tensors outputs;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      outputs.emplace("out_d" + std::to_string(i), answers[i]);
    }
    return outputs;
  };
  return make_network(
      {.module = network, .run = run, .channels = 3, .forward = [network](const Tensor& x) {
         (void)(*network)(x);
       }});
}

constexpr std::array kFullNetwork{
    baselines::NetworkEntry{.id = "u2net", .method = "u2net", .make = make<U2Net::Width::full>}};
constexpr std::array kSmallNetwork{
    baselines::NetworkEntry{.id = "u2netp", .method = "u2netp", .make = make<U2Net::Width::small>}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod u2net_deep{
    .id = "u2net",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::U2NetMethod>(deep::kFull, settings);
    },
    .networks = deep::kFullNetwork};

extern constinit const DeepMethod u2netp_deep{
    .id = "u2netp",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::U2NetMethod>(deep::kSmall, settings);
    },
    .networks = deep::kSmallNetwork};

}  // namespace mbench::baselines
