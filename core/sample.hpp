#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/image.hpp"
#include "core/matte.hpp"
#include "core/plane.hpp"
#include "core/trimap.hpp"

namespace mbench {

/// Name and value of what a data set says about a sample: {"type", "SO"}, {"category", "animal"}.
using Tags = std::vector<std::pair<std::string, std::string>>;

/// Where one sample lies on disk. Paths that the data set does not have are empty.
struct SampleFiles {
  std::string id;  ///< unique in its data set; '/' separates image and trimap: "GT01/small"
  std::filesystem::path image{};
  std::filesystem::path trimap{};
  std::filesystem::path truth{};
  std::filesystem::path segmentation{};
  Tags tags{};
};

/// One sample in memory.
struct Sample {
  std::string id;
  Image image{};
  std::optional<Trimap> trimap{};
  std::optional<Matte> truth{};
  std::optional<Plane<std::uint8_t>> segmentation{};  ///< a rough mask of the foreground, 0 to 255
  Tags tags{};
};

}  // namespace mbench
