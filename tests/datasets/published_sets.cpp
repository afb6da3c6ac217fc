#include "tests/datasets/published_sets.hpp"

#include <stdexcept>

#include <fmt/core.h>

namespace mbench::testing {
namespace fs = std::filesystem;

void make_files(const fs::path& root, const std::vector<std::string>& paths) {
  for (const std::string& path : paths) write_text(root / path, "");
}

void make_files(const fs::path& root, std::string_view folder,
                const std::vector<std::string>& stems, std::string_view ending) {
  for (const std::string& stem : stems) {
    write_text(root / folder / fmt::format("{}{}", stem, ending), "");
  }
}

datasets::Dataset open_folder(const fs::path& root, std::string_view options) {
  return datasets::open_dataset(
      fmt::format("{}{}{}", root.string(), options.empty() ? "" : ":", options));
}

datasets::Problem problem_of(const datasets::Dataset& dataset, std::string_view code) {
  for (const datasets::Problem& problem : dataset.problems) {
    if (problem.code == code) return problem;
  }
  throw std::runtime_error{fmt::format("no problem of code {}", code)};
}

std::vector<std::string> codes(const datasets::Dataset& dataset) {
  std::vector<std::string> result;
  for (const datasets::Problem& problem : dataset.problems) result.push_back(problem.code);
  return result;
}

}  // namespace mbench::testing
