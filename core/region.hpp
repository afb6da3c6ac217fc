#pragma once
#include <cstdint>
#include <span>

#include "core/size.hpp"
#include "core/trimap.hpp"

namespace mbench {

/// The pixels that count. A region is the whole image, or the pixels of a trimap that hold one
/// level, or those that do not hold it. It refers to its trimap and lives no longer than that.
class Region {
 public:
  [[nodiscard]] static Region whole(Size size) { return Region{size, {}, Rule::whole, 0}; }
  /// {T == level}
  [[nodiscard]] static Region equal(TrimapView trimap, std::uint8_t level) {
    return Region{trimap.size(), trimap, Rule::equal, level};
  }
  /// {T != level}
  [[nodiscard]] static Region not_equal(TrimapView trimap, std::uint8_t level) {
    return Region{trimap.size(), trimap, Rule::not_equal, level};
  }
  [[nodiscard]] static Region unknown(TrimapView trimap) { return equal(trimap, kUnknown); }
  [[nodiscard]] static Region foreground(TrimapView trimap) { return equal(trimap, kForeground); }
  [[nodiscard]] static Region background(TrimapView trimap) { return equal(trimap, kBackground); }

  [[nodiscard]] Size size() const { return size_; }
  [[nodiscard]] bool is_whole() const { return rule_ == Rule::whole; }
  [[nodiscard]] bool contains(int y, int x) const {
    return rule_ == Rule::whole || (trimap_(y, x) == level_) == (rule_ == Rule::equal);
  }
  /// Number of pixels inside.
  [[nodiscard]] std::int64_t count() const;

  /// Writes row y as a mask: 1 inside, 0 outside. `inside` has the width of the region.
  void mask_row(int y, std::span<std::uint8_t> inside) const;

  /// Calls visit(y, x) for every pixel inside, row by row.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (int y = 0; y < size_.height; ++y) {
      for (int x = 0; x < size_.width; ++x) {
        if (contains(y, x)) visit(y, x);
      }
    }
  }

 private:
  enum class Rule : std::uint8_t { whole, equal, not_equal };

  Region(Size size, TrimapView trimap, Rule rule, std::uint8_t level)
      : size_{size}, trimap_{trimap}, rule_{rule}, level_{level} {}

  Size size_{};
  TrimapView trimap_{};
  Rule rule_{Rule::whole};
  std::uint8_t level_{};
};

}  // namespace mbench
