#include "datasets/published_names.hpp"

#include <algorithm>
#include <system_error>

#include "datasets/roles.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;

bool is_prefixed_hex(std::string_view stem, std::string_view prefix) {
  return stem.size() == prefix.size() + 8 && stem.starts_with(prefix) &&
         stem.find_first_not_of("0123456789abcdef", prefix.size()) == std::string_view::npos;
}

std::string_view foreground_of(std::string_view stem) {
  const std::size_t underscore = stem.rfind('_');
  if (underscore == std::string_view::npos || underscore == 0) return {};
  const std::string_view number = stem.substr(underscore + 1);
  const bool plain = !number.empty() &&
                     number.find_first_not_of("0123456789") == std::string_view::npos &&
                     (number.size() == 1 || number.front() != '0');
  return plain ? stem.substr(0, underscore) : std::string_view{};
}

bool mostly_named(std::span<const std::string> stems, const NameCheck& is_name) {
  const auto named = std::ranges::count_if(stems, is_name);
  return 2 * static_cast<std::size_t>(named) > stems.size();
}

bool mostly_named(const fs::path& folder, const NameCheck& is_name) {
  std::vector<std::string> stems;
  std::error_code error;
  for (fs::directory_iterator entry{folder, error}; !error && entry != fs::directory_iterator{};
       entry.increment(error)) {
    const fs::path name = entry->path().filename();
    if (has_image_extension(name.string())) stems.push_back(name.stem().string());
  }
  return mostly_named(stems, is_name);
}

}  // namespace mbench::datasets
