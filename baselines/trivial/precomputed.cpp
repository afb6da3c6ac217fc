#include "baselines/trivial/precomputed.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "core/sha256.hpp"
#include "imaging/extensions.hpp"
#include "imaging/io.hpp"

namespace mbench::baselines {
namespace {
namespace fs = std::filesystem;

constexpr std::array kOptions{
    OptionSpec{.name = "dir", .help = "folder that holds one matte per sample: DIR/<id>.png"}};

std::string upper_case(std::string_view text) {
  std::string result{text};
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

class Precomputed final : public Method {
 public:
  explicit Precomputed(fs::path folder) : folder_{std::move(folder)} {
    if (fs::is_directory(folder_)) return;
    throw Error{ErrorKind::bad_input,
                {.what = "the folder of precomputed mattes does not exist",
                 .where = folder_.string(),
                 .fix = "check dir= of method 'precomputed'"}};
  }

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    const fs::path file = find_matte(input.sample_id);
    Matte matte = imaging::read_matte(file);
    if (matte.size() != input.image.size()) {
      throw Error{ErrorKind::bad_input,
                  {.what = "a precomputed matte must have the size of its image",
                   .where = file.string(),
                   .expected = fmt::format("{} (image)", to_string(input.image.size())),
                   .found = fmt::format("{} (matte)", to_string(matte.size())),
                   .fix = "write the matte at the size of the image"}};
    }
    return {.alpha = std::move(matte)};
  }

  [[nodiscard]] std::string content_sha256(std::span<const std::string> sample_ids) const override {
    Sha256 hash;
    for (const std::string& id : sample_ids) {
      try {
        hash.update(sha256_file(find_matte(id)));
      } catch (const Error&) {
        hash.update("missing");  // the sample will fail; it must not fail the whole run here
      }
    }
    return hash.hex_digest();
  }

 private:
  [[nodiscard]] fs::path find_matte(std::string_view sample_id) const {
    const std::string stem =
        (folder_ / sample_id).string();  // an id may hold dots: only appended to
    std::vector<std::string> found;
    for (const std::string_view extension : imaging::kExtensions) {
      for (const std::string& spelling : {std::string{extension}, upper_case(extension)}) {
        std::string file = stem + spelling;
        if (!fs::is_regular_file(file)) continue;
        // Where capitals do not count, x.png and x.PNG are one file.
        const auto is_file = [&](const std::string& other) { return fs::equivalent(file, other); };
        if (std::ranges::none_of(found, is_file)) found.push_back(std::move(file));
      }
    }
    if (found.empty()) {
      throw Error{ErrorKind::bad_input,
                  {.what = fmt::format("no precomputed matte for sample '{}'", sample_id),
                   .where = folder_.string(),
                   .expected = fmt::format("{}.png (or {})", stem,
                                           fmt::join(imaging::kExtensions.begin() + 1,
                                                     imaging::kExtensions.end(), ", ")),
                   .fix = "name each matte after its sample id"}};
    }
    if (found.size() > 1) {
      throw Error{ErrorKind::bad_input,
                  {.what = fmt::format("two precomputed mattes for sample '{}'", sample_id),
                   .where = folder_.string(),
                   .expected = "one file",
                   .found = fmt::format("{}", fmt::join(found, ", ")),
                   .fix = "keep one of them"}};
    }
    return found.front();
  }

  fs::path folder_;
};

}  // namespace

constinit const MethodEntry precomputed_method{
    .id = "precomputed",
    .title = "Precomputed mattes",
    .cite = "",
    .summary = "Mattes that another program saved, read from a folder",
    .needs = {},
    .options = kOptions,
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      const Options& options = settings.options;
      if (!options.has("dir")) {
        throw Error{ErrorKind::usage,
                    {.what = "method 'precomputed' needs the option 'dir'",
                     .expected = "precomputed:dir=FOLDER",
                     .fix = "name the folder that holds one matte per sample"}};
      }
      return std::make_unique<Precomputed>(options.text("dir"));
    }};

}  // namespace mbench::baselines
