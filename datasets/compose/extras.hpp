#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace mbench::datasets::compose {

/// Pictures that some rules take besides foreground, matte and background.
enum class Extra { denoised_foreground, denoised_background, second_foreground, second_alpha };

inline constexpr std::array kExtras{Extra::denoised_foreground, Extra::denoised_background,
                                    Extra::second_foreground, Extra::second_alpha};

/// "denoised_foreground" and so on, as receipts have it.
[[nodiscard]] std::string_view to_string(Extra extra);
[[nodiscard]] std::optional<Extra> parse_extra(std::string_view text);

/// One of them for one composite.
struct ExtraFile {
  Extra extra{};
  std::string name{};  ///< as receipts have it
  std::filesystem::path file{};
};

}  // namespace mbench::datasets::compose
