#include "tests/datasets/small_sets.hpp"

#include <utility>

#include <fmt/core.h>

#include "imaging/io.hpp"

namespace mbench::testing {
namespace fs = std::filesystem;

void make_image(const fs::path& file, Size size, std::uint8_t seed) {
  Plane<Rgb<std::uint8_t>> pixels{size};
  std::uint8_t value = seed;
  for (auto& pixel : pixels.values()) {
    value = static_cast<std::uint8_t>(value * 5 + 17);
    pixel = {value, static_cast<std::uint8_t>(value ^ 0x55), seed};
  }
  imaging::write_image(file, Image{pixels});
}

void make_truth(const fs::path& file, Size size, std::uint8_t seed) {
  Plane<std::uint8_t> alpha{size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const bool middle = 3 * x >= size.width && 3 * x < 2 * size.width;
      alpha(y, x) = middle ? static_cast<std::uint8_t>(100 + seed) : 3 * x < size.width ? 0 : 255;
    }
  }
  imaging::write_matte(file, alpha.view(), Depth::u8);
}

void make_trimap(const fs::path& file, Size size) {
  Trimap trimap{size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const bool middle = 3 * x >= size.width && 3 * x < 2 * size.width;
      trimap(y, x) = middle ? kUnknown : 3 * x < size.width ? kBackground : kForeground;
    }
  }
  imaging::write_trimap(file, trimap.view());
}

void make_set(const fs::path& root, const std::vector<std::string>& stems) {
  std::uint8_t seed = 0;
  for (const std::string& stem : stems) {
    make_image(root / "image" / (stem + ".png"), kSmall, seed);
    make_truth(root / "alpha" / (stem + ".png"), kSmall, seed);
    make_trimap(root / "trimap" / (stem + ".png"));
    ++seed;
  }
}

ScopedWorkingFolder::ScopedWorkingFolder(const fs::path& folder) : before_{fs::current_path()} {
  fs::current_path(folder);
}

ScopedWorkingFolder::~ScopedWorkingFolder() {
  std::error_code ignored;
  fs::current_path(before_, ignored);
}

std::vector<std::string> ids(const datasets::Dataset& dataset) {
  std::vector<std::string> result;
  for (const SampleFiles& sample : dataset.samples) result.push_back(sample.id);
  return result;
}

std::vector<std::string> lines(const std::vector<datasets::Problem>& problems,
                               const fs::path& root) {
  std::vector<std::string> result;
  for (const datasets::Problem& problem : problems) {
    result.push_back(fmt::format(
        "{} {} {}: {}", to_string(problem.severity), problem.code,
        problem.sample.empty() ? "-" : problem.sample,
        problem.file.empty() ? "-" : problem.file.lexically_relative(root).generic_string()));
  }
  return result;
}

std::string tag(const SampleFiles& sample, std::string_view name) {
  for (const auto& [own, value] : sample.tags) {
    if (own == name) return value;
  }
  return {};
}

}  // namespace mbench::testing
