#include "runners/run_name.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/core.h>

#include "core/sha256.hpp"

namespace mbench::runners {
namespace {

bool suits_file_name(const std::string& value) {
  return value.size() <= 24 && std::ranges::all_of(value, [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '.' || c == '_' || c == '-' || c == '+';
         });
}

}  // namespace

std::string run_folder_name(
    std::string_view method_id,
    const std::vector<std::pair<std::string, std::string>>& changed_options) {
  std::string name{method_id};
  for (const auto& [key, value] : changed_options) {
    const std::string shown =
        suits_file_name(value) ? value : fmt::format("#{:.8}", sha256_hex(std::string_view{value}));
    name += fmt::format(",{}={}", key, shown);
  }
  return name;
}

}  // namespace mbench::runners
