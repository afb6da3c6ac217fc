#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mbench::datasets {

/// Foregrounds and their mattes, of which composites are made before anything is scored.
struct Foregrounds {
  std::filesystem::path pictures, mattes;
};

/// The sub-folders `fg` (also `fgr`, `foreground`) and `alpha` (or another name of truths) of a
/// folder, whatever their capitals; nothing if one is missing.
[[nodiscard]] std::optional<Foregrounds> find_foregrounds(const std::filesystem::path& folder);

/// A set whose composites are not made yet.
struct Uncomposed {
  std::string title{};
  std::filesystem::path home{};  ///< the folder in which its merged/ should be
  std::vector<Foregrounds> foregrounds{};
  std::string backgrounds{"DIR"};  ///< folder for the command: "VOC2012/JPEGImages"
};

/// Where composites go whose home has folders of its own that `mbench compose` would write to.
inline constexpr std::string_view kComposedFolder = "composed";

/// Throws bad_input: there are foregrounds and no composites, and the command that makes them.
[[noreturn]] void throw_compose_first(const Uncomposed& set);

}  // namespace mbench::datasets
