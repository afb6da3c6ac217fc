#include "datasets/fingerprints.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/csv_field.hpp"
#include "core/parallel.hpp"
#include "core/path_kind.hpp"
#include "core/sha256.hpp"
#include "core/text_file.hpp"
#include "datasets/csv.hpp"
#include "datasets/names.hpp"
#include "datasets/pairing.hpp"
#include "datasets/perceptual_hash.hpp"
#include "datasets/roles.hpp"
#include "datasets/scan.hpp"
#include "datasets/uncomposed.hpp"
#include "imaging/io.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kHeader = "id,sha256,foreground,whole";

/// One picture before it is read.
struct PictureFiles {
  std::string id{};
  fs::path picture{}, alpha{};  ///< alpha is empty where there is none
  bool composite{};             ///< its background belongs to the set, not to the picture
};

/// The value of a tag; empty if the sample has none of that name.
std::string_view tag_of(const SampleFiles& sample, std::string_view name) {
  const auto found = std::ranges::find(sample.tags, name, &Tags::value_type::first);
  return found == sample.tags.end() ? std::string_view{} : std::string_view{found->second};
}

/// Of composites the first of each foreground; an image with several trimaps counts once.
std::vector<PictureFiles> pictures_of(const Dataset& dataset) {
  std::vector<PictureFiles> pictures;
  std::set<std::string> seen;
  for (const SampleFiles& sample : dataset.samples) {
    const std::string foreground{tag_of(sample, "foreground")};
    const std::string image{tag_of(sample, "image")};  // where it has several trimaps
    const bool composite = !foreground.empty();
    if (!seen.insert(composite ? "foreground " + foreground : sample.image.string()).second) {
      continue;
    }
    pictures.push_back({.id = composite       ? foreground
                              : image.empty() ? sample.id
                                              : image,
                        .picture = sample.image,
                        .alpha = sample.truth,
                        .composite = composite});
  }
  return pictures;
}

std::vector<PictureFiles> pictures_of(const Foregrounds& foregrounds,
                                      std::vector<Problem>& problems) {
  Dataset paired;
  pair_samples({.images = scan_folder(foregrounds.pictures, {}, problems),
                .truths = scan_folder(foregrounds.mattes, {}, problems)},
               "", paired);
  std::ranges::move(paired.problems, std::back_inserter(problems));
  std::vector<PictureFiles> pictures;
  for (const SampleFiles& sample : paired.samples) {
    pictures.push_back({.id = sample.id, .picture = sample.image, .alpha = sample.truth});
  }
  return pictures;
}

/// Foregrounds in the folder itself, or in each of its sub-folders.
std::vector<Foregrounds> foregrounds_below(const fs::path& folder) {
  if (auto here = find_foregrounds(folder)) return {*std::move(here)};
  std::vector<Foregrounds> all;
  std::vector<Problem> ignored;
  for (const std::string& name :
       scan_folder(folder, {.report_leftovers = false}, ignored).sub_folders) {
    if (auto found = find_foregrounds(folder / name)) all.push_back(*std::move(found));
  }
  return all;
}

std::vector<PictureFiles> images_in(const fs::path& folder, std::vector<Problem>& problems) {
  std::vector<PictureFiles> pictures;
  for (const auto& [stem, file] :
       scan_folder(folder, {.report_leftovers = false}, problems).by_stem) {
    pictures.push_back({.id = stem, .picture = file});
  }
  return pictures;
}

/// A picture without the matte that it should have is compared as a whole alone: that is said.
void add_missing_mattes(const Dataset& dataset, std::vector<Problem>& problems) {
  std::set<fs::path> mattes;
  for (const SampleFiles& sample : dataset.samples) mattes.insert(sample.truth);
  std::ranges::copy_if(dataset.problems, std::back_inserter(problems), [&](const Problem& problem) {
    return problem.code == "missing" && !problem.file.empty() && mattes.contains(problem.file);
  });
}

