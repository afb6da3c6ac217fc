#include "baselines/checkpoint/nearest_names.hpp"

#include <algorithm>
#include <numeric>

namespace mbench::checkpoint {
namespace {

constexpr std::uint64_t kMostWork = 300'000'000;  // steps of about a nanosecond

}  // namespace

NearestNames::NearestNames(std::span<const StoredTensor* const> candidates) {
  candidates_.reserve(candidates.size());
  for (const StoredTensor* tensor : candidates) {
    candidates_.push_back({.tensor = tensor, .letters = count_letters(tensor->name)});
  }
}

NearestNames::Letters NearestNames::count_letters(std::string_view name) {
  Letters letters{};
  for (const char c : name) ++letters[static_cast<unsigned char>(c) % letters.size()];
  return letters;
}

/// Every letter that one name has more often must be inserted, deleted or changed.
std::size_t NearestNames::least_distance(const Letters& first, const Letters& second) {
  std::size_t more = 0;
  std::size_t less = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const int difference = int{first[i]} - int{second[i]};
    more += static_cast<std::size_t>(std::max(difference, 0));
    less += static_cast<std::size_t>(std::max(-difference, 0));
  }
  return std::max(more, less);
}

/// The edit distance if it is at most `most`, else some number above: only the cells of the table
/// that lie so near to its diagonal are computed.
std::size_t NearestNames::distance(std::string_view from, std::string_view to, std::size_t most) {
  row_.resize(to.size() + 1);
  std::iota(row_.begin(), row_.end(), std::size_t{0});
  const std::size_t beyond = most + 1;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    const std::size_t first = i > most ? i - most : 1;
    const std::size_t last = std::min(to.size(), i + most);
    if (first > last) return beyond;
    std::size_t diagonal = row_[first - 1];
    row_[first - 1] = first == 1 ? i : beyond;
    std::size_t smallest = row_[first - 1];
    for (std::size_t j = first; j <= last; ++j) {
      const std::size_t above = j == i + most ? beyond : row_[j];
      const std::size_t changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
      diagonal = row_[j];
      row_[j] = std::min({row_[j - 1] + 1, above + 1, changed});
      smallest = std::min(smallest, row_[j]);
    }
    work_ += last - first + 1;
    if (smallest > most) return beyond;
  }
  return row_[to.size()];
}

const StoredTensor* NearestNames::find(std::string_view name, const Shape& shape) {
  const Letters letters = count_letters(name);
  const StoredTensor* best = nullptr;
  for (const bool same_shape : {true, false}) {
    std::size_t most = name.size();
    for (const Candidate& candidate : candidates_) {
      if (work_ > kMostWork) return best;
      if ((candidate.tensor->shape == shape) != same_shape) continue;
      const std::size_t length = std::max(name.size(), candidate.tensor->name.size());
      const std::size_t allowed = std::min(most, length / (same_shape ? 2 : 3));
      work_ += letters.size() / 8;
      if (least_distance(letters, candidate.letters) > allowed) continue;
      const std::size_t found = distance(name, candidate.tensor->name, allowed);
      if (found > allowed) continue;
      best = candidate.tensor;
      if (found == 0) return best;
      most = found - 1;
    }
    if (best != nullptr) return best;
  }
  return nullptr;
}

}  // namespace mbench::checkpoint
