#include "baselines/tta.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>
#include <type_traits>
#include <utility>

#include <fmt/core.h>

#include "baselines/card/card.hpp"
#include "baselines/card/card_method.hpp"
#include "baselines/trimap_input.hpp"
#include "baselines/trivial/precomputed.hpp"
#include "core/error.hpp"
#include "imaging/resample.hpp"

namespace mbench::baselines {
namespace {

using imaging::Interpolation;
using imaging::Orientation;

constexpr double kSmallestScale = 0.1, kLargestScale = 4.0;
constexpr char kJoin = '+';  ///< a comma would separate methods, a colon options

/// What one pass is about; the trimap and the segmentation where the sample has them.
struct Variant {
  Image image{};
  std::optional<Trimap> trimap{};
  std::optional<Plane<std::uint8_t>> segmentation{};
};

template <typename T>
Plane<Rgb<T>> resized_colours(const Plane<Rgb<T>>& image, Size size) {
  if constexpr (std::is_same_v<T, std::uint8_t>) {
    return imaging::resize_opencv(image, size, Interpolation::cubic);
  } else {  // bicubic weights overshoot: 16 bits by way of floats, all kept within their range
    Plane<Rgb<float>> values{image.size()};
    std::ranges::transform(image.values(), values.values().begin(), [](const Rgb<T>& pixel) {
      return Rgb<float>{static_cast<float>(pixel.r), static_cast<float>(pixel.g),
                        static_cast<float>(pixel.b)};
    });
    const Plane<Rgb<float>> larger = imaging::resize_opencv(values, size, Interpolation::cubic);
    const auto stored = [](float value) {
      const float inside = std::clamp(value, 0.0F, std::is_same_v<T, float> ? 1.0F : 65535.0F);
      return static_cast<T>(std::is_same_v<T, float> ? inside : std::round(inside));
    };
    Plane<Rgb<T>> result{size};
    std::ranges::transform(larger.values(), result.values().begin(), [&](const Rgb<float>& pixel) {
      return Rgb<T>{stored(pixel.r), stored(pixel.g), stored(pixel.b)};
    });
    return result;
  }
}

Variant resized(const MattingInput& input, Size size) {
  Variant variant{.image = input.image};
  if (size != input.image.size()) {
    variant.image =
        input.image.visit([&](const auto& pixels) { return Image{resized_colours(pixels, size)}; });
  }
  if (input.trimap != nullptr) {
    variant.trimap = imaging::resize_opencv(*input.trimap, size, Interpolation::nearest);
  }
  if (input.segmentation != nullptr) {
    variant.segmentation = imaging::resize_opencv(*input.segmentation, size, Interpolation::linear);
  }
  return variant;
}

Variant oriented(const Variant& variant, const Orientation& orientation) {
  const auto turned = [&](const auto& plane) {
    return plane ? std::optional{imaging::oriented(*plane, orientation)} : std::nullopt;
  };
  return {.image = variant.image.visit(
              [&](const auto& pixels) { return Image{imaging::oriented(pixels, orientation)}; }),
          .trimap = turned(variant.trimap),
          .segmentation = turned(variant.segmentation)};
}

template <typename T>
void add(Plane<double>& sum, const Plane<T>& alpha) {
  std::ranges::transform(sum.values(), alpha.values(), sum.values().begin(),
                         [](double total, T value) { return total + double{value}; });
}

Plane<double> divided(Plane<double> sum, std::size_t count) {
  for (double& value : sum.values()) value /= static_cast<double>(count);
  return sum;
}

/// What the passes said besides alpha.
struct Notes {
  std::string degenerate{};
  EstimateTimes times{};
  bool timed{true};

