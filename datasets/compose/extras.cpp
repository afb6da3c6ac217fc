#include "datasets/compose/extras.hpp"

namespace mbench::datasets::compose {

std::string_view to_string(Extra extra) {
  switch (extra) {
    case Extra::denoised_foreground: return "denoised_foreground";
    case Extra::denoised_background: return "denoised_background";
    case Extra::second_foreground: return "second_foreground";
    case Extra::second_alpha: break;
  }
  return "second_alpha";
}

std::optional<Extra> parse_extra(std::string_view text) {
  for (const Extra extra : kExtras) {
    if (text == to_string(extra)) return extra;
  }
  return std::nullopt;
}

}  // namespace mbench::datasets::compose
