#pragma once
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/size.hpp"
#include "datasets/dataset.hpp"
#include "tests/support/scoped_variable.hpp"

// Small data sets on disk, for the tests of this folder.

namespace mbench::testing {

inline constexpr Size kSmall{8, 6};

/// An image, and a truth and trimap that fit each other: left third 0, middle third 128 or soft,
/// right third 255. `seed` makes the bytes of two files differ.
void make_image(const std::filesystem::path& file, Size size = kSmall, std::uint8_t seed = 0);
void make_truth(const std::filesystem::path& file, Size size = kSmall, std::uint8_t seed = 0);
void make_trimap(const std::filesystem::path& file, Size size = kSmall);

/// A folder image/ alpha/ trimap/ with one sample for each stem.
void make_set(const std::filesystem::path& root, const std::vector<std::string>& stems);

/// Works in a folder for as long as the object lives.
class ScopedWorkingFolder {
 public:
  explicit ScopedWorkingFolder(const std::filesystem::path& folder);
  ~ScopedWorkingFolder();
  ScopedWorkingFolder(const ScopedWorkingFolder&) = delete;
  ScopedWorkingFolder& operator=(const ScopedWorkingFolder&) = delete;

 private:
  std::filesystem::path before_;
};

[[nodiscard]] std::vector<std::string> ids(const datasets::Dataset& dataset);

/// One line for each problem: "error missing a: PATH", paths relative to `root`.
[[nodiscard]] std::vector<std::string> lines(const std::vector<datasets::Problem>& problems,
                                             const std::filesystem::path& root);

/// The value of a tag, "" if the sample has none of that name.
[[nodiscard]] std::string tag(const SampleFiles& sample, std::string_view name);

/// The mbench::Error that `act` throws; fails the test if there is none.
template <typename Act>
[[nodiscard]] Error error_of(Act&& act) {
  try {
    act();
  } catch (const Error& error) {
    return error;
  }
  throw std::runtime_error{"nothing was thrown"};
}

}  // namespace mbench::testing
