#include "baselines/tta.hpp"

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::baselines;
using mbench::testing::estimate;
using mbench::testing::largest_difference;
using mbench::testing::make_method;

namespace {

using Colours = Plane<Rgb<std::uint8_t>>;

/// What a method was asked about.
struct Question {
  Colours image;
  Trimap trimap;
  Plane<std::uint8_t> segmentation;
};

/// Answers red / 255, the same in every orientation, and keeps what it was asked.
class Listener final : public Method {
 public:
  explicit Listener(std::vector<Question>& questions) : questions_{questions} {}

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    return input.image.visit([&](const auto& pixels) -> Estimate {
      if constexpr (std::is_same_v<std::decay_t<decltype(pixels)>, Colours>) {
        questions_.push_back(
            {.image = pixels,
             .trimap = input.trimap ? *input.trimap : Trimap{},
             .segmentation = input.segmentation ? *input.segmentation : Plane<std::uint8_t>{}});
        Plane<float> alpha{pixels.size()};
        std::ranges::transform(pixels.values(), alpha.values().begin(), [](const auto& pixel) {
          return static_cast<float>(pixel.r) / 255.0F;
        });
        return {.alpha = std::move(alpha), .times = EstimateTimes{.infer_s = 1.0}};
      }
      return {};
    });
  }
  [[nodiscard]] std::string content_sha256(std::span<const std::string>) const override {
    return "content";
  }
  [[nodiscard]] MethodFacts facts() const override { return {.parameters = 42}; }

 private:
  std::vector<Question>& questions_;
};

/// Answers the column of each pixel over 8: not the same in every orientation.
class Columns final : public Method {
 public:
  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    Plane<float> alpha{input.image.size()};
    for (int y = 0; y < alpha.size().height; ++y) {
      for (int x = 0; x < alpha.size().width; ++x) alpha(y, x) = static_cast<float>(x) / 8.0F;
    }
    return {.alpha = std::move(alpha),
            .degenerate = input.image.size().width < input.image.size().height ? "narrow" : ""};
  }
};

std::vector<float> values_of(const Estimate& answer) {
  const Plane<float> alpha = to_f32(answer.alpha);
  return {alpha.values().begin(), alpha.values().end()};
}

Colours numbered_image() {
  Colours image{Size{3, 2}};
  std::uint8_t next = 0;
  for (auto& pixel : image.values()) pixel.r = next++;
  return image;
}

const TtaPlan kAllOrientations{.orientations = tta_orientations(4, true)};

struct FrameCount final : ClipMemory {
  float frames{};
};

/// Answers with a quarter of the number of frames seen.
class FrameCounter final : public Method {
 public:
  [[nodiscard]] std::unique_ptr<ClipMemory> begin_clip() const override {
    return std::make_unique<FrameCount>();
  }
  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    auto* const count = dynamic_cast<FrameCount*>(input.memory);
    const float frames = count == nullptr ? 0.0F : ++count->frames;
    return {.alpha = Matte{Plane<float>{input.image.size(), frames / 4.0F}}};
  }
};

}  // namespace

TEST_CASE("a method sees every image in each of the eight orientations, its trimap with it",
          "[baselines][tta]") {
  const Image image{numbered_image()};
  const Trimap trimap{Size{3, 2}, {0, 128, 255, 255, 128, 0}};
  const Plane<std::uint8_t> segmentation{Size{3, 2}, {0, 50, 100, 150, 200, 250}};
  std::vector<Question> questions;
  const auto tta = make_tta(std::make_unique<Listener>(questions), kAllOrientations);
  static_cast<void>(tta->estimate(
      {.sample_id = "s", .image = image, .trimap = &trimap, .segmentation = &segmentation}));
  REQUIRE(questions.size() == 8);
  std::set<std::vector<int>> seen;
  for (const Question& question : questions) {
    std::vector<int> reds{question.image.size().width};
    for (int y = 0; y < question.image.size().height; ++y) {
      for (int x = 0; x < question.image.size().width; ++x) {
        const std::uint8_t red = question.image(y, x).r;
        reds.push_back(red);
        CHECK(question.trimap(y, x) == trimap.values()[red]);
        CHECK(question.segmentation(y, x) == 50 * red);
      }
    }
    CHECK(seen.insert(reds).second);
  }
}

