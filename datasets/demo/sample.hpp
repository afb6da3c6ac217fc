#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/image.hpp"
#include "core/plane.hpp"
#include "core/trimap.hpp"
#include "datasets/trimaps/rule.hpp"

namespace mbench::datasets::demo {

/// Version of the recipes: whatever changes a pixel of any sample raises it.
inline constexpr int kRecipeVersion = 1;

inline constexpr int kSmallestLongSide = 64;
inline constexpr int kLargestLongSide = 4096;
inline constexpr int kLargestTrimapKernel = 255;

/// What is rendered.
struct DemoOptions {
  std::uint64_t seed{7};
  int count{40};
  int long_side{640};  ///< pixels, kSmallestLongSide ... kLargestLongSide
  /// Every picture is stretched to this size after it was rendered, whatever its own shape is.
  std::optional<Size> stretched_to{};
  /// Size k of the trimap's ellipse (rule gfm:k) for type SO at long side 640: 1 ... 255. STM and
  /// NS, and the unified maps of all types, use 6/5 of it: AIM's 30 for GFM's 25. It grows with the
  /// long side, never below 3.
  int trimap_kernel{25};
  /// Another rule for the trimaps (not for the unified maps), used as it stands at every size. What
  /// it draws depends on `seed` and the sample's id.
  std::optional<trimaps::ChosenRule> trimap_rule{};
  /// Photographs to use as backgrounds, drawn at random; empty: procedural backgrounds.
  std::vector<std::filesystem::path> photographs{};
};

/// One picture with everything known about it. All planes have one size.
struct DemoSample {
  std::string id;                  ///< "portrait_01"
  std::string type;                ///< "SO", "STM" or "NS" [li2021]
  std::string category;            ///< one of AIM-500's seven
  Plane<Rgb<std::uint8_t>> image;  ///< round(alpha F + (1 - alpha) B) of the three below
  Plane<std::uint8_t> alpha;
  Plane<Rgb<std::uint8_t>> foreground;  ///< extended smoothly where alpha is 0
  Plane<Rgb<std::uint8_t>> background;
  Trimap trimap;             ///< from alpha, rule gfm:k
  Trimap unified;            ///< AIM's unified semantic representation of the type
  int trimap_kernel{};       ///< k as used; 0 where another rule than gfm was
  std::string made_by{};     ///< the trimap's rule with what was drawn: "gfm:25"
  std::string photograph{};  ///< file name of the background, empty if procedural
};

/// Name, type and category of a sample: the cheap part.
struct DemoTitle {
  std::string id, type, category;
};
[[nodiscard]] DemoTitle demo_title(int index);

/// Throws usage for a long side or trimap kernel out of range.
void require_valid(const DemoOptions& options);

/// Renders sample `index` (0 ... ). A pure function of index and options; `options.count` has no
/// influence on it. Throws as require_valid does, and
/// bad_input for an unreadable photograph.
[[nodiscard]] DemoSample render_demo_sample(int index, const DemoOptions& options);

}  // namespace mbench::datasets::demo
