#include "baselines/card/card_estimate.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "baselines/deep/known_regions.hpp"
#include "baselines/deep/lsa/routine.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::baselines;
using namespace mbench::testing;

namespace {

/// A network that answers with one channel of what it sees, and remembers the shape of that.
class OneChannel final : public CardRuntime {
 public:
  explicit OneChannel(std::int64_t channel = 0) : channel_{channel} {}

  [[nodiscard]] CardAnswer run(std::span<const NamedArray> inputs) const override {
    seen_ = inputs.front().array.shape;
    const auto pixels = static_cast<std::size_t>(seen_[2] * seen_[3]);
    const auto first =
        inputs.front().array.values.begin() + channel_ * static_cast<std::int64_t>(pixels);
    Array answer{.shape = {1, 1, seen_[2], seen_[3]}};
    answer.values.assign(first, first + static_cast<std::int64_t>(pixels));
    return {.outputs = {{.array = std::move(answer)}}};
  }
  [[nodiscard]] const std::vector<std::int64_t>& seen() const { return seen_; }

 private:
  std::int64_t channel_;
  mutable std::vector<std::int64_t> seen_{};
};

Card parse(const std::string& text) { return parse_card("weights = 'x.onnx'\n" + text, "", ""); }

}  // namespace

TEST_CASE("a card's first size is LSA-Matting's limit, bit for bit", "[baselines][card][lsa]") {
  const Card card = parse(
      "[first-size]\nat-most = 2176\ndepth = '8-bit'\n[[pad]]\nmultiple = 64\n"
      "[[pad]]\nframe = 16\n[[pad]]\nframe = 16\nmode = 'constant'\n"
      "[[input]]\nsource = 'image'\n[[input]]\nsource = 'trimap'\njoins = true\n"
      "[fusion]\nknown = 'trimap'");
  const deep::LsaPredict red = [](const Plane<Rgb<std::uint8_t>>& image, const Trimap&) {
    Plane<float> alpha{image.size()};
    std::ranges::transform(image.values(), alpha.values().begin(),
                           [](const auto& pixel) { return static_cast<float>(pixel.r) / 255.0F; });
    return alpha;
  };
  for (const Size size : {Size{2200, 3}, Size{40, 2300}, Size{50, 41}}) {
    CAPTURE(to_string(size));
    const Plane<Rgb<std::uint8_t>> colours = random_scene(size, 1).image;
    const Image image{colours};
    const Trimap trimap = noise_trimap(size, 2);
    const Plane<float> expected =
        deep::with_known_regions(deep::lsa_limited(colours, trimap, red), trimap);
    const Estimate found =
        card_estimate(card, OneChannel{}, {.sample_id = "s", .image = image, .trimap = &trimap});
    CHECK(to_f32(found.alpha) == expected);
  }
}

TEST_CASE("all that a card asks for comes to its first size", "[baselines][card]") {
  const std::string sources =
      "[[input]]\nsource = 'image'\n[[input]]\nsource = 'mask'\njoins = true\n"
      "[[input]]\nsource = 'trimap'\njoins = true\n"
      "[[input]]\nsource = 'background'\njoins = true\n"
      "[first-size]\nrule = 'long-side'\nside = 20\nenlarge = false\n";
  const Size size{60, 45};
  const Image image = noise_image(size, 1), background = noise_image(size, 2);
  const Trimap trimap = noise_trimap(size, 3);
  const Plane<std::uint8_t> mask = noise_plane(size, 4);
  const MattingInput input{
      .sample_id = "s", .image = image, .trimap = &trimap, .segmentation = &mask};
  const OneChannel network{5};
  const Estimate estimate = card_estimate(parse(sources), network, input, &background);
  CHECK(network.seen() == std::vector<std::int64_t>{1, 8, 15, 20});
  CHECK(estimate.alpha.size() == size);
  const Estimate known =
      card_estimate(parse(sources + "[fusion]\nknown = 'trimap'"), network, input, &background);
  const Plane<float> alpha = to_f32(known.alpha);
  for (std::size_t i = 0; i < alpha.values().size(); ++i) {
    if (trimap.values()[i] == kBackground) CHECK(alpha.values()[i] == 0.0F);
    if (trimap.values()[i] == kForeground) CHECK(alpha.values()[i] == 1.0F);
  }
}

TEST_CASE("the background is shown as the image is", "[baselines][card]") {
  const Card card = parse(
      "[[input]]\nsource = 'image'\n[[input]]\nsource = 'background'\n"
      "joins = true\norder = 'bgr'");
  const Image image = noise_image({7, 5}, 1), background = noise_image({7, 5}, 2);
  const Estimate estimate =
      card_estimate(card, OneChannel{5}, {.sample_id = "s", .image = image}, &background);
  const Plane<float> alpha = to_f32(estimate.alpha);
  CHECK(alpha(3, 4) == static_cast<float>(to_f64(background)(3, 4).r));
}
