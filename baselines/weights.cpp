#include "baselines/weights.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::baselines {
namespace {
namespace fs = std::filesystem;

constexpr std::string_view kRecipePrefix = "recipe:";

template <typename Number>
Number parse_number(std::string_view digits, std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_whole = error == std::errc{} && end == digits.data() + digits.size();
  if (is_whole && std::isfinite(number)) return number;  // from_chars takes "nan" and "inf"
  throw Error{
      ErrorKind::usage,
      {.what = fmt::format("'{}' does not name weights by formula", text),
       .expected = "recipe:SEED or recipe:SEED:GAIN, e.g. recipe:1; SEED a whole number, 0 or "
                   "more, GAIN a finite number",
       .found = std::string{digits},
       .fix = "a file whose name begins like this can be given as ./recipe:..."}};
}

}  // namespace

WeightsChoice parse_weights(std::string_view text) {
  if (!text.starts_with(kRecipePrefix)) return {.file = fs::path{text}};
  std::string_view seed = text.substr(kRecipePrefix.size());
  Recipe recipe;
  if (const std::size_t colon = seed.find(':'); colon != std::string_view::npos) {
    recipe.gain = parse_number<double>(seed.substr(colon + 1), text);
    seed = seed.substr(0, colon);
  }
  recipe.seed = parse_number<std::uint64_t>(seed, text);
  return {.recipe = std::move(recipe)};
}

std::string to_string(const WeightsChoice& choice) {
  if (!choice.recipe) return choice.file.string();
  const Recipe& recipe = *choice.recipe;
  return recipe.gain == 1.0 ? fmt::format("{}{}", kRecipePrefix, recipe.seed)
                            : fmt::format("{}{}:{}", kRecipePrefix, recipe.seed, recipe.gain);
}

std::vector<fs::path> weights_folders() {
  std::vector<fs::path> folders;
  if (const char* named = std::getenv("MBENCH_WEIGHTS_PATH"); named != nullptr) {
    std::string_view rest{named};
    while (!rest.empty()) {
      const std::size_t colon = rest.find(':');
      if (const std::string_view folder = rest.substr(0, colon); !folder.empty()) {
        folders.emplace_back(folder);
      }
      rest = colon == std::string_view::npos ? std::string_view{} : rest.substr(colon + 1);
    }
  }
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0') {
    folders.push_back(fs::path{data} / "mbench/weights");
  } else if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
    folders.push_back(fs::path{home} / ".local/share/mbench/weights");
  }
  return folders;
}

std::optional<fs::path> find_weights(std::string_view file) {
  for (const fs::path& folder : weights_folders()) {
    std::error_code error;
    if (fs::path path = folder / file; fs::is_regular_file(path, error)) return path;
  }
  return std::nullopt;
}

}  // namespace mbench::baselines
