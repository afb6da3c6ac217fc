#pragma once
#include <filesystem>
#include <string_view>

#include <nlohmann/json.hpp>

#include "tests/support/files.hpp"

namespace mbench::testing {

/// A copy of some cases of tests/golden, and its clip, to be damaged.
class GoldenCopy {
 public:
  /// With the images and values of the smaller cases.
  GoldenCopy();

  [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
    return folder_ / name;
  }
  /// golden.json; save() writes it.
  nlohmann::ordered_json values;
  void save() const;

 private:
  TemporaryFolder folder_;
};

}  // namespace mbench::testing
