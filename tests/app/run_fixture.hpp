#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "tests/app/fixture.hpp"

namespace mbench::testing {

/// The arguments of `mbench run` with closed-form matting on the data set `set` of the workspace.
[[nodiscard]] inline std::vector<std::string> run(const Workspace& work, const std::string& out,
                                                  const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{
      "run", "-m", "closed-form", "-d", (work / "set").string(), "-o", (work / out).string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

/// Where that run puts its record.
[[nodiscard]] inline std::filesystem::path record_of(const Workspace& work,
                                                     const std::string& out) {
  return work / (out + "/set/closed-form/record.json");
}

}  // namespace mbench::testing
