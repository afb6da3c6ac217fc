#include "baselines/checkpoint/recipe.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include <fmt/core.h>

namespace mbench::checkpoint {
namespace {

constexpr double kSmallestNorm = 1e-12;

std::string_view last_part(std::string_view name) {
  return name.substr(name.rfind('.') + 1);  // npos + 1 is 0: the whole name
}

bool is_norm_vector(std::string_view part) { return part.ends_with("_u") || part.ends_with("_v"); }

enum class Rule { zero, mean, variance, unit_vector, scale, bias, matrix };

Rule rule_of(const RecipeTensor& tensor) {
  const std::string_view part = last_part(tensor.name);
  if (is_integer(tensor.type)) return Rule::zero;
  if (part == "running_mean") return Rule::mean;
  if (part == "running_var") return Rule::variance;
  if (is_norm_vector(part)) return Rule::unit_vector;
  if (tensor.shape.size() > 1) return Rule::matrix;
  return part.find("weight") != std::string_view::npos ? Rule::scale : Rule::bias;
}

double signed_uniform(std::uint64_t hash, std::uint64_t k) {
  return 2.0 * recipe_uniform(hash, k) - 1.0;
}

double norm_of(double sum_of_squares) { return std::max(std::sqrt(sum_of_squares), kSmallestNorm); }

/// Divides by the Euclidean norm.
void normalise(std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value * value;
  const double norm = norm_of(sum);
  for (double& value : values) value /= norm;
}

}  // namespace

std::uint64_t recipe_hash(std::uint64_t seed, std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  const auto add = [&](std::string_view text) {
    for (const char c : text) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
  };
  add(fmt::format("{}:", seed));
  add(name);
  return hash;
}

double recipe_uniform(std::uint64_t hash, std::uint64_t k) {
  std::uint64_t z = hash + (k + 1) * 0x9E3779B97F4A7C15U;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  z ^= z >> 31U;
  return static_cast<double>(static_cast<std::int64_t>(z >> 11U)) * 0x1p-53;
}

Recipe::Recipe(std::vector<RecipeTensor> tensors, RecipeSettings settings)
    : tensors_{std::move(tensors)}, settings_{std::move(settings)} {
  for (std::size_t i = 0; i < tensors_.size(); ++i) index_.emplace(tensors_[i].name, i);
}

void Recipe::fill(std::size_t index, std::span<float> out) const {
  const RecipeTensor& tensor = tensors_[index];
  assert(out.size() == static_cast<std::size_t>(element_count(tensor.shape)));
  const RecipeTensor* matrix = normed_matrix(tensor.name);
  if (matrix != nullptr && !is_integer(tensor.type)) {
    fill_spectral(tensor, *matrix, out);
  } else {
    fill_by_rule(tensor, out);
  }
}

std::vector<float> Recipe::values(std::size_t index) const {
  std::vector<float> out(static_cast<std::size_t>(element_count(tensors_[index].shape)));
  fill(index, out);
  return out;
}

/// The matrix that a spectral-norm vector belongs to, or nullptr.
const RecipeTensor* Recipe::normed_matrix(const std::string& name) const {
  if (!is_norm_vector(last_part(name))) return nullptr;
  const std::string base = name.substr(0, name.size() - 2);
  if (!base.ends_with("weight")) return nullptr;
  for (const std::string_view ending : {"_bar", "_orig"}) {
    const auto found = index_.find(base + std::string{ending});
    if (found != index_.end()) return &tensors_[found->second];
  }
  return nullptr;
}

void Recipe::fill_by_rule(const RecipeTensor& tensor, std::span<float> out) const {
  const std::uint64_t hash = recipe_hash(settings_.seed, tensor.name);
  const auto changed = settings_.overrides.find(tensor.name);
  const bool is_changed = changed != settings_.overrides.end();
  const RecipeSettings::Override override =
      is_changed ? changed->second : RecipeSettings::Override{};
  const auto fill_with = [&](auto formula) {  // a formula of its own loop each: this is the hot one
    if (is_changed) {
      for (std::size_t k = 0; k < out.size(); ++k) {
        out[k] = static_cast<float>(formula(k) * override.mul + override.add);
      }
    } else {
      for (std::size_t k = 0; k < out.size(); ++k) out[k] = static_cast<float>(formula(k));
    }
  };
  switch (rule_of(tensor)) {
    case Rule::zero: return fill_with([](std::size_t) { return 0.0; });
    case Rule::mean:
    case Rule::bias: return fill_with([=](std::size_t k) { return 0.1 * signed_uniform(hash, k); });
    case Rule::variance:
      return fill_with([=](std::size_t k) { return 0.75 + 0.5 * recipe_uniform(hash, k); });
    case Rule::scale:
      return fill_with([=](std::size_t k) { return 1.0 + 0.1 * signed_uniform(hash, k); });
    case Rule::unit_vector: {
      double sum = 0.0;
      for (std::size_t k = 0; k < out.size(); ++k) {
        const double s = signed_uniform(hash, k);
        sum += s * s;
      }
      const double norm = norm_of(sum);
      return fill_with([=](std::size_t k) { return signed_uniform(hash, k) / norm; });
    }
    case Rule::matrix: break;
  }
  if (out.empty()) return;
  const auto fan = static_cast<double>(out.size() / static_cast<std::size_t>(tensor.shape[0]));
  const double bound = settings_.gain * std::sqrt(3.0 / fan);
  fill_with([=](std::size_t k) { return bound * signed_uniform(hash, k); });
}

void Recipe::fill_spectral(const RecipeTensor& tensor, const RecipeTensor& matrix,
                           std::span<float> out) const {
  std::vector<float> weights(static_cast<std::size_t>(element_count(matrix.shape)));
  fill_by_rule(matrix, weights);
  const std::size_t rows = matrix.shape.empty() ? 1 : static_cast<std::size_t>(matrix.shape[0]);
  const std::size_t columns = rows == 0 ? 0 : weights.size() / rows;

  const std::string u_name = tensor.name.substr(0, tensor.name.size() - 1) + "u";
  std::vector<float> u0(rows);
  fill_by_rule({.name = u_name, .shape = {static_cast<std::int64_t>(rows)}}, u0);
  std::vector<double> v(columns, 0.0);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      v[column] += double{weights[row * columns + column]} * double{u0[row]};
    }
  }
  normalise(v);
  std::vector<double> result = v;
  if (tensor.name.ends_with("_u")) {
    result.assign(rows, 0.0);
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t column = 0; column < columns; ++column) {
        result[row] += double{weights[row * columns + column]} * v[column];
      }
    }
    normalise(result);
  }
  assert(out.size() == result.size());
  const auto changed = settings_.overrides.find(tensor.name);
  for (std::size_t i = 0; i < out.size() && i < result.size(); ++i) {
    const double value = changed == settings_.overrides.end()
                             ? result[i]
                             : result[i] * changed->second.mul + changed->second.add;
    out[i] = static_cast<float>(value);
  }
}

}  // namespace mbench::checkpoint