  void take(const Estimate& estimate) {
    if (degenerate.empty()) degenerate = estimate.degenerate;
    timed = timed && estimate.times.has_value();
    if (!timed) return;
    times.prepare_s += estimate.times->prepare_s;
    times.transfer_s += estimate.times->transfer_s;
    times.infer_s += estimate.times->infer_s;
    times.finish_s += estimate.times->finish_s;
  }
};

/// One memory per variant: each is a clip of its own to the wrapped method.
class TtaMemory final : public ClipMemory {
 public:
  std::vector<std::unique_ptr<ClipMemory>> variants{};
};

class Tta final : public Method {
 public:
  Tta(std::unique_ptr<Method> method, TtaPlan plan)
      : method_{std::move(method)}, plan_{std::move(plan)} {}

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    const auto begin = std::chrono::steady_clock::now();
    const Size size = input.image.size();
    Notes notes;
    Plane<double> sum{size};
    auto* const memory = static_cast<TtaMemory*>(input.memory);  // begin_clip() made it
    std::size_t variant = 0;
    for (const double scale : plan_.scales) {
      const auto scaled = [&](int side) { return std::max(1, static_cast<int>(scale * side)); };
      const Plane<double> alpha =
          mean_of_orientations(input, resized(input, {scaled(size.width), scaled(size.height)}),
                               notes, memory == nullptr ? nullptr : &memory->variants[variant]);
      variant += plan_.orientations.size();
      add(sum, imaging::resize_opencv(alpha, size, Interpolation::cubic));
    }
    const Plane<double> mean = divided(std::move(sum), plan_.scales.size());
    Plane<float> matte{size};
    std::ranges::transform(mean.values(), matte.values().begin(), [](double value) {
      return static_cast<float>(std::clamp(value, 0.0, 1.0));
    });
    if (plan_.known == KnownPixels::trimap && input.trimap != nullptr) {
      impose_trimap(matte, *input.trimap);
    }
    Estimate result{.alpha = std::move(matte), .degenerate = std::move(notes.degenerate)};
    if (notes.timed) {  // what the variants themselves cost is preparation
      const double all_s =
          std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      notes.times.prepare_s = std::max(
          0.0, all_s - notes.times.transfer_s - notes.times.infer_s - notes.times.finish_s);
      result.times = notes.times;
    }
    return result;
  }

  [[nodiscard]] std::unique_ptr<ClipMemory> begin_clip() const override {
    auto memory = std::make_unique<TtaMemory>();
    for (std::size_t i = 0; i < plan_.scales.size() * plan_.orientations.size(); ++i) {
      memory->variants.push_back(method_->begin_clip());
      if (!memory->variants.back()) return nullptr;
    }
    return memory;
  }

  [[nodiscard]] std::string content_sha256(std::span<const std::string> sample_ids) const override {
    return method_->content_sha256(sample_ids);
  }

  [[nodiscard]] MethodFacts facts() const override { return method_->facts(); }

 private:
  /// `memories`: one for each orientation; null for a still.
  [[nodiscard]] Plane<double> mean_of_orientations(
      const MattingInput& input, const Variant& variant, Notes& notes,
      const std::unique_ptr<ClipMemory>* memories) const {
    Plane<double> sum{variant.image.size()};
    for (const Orientation& orientation : plan_.orientations) {
      const Variant turned = oriented(variant, orientation);
      const Estimate estimate =
          method_->estimate({.sample_id = input.sample_id,
                             .image = turned.image,
                             .trimap = turned.trimap ? &*turned.trimap : nullptr,
                             .segmentation = turned.segmentation ? &*turned.segmentation : nullptr,
                             .memory = memories == nullptr ? nullptr : (memories++)->get()});
      if (estimate.alpha.size() != turned.image.size()) {
        throw Error{ErrorKind::method,
                    {.what = "the wrapped method's matte has another size than its image",
                     .expected = to_string(turned.image.size()),
                     .found = to_string(estimate.alpha.size())}};
      }
      notes.take(estimate);
      add(sum, imaging::upright(to_f32(estimate.alpha), orientation));
    }
    return divided(std::move(sum), plan_.orientations.size());
  }

