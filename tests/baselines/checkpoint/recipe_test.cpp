#include "baselines/checkpoint/recipe.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench::checkpoint;
using mbench::testing::read_text;
using mbench::testing::source_path;

namespace {

std::vector<float> values_of(std::vector<RecipeTensor> tensors, std::size_t index = 0,
                             RecipeSettings settings = {}) {
  return Recipe{std::move(tensors), std::move(settings)}.values(index);
}

}  // namespace

TEST_CASE("the recipe gives the values that were computed in Python, bit by bit",
          "[checkpoint][recipe][golden]") {
  const auto check =
      nlohmann::json::parse(read_text(source_path("tests/golden/checkpoints/recipe_check.json")));
  const auto seed = check.at("seed").get<std::uint64_t>();
  for (const auto& [name, known] : check.at("tensors").items()) {
    CAPTURE(name);
    const std::uint64_t hash = recipe_hash(seed, name);
    CHECK(hash == std::stoull(known.at("hash").get<std::string>(), nullptr, 16));
    const std::vector<float> values =
        values_of({{name, known.at("shape").get<Shape>()}}, 0,
                  {.seed = seed, .gain = check.at("gain").get<double>()});
    for (std::size_t k = 0; k < known.at("u").size(); ++k) {
      CHECK(recipe_uniform(hash, k) == std::stod(known.at("u")[k].get<std::string>()));
      CHECK(double{values[k]} == std::stod(known.at("float32")[k].get<std::string>()));
    }
    CHECK(double{values.back()} == std::stod(known.at("last_float32").get<std::string>()));
  }
}

TEST_CASE("integer tensors of the recipe are zero", "[checkpoint][recipe]") {
  CHECK(values_of({{"bn.num_batches_tracked", {}, ElementType::i64}}) == std::vector<float>{0});
}

TEST_CASE("the last part of a name and the number of axes choose the rule",
          "[checkpoint][recipe]") {
  const auto range = [](const std::string& name, const Shape& shape) {
    const std::vector<float> values = values_of({{name, shape}});
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    return std::pair{*low, *high};
  };
  const auto within = [](std::pair<float, float> found, float low, float high) {
    return found.first >= low && found.second <= high &&
           found.second - found.first > (high - low) / 2;
  };
  CHECK(within(range("a.running_mean", {50}), -0.1F, 0.1F));
  CHECK(within(range("a.running_var", {50}), 0.75F, 1.25F));
  CHECK(within(range("bn.weight", {50}), 0.9F, 1.1F));
  CHECK(within(range("weighty.bias", {50}), -0.1F, 0.1F));
  CHECK(within(range("conv.bias", {10, 12}), -0.5F, 0.5F));  // two axes: sqrt(3 / 12)
  CHECK(within(range("weight", {50}), 0.9F, 1.1F));
}

TEST_CASE("gain scales matrices alone, an override one tensor alone", "[checkpoint][recipe]") {
  const std::vector<RecipeTensor> tensors{{"a.weight", {4, 3}}, {"b.weight", {4}}};
  const RecipeSettings changed{.gain = 2.0, .overrides = {{"b.weight", {.mul = 2.0, .add = 1.0}}}};
  const std::vector<float> plain = values_of(tensors, 0);
  const std::vector<float> doubled = values_of(tensors, 0, changed);
  for (std::size_t i = 0; i < plain.size(); ++i) CHECK(doubled[i] == 2.0F * plain[i]);
  const std::vector<float> scale = values_of(tensors, 1);
  const std::vector<float> moved = values_of(tensors, 1, changed);
  for (std::size_t i = 0; i < scale.size(); ++i) {
    CHECK(moved[i] == Approx(2.0 * scale[i] + 1.0).epsilon(1e-6));
  }
}

TEST_CASE("spectral-norm vectors are the result of one power iteration", "[checkpoint][recipe]") {
  const std::string ending = GENERATE("_bar", "_orig");
  const std::vector<RecipeTensor> tensors{
      {"c.weight_u", {4}}, {"c.weight_v", {6}}, {"c.weight" + ending, {4, 3, 2}}};
  const std::vector<float> u = values_of(tensors, 0);
  const std::vector<float> v = values_of(tensors, 1);
  const std::vector<float> w = values_of(tensors, 2);
  const std::vector<float> u0 = values_of({{"c.weight_u", {4}}});  // without the matrix: rule d
  CHECK(u != u0);
  std::vector<double> plain_v(6, 0.0);
  for (std::size_t row = 0; row < 4; ++row) {
    for (std::size_t column = 0; column < 6; ++column) {
      plain_v[column] += double{w[row * 6 + column]} * double{u0[row]};
    }
  }
  double norm = 0.0;
  for (const double value : plain_v) norm += value * value;
  for (std::size_t i = 0; i < 6; ++i) CHECK(v[i] == Approx(plain_v[i] / std::sqrt(norm)));
  double sigma = 0.0;
  double length = 0.0;
  for (std::size_t row = 0; row < 4; ++row) {
    length += double{u[row]} * double{u[row]};
    for (std::size_t column = 0; column < 6; ++column) {
      sigma += double{u[row]} * double{w[row * 6 + column]} * double{v[column]};
    }
  }
  CHECK(length == Approx(1.0));
  CHECK(sigma > 0.0);
}
