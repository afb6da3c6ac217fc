#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "baselines/method.hpp"
#include "imaging/io.hpp"
#include "tests/baselines/npy.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::baselines;
using mbench::testing::estimate;
using mbench::testing::largest_difference;
using mbench::testing::read_npy;
using mbench::testing::read_text;
using mbench::testing::shared_path;
using mbench::testing::source_path;

namespace {

/// alpha from a direct solve is exact but for rounding to float (3e-8) and the condition of the
/// system; conjugate gradients stop at a relative residual of 1e-7.
constexpr double kDirectTolerance = 1e-6;
constexpr double kCgTolerance = 1e-4;

void check_against_reference(const std::filesystem::path& folder) {
  CAPTURE(folder);
  const Image image = imaging::read_image(folder / "image.png");
  const Trimap trimap = imaging::read_trimap(folder / "trimap.png");
  const Plane<double> hard = read_npy(folder / "cf.npy");
  const Plane<double> soft = read_npy(folder / "cf_lambda100.npy");
  const auto deviation = [&](std::string_view method, const Plane<double>& reference) {
    const Estimate answer = estimate(method, image, trimap);
    CHECK(answer.degenerate.empty());
    return largest_difference(answer.alpha, reference);
  };
  CHECK(deviation("closed-form:solver=direct", hard) <= kDirectTolerance);
  CHECK(deviation("closed-form:solver=cg", hard) <= kCgTolerance);
  CHECK(deviation("closed-form:lambda=100:solver=direct", soft) <= kDirectTolerance);
  CHECK(deviation("closed-form:lambda=100:solver=cg", soft) <= kCgTolerance);
}

/// The number behind "key": in the object named `id` of a flat JSON file.
double number_in_json(const std::string& text, const std::string& id, const std::string& key) {
  const std::size_t object = text.find("\"" + id + "\"");
  const std::size_t at = text.find("\"" + key + "\":", object);
  REQUIRE(object != std::string::npos);
  REQUIRE(at != std::string::npos);
  return std::strtod(text.c_str() + at + key.size() + 3, nullptr);
}

}  // namespace

TEST_CASE("closed-form equals an independent program on synthetic images",
          "[baselines][closed_form][golden]") {
  const std::string name = GENERATE("disc", "hair", "ramp");
  check_against_reference(source_path("tests/golden/baselines/" + name));
}

TEST_CASE("closed-form equals an independent program on photographs",
          "[baselines][closed_form][golden]") {
  const std::string name = GENERATE("lemur64", "lemur160");
  const auto folder = shared_path("golden-baselines/" + name);
  if (folder) check_against_reference(*folder);
}

TEST_CASE("closed-form with lambda 100 equals the author's MATLAB program to one level",
          "[baselines][closed_form][golden]") {
  const auto folder = shared_path("data/closed_form_reference");
  if (!folder) return;
  const Image image = imaging::read_image(*folder / "source.png");
  const Trimap trimap = imaging::read_trimap(*folder / "trimap.png");
  const Plane<std::uint8_t> reference = to_u8(imaging::read_matte(*folder / "matlab_alpha.png"));
  const std::string solver = GENERATE("direct", "cg");
  const Plane<std::uint8_t> alpha =
      to_u8(estimate("closed-form:lambda=100:solver=" + solver, image, trimap).alpha);
  int largest = 0;
  for (std::size_t i = 0; i < alpha.values().size(); ++i) {
    largest = std::max(largest, std::abs(alpha.values()[i] - reference.values()[i]));
  }
  CHECK(largest <= 1);
}

TEST_CASE("on the alphamatting photographs SAD is within 1 % of an independent program's",
          "[baselines][closed_form][golden][.slow]") {
  const auto data = shared_path("data/alphamatting_train");
  const auto published = shared_path("golden-baselines/alphamatting_train_cf.json");
  if (!data || !published) return;
  const std::string json = read_text(*published);
  for (const std::string set : {"Trimap1", "Trimap2"}) {
    for (int number = 1; number <= 27; number += 2) {
      const std::string stem = (number < 10 ? "GT0" : "GT") + std::to_string(number);
      CAPTURE(stem, set);
      const Image image = imaging::read_image(*data / "input_training_lowres" / (stem + ".png"));
      const Trimap trimap =
          imaging::read_trimap(*data / "trimap_training_lowres" / set / (stem + ".png"));
      const Plane<std::uint8_t> truth =
          to_u8(imaging::read_matte(*data / "gt_training_lowres" / (stem + ".png")));
      const Plane<std::uint8_t> alpha = to_u8(estimate("closed-form", image, trimap).alpha);
      std::int64_t levels = 0;
      for (std::size_t i = 0; i < alpha.values().size(); ++i) {
        if (trimap.values()[i] != kUnknown) continue;
        levels += std::abs(alpha.values()[i] - truth.values()[i]);
      }
      const double sad = static_cast<double>(levels) / 255e3;
      CHECK(sad == Approx(number_in_json(json, stem + "/" + set, "sad")).epsilon(0.01));
    }
  }
}
