#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "baselines/checkpoint/stored_tensor.hpp"

namespace mbench::checkpoint {

/// A tensor whose weights come from the recipe.
struct RecipeTensor {
  std::string name{};
  Shape shape{};
  ElementType type{ElementType::f32};
};

struct RecipeSettings {
  std::uint64_t seed{1};
  double gain{1.0};
  /// Of one tensor: value * mul + add.
  struct Override {
    double mul{1.0};
    double add{0.0};
  };
  std::map<std::string, Override> overrides{};
};

/// Untrained weights from a closed formula, the same on every machine. They show that a network is
/// computed as published, for whoever fills the published program with the same formula gets the
/// same outputs.
///
/// Element k of a tensor: h = FNV-1a (64 bits) of "<seed>:<name>", z = h + (k+1) * golden ratio,
/// mixed as SplitMix64 does; u = (z >> 11) / 2^53 in [0, 1), s = 2u - 1. By the last part of the
/// name, the first rule that fits:
///     integer type                        0
///     running_mean                        0.1 s
///     running_var                         0.75 + 0.5 u
///     *_u, *_v                            s / |s|, unless they belong to a spectral norm
///     <= 1 axis, name contains "weight"   1 + 0.1 s
///     <= 1 axis                           0.1 s
///     else                                gain * sqrt(3 / fan) * s, fan = elements / first axis
/// Spectral norm (Xweight_u and _v beside Xweight_bar or _orig, W, as a matrix of shape[0] rows):
/// u0 by the rule above as float, v = W^T u0 / |.|, u = W v / |.|, in double. Then the override,
/// then rounding to float.
class Recipe {
 public:
  /// All tensors of a network; of one with several names the last.
  Recipe(std::vector<RecipeTensor> tensors, RecipeSettings settings);

  [[nodiscard]] const std::vector<RecipeTensor>& tensors() const { return tensors_; }
  /// Writes the values of tensor `index`, row-major; `out` has as many places as it has elements.
  void fill(std::size_t index, std::span<float> out) const;
  [[nodiscard]] std::vector<float> values(std::size_t index) const;

 private:
  [[nodiscard]] const RecipeTensor* normed_matrix(const std::string& name) const;
  void fill_by_rule(const RecipeTensor& tensor, std::span<float> out) const;
  void fill_spectral(const RecipeTensor& tensor, const RecipeTensor& matrix,
                     std::span<float> out) const;

  std::vector<RecipeTensor> tensors_;
  RecipeSettings settings_;
  std::unordered_map<std::string_view, std::size_t> index_;
};

/// The hash h of a tensor.
[[nodiscard]] std::uint64_t recipe_hash(std::uint64_t seed, std::string_view name);
/// The uniform number u of element k, in [0, 1).
[[nodiscard]] double recipe_uniform(std::uint64_t hash, std::uint64_t k);

}  // namespace mbench::checkpoint