  std::unique_ptr<Method> method_;
  TtaPlan plan_;
};

constexpr std::array kOptions{
    OptionSpec{.name = "of",
               .help = "the method, its options after plus signs: closed-form+lambda=100"},
    OptionSpec{.name = "scales",
               .help = "factors of the image's sides, 0.1 to 4, joined by plus signs: 0.8+1+1.25",
               .default_value = "1"},
    OptionSpec{.name = "rotations",
               .help = "how many steps of a full turn: 1 (as it is), 2 (also upside down), 4",
               .type = OptionType::choice,
               .default_value = "4",
               .choices = "1|2|4"},
    OptionSpec{.name = "flip",
               .help = "whether every rotation is also mirrored",
               .type = OptionType::choice,
               .default_value = "yes",
               .choices = "no|yes"},
    OptionSpec{.name = "known",
               .help = "pixels that the trimap knows: the mean like the rest, or 0 and 1",
               .type = OptionType::choice,
               .default_value = "mean",
               .choices = "mean|trimap"}};

/// "closed-form+lambda=100" as users write it elsewhere. Like a colon, a plus sign separates only
/// before `key=`.
NameWithOptions wrapped_name(std::string_view text) {
  std::string usual{text};
  for (std::size_t i = 0; i < usual.size(); ++i) {
    if (usual[i] != kJoin) continue;
    const std::size_t end = usual.find_first_of("+=:", i + 1);
    if (end != std::string::npos && usual[end] == '=' && end > i + 1) usual[i] = ':';
  }
  return parse_name_with_options(usual);
}

struct Wrapped {
  const MethodEntry& entry;
  Options options;
};

Wrapped wrapped_method(const Options& options) {
  if (!options.has("of")) {
    throw Error{ErrorKind::usage,
                {.what = "method 'tta' needs the option 'of'",
                 .expected = "tta:of=METHOD",
                 .fix = "name the method whose mattes are to be averaged"}};
  }
  const NameWithOptions name = wrapped_name(options.text("of"));
  const MethodEntry& entry = find_method(name.name);
  if (&entry == &tta_method || &entry == &precomputed_method) {
    throw Error{ErrorKind::usage,
                {.what = fmt::format("method 'tta' cannot wrap '{}'", entry.id),
                 .expected = "a method that computes its mattes from the image it is given",
                 .fix = "name another method after of="}};
  }
  Wrapped wrapped{
      .entry = entry,
      .options = Options{entry.options, name.values, fmt::format("method '{}'", entry.id)}};
  if (wrapped.options.has("layers") && wrapped.options.text("layers") == "yes") {
    throw Error{
        ErrorKind::usage,
        {.what = fmt::format("method 'tta' has no foreground or background of '{}'", entry.id),
         .expected = "a method that is asked for alpha alone",
         .found = "layers=yes",
         .fix = "leave layers out: the mean is taken of mattes, not of colours"}};
  }
  if (&entry == &card_method && wrapped.options.has("file") &&
      !read_card(wrapped.options.text("file")).backgrounds().empty()) {
    throw Error{ErrorKind::usage,
                {.what = "method 'tta' cannot wrap a card that asks for pictures of the background",
                 .expected = "a card whose sources turn with the image",
                 .found = "source = \"background\"",
                 .fix = "run the card itself"}};
  }
  return wrapped;
}

std::vector<double> parse_scales(std::string_view text) {
  std::vector<double> scales;
  for (std::string_view rest = text;;) {
    const std::size_t join = rest.find(kJoin);
    const std::string_view digits = rest.substr(0, join);
    double scale = 0.0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), scale);
    if (error != std::errc{} || end != digits.data() + digits.size() ||
        !(scale >= kSmallestScale && scale <= kLargestScale)) {
      throw Error{ErrorKind::usage,
                  {.what = "option 'scales' of method 'tta' has a wrong value",
                   .expected = fmt::format("numbers from {} to {}, joined by plus signs",
                                           kSmallestScale, kLargestScale),
                   .found = fmt::format("'{}'", text),
                   .fix = "write them like scales=0.8+1+1.25"}};
    }
    scales.push_back(scale);
    if (join == std::string_view::npos) return scales;
    rest = rest.substr(join + 1);
  }
}

}  // namespace

std::vector<Orientation> tta_orientations(int rotations, bool flipped) {
  // Quarter turns clockwise: transposed, then left and right exchanged, is one of them.
  constexpr std::array kTurns{Orientation{}, Orientation{true, true, false},
                              Orientation{false, true, true}, Orientation{true, false, true}};
  std::vector<Orientation> all;
  for (std::size_t i = 0; i < kTurns.size();
       i += kTurns.size() / static_cast<unsigned>(rotations)) {
    Orientation turn = kTurns[i];
    all.push_back(turn);
    turn.left_right = !turn.left_right;
    if (flipped) all.push_back(turn);
  }
  return all;
}

std::unique_ptr<Method> make_tta(std::unique_ptr<Method> method, TtaPlan plan) {
  return std::make_unique<Tta>(std::move(method), std::move(plan));
}

NameWithOptions tta_wrapped(const Options& options) {
  const Wrapped wrapped = wrapped_method(options);
  return {.name = std::string{wrapped.entry.id}, .values = wrapped.options.values()};
}

constinit const MethodEntry tta_method{
    .id = "tta",
    .title = "Test-time augmentation",
    .cite = "",
    .summary = "The mean of another method's mattes over rotations, mirror images and scales",
    .needs = {},
    .options = kOptions,
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      const Wrapped wrapped = wrapped_method(settings.options);
      MethodSettings inner = settings;
      inner.options = wrapped.options;
      return make_tta(make_method(wrapped.entry, inner),
                      {.scales = parse_scales(settings.options.text("scales")),
                       .orientations = tta_orientations(settings.options.integer("rotations"),
                                                        settings.options.text("flip") == "yes"),
                       .known = settings.options.text("known") == "trimap" ? KnownPixels::trimap
                                                                           : KnownPixels::mean});
    },
    .needs_of =
        [](const Options& options) {
          const Wrapped wrapped = wrapped_method(options);
          return baselines::needs_of(wrapped.entry, wrapped.options);
        }};

}  // namespace mbench::baselines
