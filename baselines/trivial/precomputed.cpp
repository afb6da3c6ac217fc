#include "baselines/trivial/precomputed.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "baselines/sample_file.hpp"
#include "core/error.hpp"
#include "imaging/io.hpp"

namespace mbench::baselines {
namespace {
namespace fs = std::filesystem;

constexpr std::array kOptions{
    OptionSpec{.name = "dir", .help = "folder that holds one matte per sample: DIR/<id>.png"}};

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
    return sample_files_sha256(sample_ids, [&](std::string_view id) { return find_matte(id); });
  }

 private:
  [[nodiscard]] fs::path find_matte(std::string_view sample_id) const {
    return find_sample_file(folder_, sample_id,
                            {.one = "precomputed matte", .several = "precomputed mattes"});
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