TEST_CASE("test-time augmentation leaves a method unchanged that treats all orientations alike",
          "[baselines][tta]") {
  const auto scene = testing::random_scene({17, 12}, 3);
  std::vector<Question> questions;
  const Listener plain{questions};
  const auto tta = make_tta(std::make_unique<Listener>(questions), kAllOrientations);
  const Image image{scene.image};
  const MattingInput input{.sample_id = "s", .image = image, .trimap = &scene.trimap};
  CHECK(tta->estimate(input).alpha == plain.estimate(input).alpha);

  CHECK(largest_difference(estimate("tta:of=closed-form+solver=direct", image, scene.trimap).alpha,
                           estimate("closed-form:solver=direct", image, scene.trimap).alpha) <
        1e-6);
}

TEST_CASE("mattes are turned back before they are averaged", "[baselines][tta]") {
  const Image image{Colours{Size{3, 1}}};
  const MattingInput input{.sample_id = "s", .image = image};
  const auto mean_of = [&](std::vector<imaging::Orientation> orientations) {
    return values_of(
        make_tta(std::make_unique<Columns>(), {.orientations = std::move(orientations)})
            ->estimate(input));
  };
  CHECK(mean_of({{}}) == std::vector<float>{0.0F, 0.125F, 0.25F});
  CHECK(mean_of({{.left_right = true}}) == std::vector<float>{0.25F, 0.125F, 0.0F});
  CHECK(mean_of({{}, {.left_right = true}}) == std::vector<float>{0.125F, 0.125F, 0.125F});
  CHECK(mean_of({{.transposed = true}}) == std::vector<float>{0.0F, 0.0F, 0.0F});
}

TEST_CASE("rotations and mirror images are what their names say", "[baselines][tta]") {
  CHECK(tta_orientations(1, false) == std::vector<imaging::Orientation>{{}});
  CHECK(tta_orientations(1, true) == std::vector<imaging::Orientation>{{}, {.left_right = true}});
  CHECK(tta_orientations(2, false) ==
        std::vector<imaging::Orientation>{{}, {.left_right = true, .top_bottom = true}});
  // A quarter turn clockwise: the first column, from the bottom up, becomes the first row.
  const Plane<int> square{Size{2, 2}, {1, 2, 3, 4}};
  CHECK(imaging::oriented(square, tta_orientations(4, false)[1]) ==
        Plane<int>{Size{2, 2}, {3, 1, 4, 2}});
  CHECK(imaging::oriented(square, tta_orientations(4, false)[3]) ==
        Plane<int>{Size{2, 2}, {2, 4, 1, 3}});
}

TEST_CASE("at other scales a method gets a resized image and a trimap of three levels",
          "[baselines][tta]") {
  const auto scene = testing::random_scene({21, 14}, 5);
  const Image image{scene.image};
  std::vector<Question> questions;
  const auto tta = make_tta(std::make_unique<Listener>(questions), {.scales = {0.8, 1.0, 1.25}});
  const Estimate answer =
      tta->estimate({.sample_id = "s", .image = image, .trimap = &scene.trimap});
  REQUIRE(questions.size() == 3);
  CHECK(questions[0].image.size() == Size{16, 11});
  CHECK(questions[1].image == scene.image);
  CHECK(questions[2].image.size() == Size{26, 17});
  for (const Question& question : questions) {
    CHECK(question.trimap.size() == question.image.size());
    CHECK(count_levels(question.trimap).other == 0);
  }
  CHECK(answer.alpha.size() == image.size());
  REQUIRE(answer.times);
  CHECK(answer.times->infer_s == 3.0);
  const std::vector<float> values = values_of(answer);
  CHECK(std::ranges::all_of(values, [](float v) { return v >= 0.0F && v <= 1.0F; }));
}

