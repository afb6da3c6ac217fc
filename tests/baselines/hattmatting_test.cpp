#include <algorithm>

#include "tests/baselines/networks.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/networks_built.hpp"

using namespace mbench;
using namespace mbench::baselines;
using namespace mbench::testing;

namespace {

constexpr std::array<double, 3> kMean{0.485, 0.456, 0.406}, kDeviation{0.229, 0.224, 0.225};

/// How a published program turns an image into its network's input.
struct Program {
  const char* variant;
  const char* network;
  bool blue_first, normalised;
  Size image, input;  ///< sizes; what input has more is black or, if normalised, mirrored
};

double colour(const Rgb<std::uint8_t>& pixel, int channel) {
  const std::array<std::uint8_t, 3> values{pixel.r, pixel.g, pixel.b};
  return values[static_cast<std::size_t>(channel)] / 255.0;
}

Array network_input(const Program& program, const Plane<Rgb<std::uint8_t>>& image) {
  const auto mirrored = [](int i, int count) { return i < count ? i : 2 * (count - 1) - i; };
  return make_array(3, program.input, [&](int channel, int y, int x) {
    const int source = program.blue_first ? 2 - channel : channel;
    const Size size = image.size();
    const auto c = static_cast<std::size_t>(channel);
    if (!program.normalised) {
      return y < size.height && x < size.width ? colour(image(y, x), source) : 0.0;
    }
    const auto& pixel = image(mirrored(y, size.height), mirrored(x, size.width));
    return (colour(pixel, source) - kMean[c]) / kDeviation[c];
  });
}

}  // namespace

TEST_CASE("HAttMatting feeds its networks as their programs do, and clips what they give",
          "[baselines][deep][hattmatting]") {
  if (!networks_are_built()) return;
  const Program program =
      GENERATE(Program{"ham-r50gn", "hattmatting_ham_r50gn", true, false, {16, 19}, {24, 24}},
               Program{"rx50", "hattmatting_rx50", false, true, {45, 32}, {48, 32}},
               Program{"small", "hattmatting_small", true, true, {45, 32}, {48, 32}});
  CAPTURE(program.variant);
  const Scene scene = random_scene(program.image, 3);
  const auto method = make_untrained(std::string{"hattmatting:variant="} + program.variant);
  const Image image{scene.image};
  const Estimate answer = method->estimate({.sample_id = "s", .image = image});
  REQUIRE(answer.alpha.size() == program.image);
  CHECK(answer.degenerate.empty());
  CHECK(answer.times);

  const auto network = untrained_network(program.network);
  const Arrays outputs = network->run({{"input", network_input(program, scene.image)}}, {});
  const Array& alpha = outputs.at("out_alpha");
  double difference = 0.0;
  for (int y = 0; y < program.image.height; ++y) {
    for (int x = 0; x < program.image.width; ++x) {
      const double expected = std::clamp(at(alpha, 0, y, x), 0.0F, 1.0F);
      difference = std::max(difference, std::abs(expected - answer.alpha.view().alpha(y, x)));
    }
  }
  CHECK(difference < 1e-5);  // the input's last digits differ
}

TEST_CASE("HAttMatting says what it is made of", "[baselines][deep][hattmatting]") {
  if (!networks_are_built()) return;
  const MethodFacts facts = make_untrained("hattmatting:variant=small")->facts();
  CHECK(facts.weights == "recipe:1");
  CHECK(facts.untrained);
  CHECK(facts.weights_sha256.size() == 64);
  CHECK(facts.parameters == 2690230);
  CHECK(facts.macs == 51333128192);
  CHECK(facts.macs_size == Size{800, 800});
  CHECK(facts.precision == "fp32");
  CHECK(untrained_network("hattmatting_small")->cost({800, 800}).macs == facts.macs);
}

TEST_CASE("an image of any size has a matte", "[baselines][deep][hattmatting]") {
  if (!networks_are_built()) return;
  const std::string variant = GENERATE("rx50", "small");
  const auto method = make_untrained("hattmatting:variant=" + variant);
  for (const Size size : {Size{1, 1}, Size{2, 40}, Size{17, 3}}) {
    CAPTURE(variant, size.width, size.height);
    const Image image{random_scene(size, 1).image};
    CHECK(method->estimate({.sample_id = "s", .image = image}).alpha.size() == size);
  }
}