/// What the user named, as files. The error of a folder that is no data set stays, if it holds no
/// foregrounds and no images either.
std::vector<PictureFiles> find_pictures(const std::string& name, std::vector<Problem>& problems) {
  try {
    const Dataset dataset = open_dataset(name, Purpose::any);
    add_missing_mattes(dataset, problems);
    return pictures_of(dataset);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    const fs::path folder =
        is_folder(name) ? fs::path{name} : where_dataset(parse_name_with_options(name).name).folder;
    std::vector<PictureFiles> pictures;
    for (const Foregrounds& foregrounds : foregrounds_below(folder)) {
      std::ranges::move(pictures_of(foregrounds, problems), std::back_inserter(pictures));
    }
    if (pictures.empty()) pictures = images_in(folder, problems);
    if (pictures.empty()) throw;
    return pictures;
  }
}

Fingerprint read_fingerprint(const PictureFiles& files) {
  const Image picture = imaging::read_image(files.picture);
  Fingerprint result{.id = files.id, .sha256 = sha256_file(files.picture)};
  std::error_code error;
  if (!files.alpha.empty() && fs::exists(files.alpha, error)) {
    result.foreground = perceptual_hash(picture, imaging::read_matte(files.alpha));
  }
  if (!files.composite) result.whole = perceptual_hash(picture);
  return result;
}

std::string hex(const std::optional<std::uint64_t>& hash) {
  return hash ? fmt::format("{:016x}", *hash) : std::string{};
}

[[noreturn]] void throw_bad_row(std::size_t row, std::string expected, std::string found) {
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("row {} of a list of fingerprints cannot be read", row),
               .expected = std::move(expected),
               .found = std::move(found),
               .fix = "write the list again: `mbench data overlap NAME --save-hashes FILE`"}};
}

std::optional<std::uint64_t> parse_hash(const std::string& text, std::size_t row) {
  if (text.empty()) return std::nullopt;
  std::uint64_t hash = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, hash, 16);
  if (text.size() != 16 || stop != end || error != std::errc{}) {
    throw_bad_row(row, "hashes of 16 hexadecimal digits", text);
  }
  return hash;
}

}  // namespace

Fingerprints fingerprints_of(const std::string& name, int threads) {
  Fingerprints result{.name = name};
  if (is_file(name)) {
    try {
      result.pictures = parse_fingerprints(read_text_file(name));
    } catch (const Error& parse_error) {
      throw parse_error.at(name);
    }
    return result;
  }
  const std::vector<PictureFiles> files = find_pictures(name, result.problems);
  std::vector<std::optional<Fingerprint>> pictures(files.size());
  std::vector<std::optional<Problem>> problems(files.size());
  parallel_for(files.size(), threads, [&](std::size_t i) {
    try {
      pictures[i] = read_fingerprint(files[i]);
    } catch (const Error& unreadable) {
      problems[i] = Problem{.code = "unreadable",
                            .sample = files[i].id,
                            .parts = unreadable.at(files[i].picture.string()).parts(),
                            .file = files[i].picture};
    }
  });
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (pictures[i]) result.pictures.push_back(*std::move(pictures[i]));
    if (problems[i]) result.problems.push_back(*std::move(problems[i]));
  }
  return result;
}

std::string to_csv(const std::vector<Fingerprint>& pictures) {
  std::string text{kHeader};
  text += '\n';
  for (const Fingerprint& picture : pictures) {
    text += fmt::format("{},{},{},{}\n", csv_field(picture.id), picture.sha256,
                        hex(picture.foreground), hex(picture.whole));
  }
  return text;
}

std::vector<Fingerprint> parse_fingerprints(std::string_view csv) {
  const std::vector<CsvRow> rows = parse_csv(csv);
  const std::string header = rows.empty() ? "" : fmt::format("{}", fmt::join(rows.front(), ","));
  if (header != kHeader) throw_bad_row(1, std::string{kHeader}, header);
  std::vector<Fingerprint> pictures;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const CsvRow& row = rows[i];
    if (row == CsvRow{""}) continue;
    const bool digest = row.size() == 4 && row[1].size() == 64 &&
                        row[1].find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!digest) {
      throw_bad_row(i + 1, "an id, a SHA-256 and two hashes",
                    fmt::format("{}", fmt::join(row, ",")));
    }
    pictures.push_back({.id = row[0],
                        .sha256 = row[1],
                        .foreground = parse_hash(row[2], i + 1),
                        .whole = parse_hash(row[3], i + 1)});
  }
  if (pictures.empty()) throw_bad_row(2, "at least one picture", "none");
  return pictures;
}

}  // namespace mbench::datasets
