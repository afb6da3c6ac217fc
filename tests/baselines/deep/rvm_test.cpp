#include <cmath>

#include "baselines/weights.hpp"
#include "core/options.hpp"
#include "imaging/io.hpp"
#include "tests/baselines/networks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"
#include "tests/support/networks_built.hpp"

using namespace mbench;
using namespace mbench::baselines;
using namespace mbench::testing;
using Catch::Contains;

namespace {

Plane<float> answer(const Method& method, const Image& image, ClipMemory* memory = nullptr) {
  return to_f32(method.estimate({.sample_id = "s", .image = image, .memory = memory}).alpha);
}

double mean_distance(const Plane<float>& first, const Plane<float>& second) {
  REQUIRE(first.size() == second.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < first.values().size(); ++i) {
    sum += std::abs(double{first.values()[i]} - double{second.values()[i]});
  }
  return sum / static_cast<double>(first.values().size());
}

double largest_distance(const Plane<float>& first, const Plane<float>& second) {
  double largest = 0.0;
  for (std::size_t i = 0; i < first.values().size(); ++i) {
    largest = std::max(largest, std::abs(double{first.values()[i]} - double{second.values()[i]}));
  }
  return largest;
}

std::unique_ptr<Method> make_rvm(std::string_view text, WeightsChoice weights) {
  const NameWithOptions parsed = parse_name_with_options(text);
  const MethodEntry& entry = find_method(parsed.name);
  return entry.make({.options = Options{entry.options, parsed.values, "method 'rvm'"},
                     .weights = std::move(weights)});
}

/// Weights by formula, with alpha about one half: clamping would hide what differs.
std::unique_ptr<Method> untrained_rvm(std::string_view text) {
  return make_rvm(
      text, {.recipe = Recipe{.overrides = {{"project_mat.conv.bias", {1.0, 0.5}},
                                            {"refiner.box_filter.weight", {0.0, 1.0 / 9.0}}}}});
}

/// The published weights of eight bits, and a portrait with the matte that PyTorch computes.
struct Portrait {
  std::filesystem::path weights{};
  Image image{};
  Plane<float> truth{}, reference{};
};

std::optional<Portrait> find_portrait() {
  const auto weights = shared_path("weights/rvm_mobilenetv3");
  const auto data = shared_path("data/aisegment");
  if (!weights || !data || !networks_are_built()) return std::nullopt;
  const std::string name = "1803151818-00000003";
  return Portrait{
      .weights = *weights / "rvm_mobilenetv3_fp32.pt",
      .image = imaging::read_image(*data / "image" / (name + ".jpg")),
      .truth = to_f32(imaging::read_matte(*data / "alpha" / (name + ".png"))),
      .reference = to_f32(imaging::read_matte(*weights / ("ref_alpha_" + name + ".png")))};
}

}  // namespace

TEST_CASE("Robust Video Matting with real weights gives PyTorch's matte of a portrait",
          "[baselines][deep][rvm]") {
  const auto portrait = find_portrait();
  if (!portrait) return;
  const auto method = make_rvm("rvm:ratio=1", {.file = portrait->weights});
  const Plane<float> alpha = answer(*method, portrait->image);
  // The reference is stored in 16 bits: half a level is 8e-6.
  CHECK(largest_distance(alpha, portrait->reference) < 1e-4);
  CHECK(mean_distance(alpha, portrait->reference) < 1e-5);
  CHECK(mean_distance(alpha, Plane<float>{alpha.size()}) == Approx(0.66603).margin(1e-5));
  CHECK(mean_distance(alpha, portrait->truth) == Approx(0.02449).margin(1e-5));
}

TEST_CASE("the guided filter brings a smaller pass back to full size", "[baselines][deep][rvm]") {
  const auto portrait = find_portrait();
  if (!portrait) return;
  const auto method = make_rvm("rvm:refiner=fast", {.file = portrait->weights});
  CHECK(mean_distance(answer(*method, portrait->image), portrait->reference) < 0.02);
  CHECK_THROWS_WITH(make_rvm("rvm", {.file = portrait->weights}),
                    Contains("refiner.box_filter.weight"));
}

TEST_CASE("Robust Video Matting remembers the frames of a clip", "[baselines][deep][rvm]") {
  if (!networks_are_built()) return;
  const auto method = untrained_rvm("rvm");
  const Image first = noise_image({70, 45}, 1), second = noise_image({70, 45}, 2);
  const auto clip = method->begin_clip();
  REQUIRE(clip != nullptr);
  CHECK(answer(*method, first, clip.get()) == answer(*method, first));  // nothing came before
  const Plane<float> followed = answer(*method, second, clip.get());
  CHECK(largest_distance(followed, answer(*method, second)) > 1e-3);

  const auto again = method->begin_clip();
  (void)answer(*method, first, again.get());
  CHECK(answer(*method, second, again.get()) == followed);
  CHECK_THROWS_WITH(answer(*method, noise_image({45, 70}, 2), clip.get()), Contains("one size"));
}

TEST_CASE("Robust Video Matting shrinks what is larger than 512 pixels and nothing else",
          "[baselines][deep][rvm]") {
  if (!networks_are_built()) return;
  const Image small = noise_image({100, 512}, 1), large = noise_image({600, 40}, 1);
  const auto automatic = untrained_rvm("rvm");
  CHECK(answer(*automatic, small) == answer(*untrained_rvm("rvm:ratio=1"), small));
  CHECK(largest_distance(answer(*automatic, large), answer(*untrained_rvm("rvm:ratio=1"), large)) >
        1e-3);
  for (const char* text : {"rvm:ratio=0", "rvm:ratio=1.5", "rvm:ratio=half"}) {
    CHECK_THROWS_WITH(untrained_rvm(text), Contains("'ratio'"));
  }
}
