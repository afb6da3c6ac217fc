#include "datasets/demo/generate.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/sha256.hpp"
#include "imaging/io.hpp"

namespace mbench::datasets::demo {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "mbench.demo/1";
constexpr std::string_view kCategories = "aim_category_type.json";

/// Everything that decides about the pixels.
Json parameters_of(const DemoOptions& options) {
  Json names = Json::array();
  for (const fs::path& file : options.photographs) names.push_back(file.filename().string());
  Json parameters{{"schema", kSchema},
                  {"recipe_version", kRecipeVersion},
                  {"seed", options.seed},
                  {"count", options.count},
                  {"long_side", options.long_side},
                  {"trimap", options.trimap_rule ? options.trimap_rule->spelling
                                                 : fmt::format("gfm:{}", options.trimap_kernel)},
                  {"backgrounds", names.empty() ? Json("procedural") : names}};
  if (options.stretched_to) parameters["stretched_to"] = to_string(*options.stretched_to);
  return parameters;
}

template <typename Pixel>
std::string pixel_digest(const Plane<Pixel>& plane) {
  static_assert(sizeof(Pixel) == 1 || sizeof(Pixel) == 3, "pixels must lie without gaps");
  return sha256_hex(std::as_bytes(plane.values()));
}

/// Writes the six images of a sample and returns its entry in the manifest.
Json write_sample(const fs::path& folder, const DemoSample& sample) {
  const std::string name = sample.id + ".png";
  imaging::write_image(folder / "original" / name, sample.image);
  imaging::write_matte(folder / "mask" / name, sample.alpha.view(), Depth::u8);
  imaging::write_trimap(folder / "trimap" / name, sample.trimap);
  imaging::write_trimap(folder / "usr" / name, sample.unified);
  imaging::write_image(folder / "fg" / name, sample.foreground);
  imaging::write_image(folder / "bg" / name, sample.background);
  return {{"id", sample.id},
          {"type", sample.type},
          {"category", sample.category},
          {"width", sample.alpha.size().width},
          {"height", sample.alpha.size().height},
          {"trimap", sample.made_by},
          {"background", sample.photograph.empty() ? "procedural" : sample.photograph},
          {"pixels_sha256",
           {{"original", pixel_digest(sample.image)},
            {"mask", pixel_digest(sample.alpha)},
            {"trimap", pixel_digest(sample.trimap)},
            {"usr", pixel_digest(sample.unified)},
            {"fg", pixel_digest(sample.foreground)},
            {"bg", pixel_digest(sample.background)}}}};
}

void write_json(const fs::path& file, const Json& json) {
  std::ofstream stream{file, std::ios::binary};
  stream << json.dump(1) << '\n';
  stream.flush();
  if (stream) return;
  throw Error{ErrorKind::internal, {.what = "the file cannot be written", .where = file.string()}};
}

/// Does the folder hold the finished set of these parameters?
bool holds(const fs::path& folder, const Json& parameters) {
  std::ifstream stream{folder / kDemoManifest, std::ios::binary};
  if (!stream) return false;
  const Json manifest = Json::parse(stream, nullptr, false);
  if (!manifest.is_object()) return false;
  return std::ranges::all_of(parameters.items(), [&](const auto& item) {
    return manifest.contains(item.key()) && manifest[item.key()] == item.value();
  });
}

/// Whether the set is there already; throws if something else is.
bool is_finished(const fs::path& out, const Json& parameters) {
  if (!fs::exists(out)) return false;
  if (fs::is_directory(out)) {
    if (holds(out, parameters)) return true;
    if (fs::is_empty(out)) return false;
  }
  throw Error{ErrorKind::usage,
              {.what = "the folder for the demo data set is in use",
               .where = out.string(),
               .expected = "a new or empty folder, or the same demo data set",
               .found = fs::is_directory(out)
                            ? (fs::exists(out / kDemoManifest)
                                   ? "a demo data set of other parameters or recipe version"
                                   : "other files")
                            : "a file",
               .fix = "choose another folder with --out, or remove this one"}};
}

/// The folder that is filled; removed unless it has become the result.
class PartialFolder {
 public:
  explicit PartialFolder(const fs::path& out)
      : path_{out.string() + fmt::format(".partial-{}", ::getpid())} {
    fs::remove_all(path_);  // of an earlier process of the same number
    for (const char* part : {"original", "mask", "trimap", "usr", "fg", "bg"}) {
      fs::create_directories(path_ / part);
    }
  }
  ~PartialFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  PartialFolder(const PartialFolder&) = delete;
  PartialFolder& operator=(const PartialFolder&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void require_count(int count) {
  if (count >= 1) return;
  throw Error{ErrorKind::usage,
              {.what = "the demo data set needs at least one image",
               .expected = "a count of 1 or more",
               .found = fmt::format("{}", count)}};
}

fs::path without_trailing_slash(const fs::path& out) {
  return out.has_filename() ? out : out.parent_path();
}

}  // namespace

Generated generate_demo(const fs::path& out, const DemoOptions& options, int threads,
                        const DemoProgress& progress) {
  require_count(options.count);
  require_valid(options);
  const fs::path target = without_trailing_slash(out);
  Json manifest = parameters_of(options);
  try {
    if (is_finished(target, manifest)) return Generated::already_there;
    const PartialFolder partial{target};
    std::vector<Json> entries(static_cast<std::size_t>(options.count));
    std::mutex mutex;
    int done = 0;
    parallel_for(entries.size(), threads, [&](std::size_t i) {
      entries[i] = write_sample(partial.path(), render_demo_sample(static_cast<int>(i), options));
      const std::lock_guard lock{mutex};
      ++done;
      if (progress) progress(done, options.count);
    });
    Json categories = Json::object();
    for (const Json& entry : entries) {
      categories[entry["id"].get<std::string>()] = {{"type", entry["type"]},
                                                    {"category", entry["category"]}};
    }
    write_json(partial.path() / kCategories, categories);
    manifest["samples"] = entries;
    write_json(partial.path() / kDemoManifest, manifest);
    // Another process may have finished the same set meanwhile: then its folder stays.
    if (is_finished(target, parameters_of(options))) return Generated::already_there;
    fs::rename(partial.path(), target);  // an empty folder in the way is replaced
  } catch (const fs::filesystem_error& error) {
    throw Error{ErrorKind::internal,
                {.what = "the demo data set cannot be written",
                 .where = target.string(),
                 .found = error.code().message(),
                 .fix = "check the free space and the rights of the folder above"}};
  }
  return Generated::rendered;
}

std::vector<fs::path> list_photographs(const fs::path& folder) {
  constexpr std::array<std::string_view, 6> kExtensions{".png", ".jpg",  ".jpeg",
                                                        ".tif", ".tiff", ".webp"};
  std::error_code failure;
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator{folder, failure}) {
    std::string extension = entry.path().extension().string();
    std::ranges::transform(extension, extension.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (std::ranges::find(kExtensions, extension) != kExtensions.end() && entry.is_regular_file()) {
      files.push_back(entry.path());
    }
  }
  if (failure) {
    throw Error{ErrorKind::bad_input,
                {.what = "the folder of backgrounds cannot be read",
                 .where = folder.string(),
                 .found = failure.message()}};
  }
  if (files.empty()) {
    throw Error{ErrorKind::bad_input,
                {.what = "the folder of backgrounds holds no photograph",
                 .where = folder.string(),
                 .expected = "image files: .png .jpg .jpeg .tif .tiff .webp"}};
  }
  std::ranges::sort(files);
  for (const fs::path& file : files) static_cast<void>(imaging::probe_image(file));
  return files;
}

}  // namespace mbench::datasets::demo