TEST_CASE("with known=trimap the mean is 0 and 1 where the trimap is certain", "[baselines][tta]") {
  const Image image{Colours{Size{3, 1}}};
  const Trimap trimap{Size{3, 1}, {0, 128, 255}};
  CHECK(values_of(estimate("tta:of=constant+alpha=0.25:known=trimap", image, trimap)) ==
        std::vector<float>{0.0F, 0.25F, 1.0F});
  CHECK(values_of(estimate("tta:of=constant+alpha=0.25", image, trimap)) ==
        std::vector<float>{0.25F, 0.25F, 0.25F});
}

TEST_CASE("one degenerate pass makes the estimate degenerate", "[baselines][tta]") {
  const Image image{Colours{Size{3, 2}}};
  const MattingInput input{.sample_id = "s", .image = image};
  CHECK(make_tta(std::make_unique<Columns>(), {})->estimate(input).degenerate.empty());
  CHECK(make_tta(std::make_unique<Columns>(), kAllOrientations)->estimate(input).degenerate ==
        "narrow");
}

TEST_CASE("test-time augmentation has the needs, facts and content of what it wraps",
          "[baselines][tta]") {
  const auto needs = [](const std::string& text) {
    const NameWithOptions name = parse_name_with_options(text);
    const MethodEntry& entry = find_method(name.name);
    return needs_of(entry, Options{entry.options, name.values, entry.id});
  };
  CHECK(needs("tta:of=closed-form").trimap);
  CHECK_FALSE(needs("tta:of=constant:scales=1+2").trimap);
  CHECK(needs("closed-form").trimap);
  std::vector<Question> questions;
  const auto tta = make_tta(std::make_unique<Listener>(questions), {});
  CHECK(tta->content_sha256({}) == "content");
  CHECK(tta->facts().parameters == 42);
}

TEST_CASE("test-time augmentation refuses what it cannot wrap or read", "[baselines][tta]") {
  using Catch::Contains;
  CHECK_THROWS_WITH(make_method("tta"), Contains("tta:of=METHOD"));
  CHECK_THROWS_WITH(make_method("tta:of=precomputed+dir=/tmp"), Contains("cannot wrap"));
  CHECK_THROWS_WITH(make_method("tta:of=tta"), Contains("cannot wrap 'tta'"));
  CHECK_THROWS_WITH(make_method("tta:of=closed-from"), Contains("did you mean 'closed-form'?"));
  CHECK_THROWS_WITH(make_method("tta:of=constant+alphas=1"), Contains("did you mean 'alpha'?"));
  CHECK_THROWS_WITH(make_method("tta:of=constant:rotations=3"), Contains("one of: 1, 2, 4"));
  CHECK_THROWS_WITH(make_method("tta:of=fba+layers=yes"),
                    Contains("no foreground or background of 'fba'") && Contains("layers=yes"));
  for (const char* scales : {"0", "1+", "1,2", "5", "+1"}) {
    CHECK_THROWS_WITH(make_method(std::string{"tta:of=constant:scales="} + scales),
                      Contains("joined by plus signs") && Contains("scales=0.8+1+1.25"));
  }
}

TEST_CASE("to a method that remembers, each orientation of a clip is a clip of its own",
          "[baselines][tta][clips]") {
  const auto plan = [](int rotations) {
    return TtaPlan{.scales = {1.0, 2.0}, .orientations = tta_orientations(rotations, true)};
  };
  const auto tta = make_tta(std::make_unique<FrameCounter>(), plan(2));
  const Image image{Colours{Size{3, 2}}};
  const auto clip = tta->begin_clip();
  REQUIRE(clip != nullptr);
  for (const float frames : {1.0F, 2.0F, 3.0F}) {
    const Estimate estimate =
        tta->estimate({.sample_id = "s", .image = image, .memory = clip.get()});
    CHECK(values_of(estimate) == std::vector<float>(6, frames / 4.0F));
  }
  CHECK(values_of(tta->estimate({.sample_id = "s", .image = image})) ==
        std::vector<float>(6, 0.0F));
  CHECK(make_tta(std::make_unique<Columns>(), plan(1))->begin_clip() == nullptr);
}
