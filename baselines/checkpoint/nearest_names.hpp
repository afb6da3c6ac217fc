#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "baselines/checkpoint/stored_tensor.hpp"

namespace mbench::checkpoint {

/// Finds which of many tensors is likely meant by another name: the nearest by edit distance. One
/// of the same shape may differ in half of its letters, any other in a third.
/// The work over all questions is bounded (about half a second for networks that have
/// nothing in common); later questions are then not answered.
class NearestNames {
 public:
  explicit NearestNames(std::span<const StoredTensor* const> candidates);

  /// nullptr where none is near.
  [[nodiscard]] const StoredTensor* find(std::string_view name, const Shape& shape);

 private:
  using Letters = std::array<std::uint16_t, 64>;  ///< how often each letter occurs
  struct Candidate {
    const StoredTensor* tensor;
    Letters letters;
  };
  [[nodiscard]] static Letters count_letters(std::string_view name);
  [[nodiscard]] static std::size_t least_distance(const Letters& first, const Letters& second);
  [[nodiscard]] std::size_t distance(std::string_view from, std::string_view to, std::size_t most);

  std::vector<Candidate> candidates_;
  std::vector<std::size_t> row_;
  std::uint64_t work_{0};
};

}  // namespace mbench::checkpoint
