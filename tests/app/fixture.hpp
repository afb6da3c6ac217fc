#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/image.hpp"
#include "core/matte.hpp"
#include "core/trimap.hpp"
#include "imaging/io.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"
#include "tests/support/program.hpp"

namespace mbench::testing {

using Json = nlohmann::ordered_json;

/// A scratch folder with its own configuration and cache, in which the program is run.
class Workspace {
 public:
  [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
    return folder_ / name;
  }
  [[nodiscard]] std::map<std::string, std::string> environment() const {
    return {{"MBENCH_CONFIG_HOME", (folder_ / "config").string()},
            {"MBENCH_CACHE", (folder_ / "cache").string()}};
  }
  [[nodiscard]] ProgramResult mbench(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), MBENCH_PROGRAM);
    return run_program(arguments, environment());
  }

 private:
  TemporaryFolder folder_;
};

/// A soft disc as a truth, its trimap, and an image with it before a textured background.
struct Scene {
  Plane<std::uint8_t> alpha;
  Trimap trimap;
  Plane<Rgb<std::uint8_t>> image;
};

inline Scene make_scene(Size size, int seed) {
  Scene scene{Plane<std::uint8_t>{size}, Trimap{size}, Plane<Rgb<std::uint8_t>>{size}};
  const double radius = 0.3 * size.height + seed % 3;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double dy = y - 0.5 * size.height;
      const double dx = x - 0.5 * size.width;
      const double inside = (radius * radius - dx * dx - dy * dy) / (4.0 * radius) + 0.5;
      const double alpha = inside < 0 ? 0.0 : inside > 1 ? 1.0 : inside;
      scene.alpha(y, x) = static_cast<std::uint8_t>(255 * alpha + 0.5);
      scene.trimap(y, x) = inside < -1 ? kBackground : inside > 2 ? kForeground : kUnknown;
      const auto texture = static_cast<std::uint8_t>(40 + (x * 7 + y * 13 + seed * 31) % 40);
      const auto mix = [&](int front) {
        return static_cast<std::uint8_t>(front * alpha + texture * (1 - alpha) + 0.5);
      };
      scene.image(y, x) = {mix(200), mix(180), mix(90)};
    }
  }
  return scene;
}

/// Writes `count` scenes in the layout image/ alpha/ trimap/ as a00.png, a01.png, ...
inline void write_dataset(const std::filesystem::path& folder, int count, Size size = {40, 32}) {
  for (int i = 0; i < count; ++i) {
    const Scene scene = make_scene(size, i);
    const std::string name = (i < 10 ? "a0" : "a") + std::to_string(i) + ".png";
    imaging::write_image(folder / "image" / name, Image{scene.image});
    imaging::write_matte(folder / "alpha" / name, scene.alpha.view(), Depth::u8);
    imaging::write_trimap(folder / "trimap" / name, scene.trimap);
  }
}

[[nodiscard]] inline Json read_json(const std::filesystem::path& file) {
  return Json::parse(read_text(file));
}

/// The record without what may differ between runs of one identity: times, host, paths and dates.
[[nodiscard]] inline std::string comparable(Json record) {
  for (const char* key : {"environment", "started", "elapsed_s", "command"}) record.erase(key);
  for (Json& sample : record["samples"]) sample.erase("times_s");
  return record.dump(1);
}

}  // namespace mbench::testing
