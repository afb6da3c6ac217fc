#include "baselines/sample_file.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "core/sha256.hpp"
#include "imaging/extensions.hpp"

namespace mbench::baselines {
namespace {
namespace fs = std::filesystem;

std::string upper_case(std::string_view text) {
  std::string result{text};
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

}  // namespace

fs::path find_sample_file(const fs::path& folder, std::string_view sample_id,
                          const SampleFileName& name) {
  const std::string stem = (folder / sample_id).string();  // an id may hold dots: only appended to
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
                {.what = fmt::format("no {} for sample '{}'", name.one, sample_id),
                 .where = folder.string(),
                 .expected = fmt::format(
                     "{}.png (or {})", stem,
                     fmt::join(imaging::kExtensions.begin() + 1, imaging::kExtensions.end(), ", ")),
                 .fix = "name each file after its sample's id"}};
  }
  if (found.size() > 1) {
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("two {} for sample '{}'", name.several, sample_id),
                 .where = folder.string(),
                 .expected = "one file",
                 .found = fmt::format("{}", fmt::join(found, ", ")),
                 .fix = "keep one of them"}};
  }
  return found.front();
}

std::string sample_files_sha256(std::span<const std::string> sample_ids,
                                const std::function<fs::path(std::string_view id)>& find) {
  Sha256 hash;
  for (const std::string& id : sample_ids) {
    try {
      hash.update(sha256_file(find(id)));
    } catch (const Error&) {
      hash.update("missing");
    }
  }
  return hash.hex_digest();
}

}  // namespace mbench::baselines
