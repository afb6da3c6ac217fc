#pragma once
#include <algorithm>
#include <utility>
#include <vector>

namespace mbench::metrics {

/// Sums of one kind, each known by its settings, of which one pass over the pixels can compute
/// several: those that were announced are computed with the first of them that is asked for.
template <typename Key, typename Sum>
class SharedSums {
 public:
  void expect(const Key& key) { expected_.push_back(key); }

  /// The sum of `key`. `simplified(key)` gives one key to all settings that mean the same;
  /// `together(a, b)` tells whether one pass computes both; `compute(keys)` does, in that order.
  template <typename Simplified, typename Together, typename Compute>
  [[nodiscard]] Sum get(const Key& asked, Simplified&& simplified, Together&& together,
                        Compute&& compute) {
    const Key key = simplified(asked);
    const auto is_known = [this](const Key& other) {
      return std::ranges::find(known_, other, &Known::key) != known_.end();
    };
    if (!is_known(key)) {
      std::vector<Key> keys{key};
      for (const Key& announced : expected_) {
        const Key other = simplified(announced);
        if (together(key, other) && !is_known(other) &&
            std::ranges::find(keys, other) == keys.end()) {
          keys.push_back(other);
        }
      }
      const std::vector<Sum> sums = compute(std::as_const(keys));
      for (std::size_t i = 0; i < keys.size(); ++i) known_.push_back({keys[i], sums[i]});
    }
    return std::ranges::find(known_, key, &Known::key)->sum;
  }

 private:
  struct Known {
    Key key;
    Sum sum;
  };
  std::vector<Key> expected_{};
  std::vector<Known> known_{};
};

}  // namespace mbench::metrics
