#include "datasets/pairing.hpp"

#include <cstddef>
#include <filesystem>
#include <regex>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/registry.hpp"
#include "datasets/roles.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

/// Finds the stem of what several composites share: `X` of `X_3`.
class SharedStem {
 public:
  SharedStem(const std::string& id_pattern, const FolderScan& images) : images_{&images} {
    if (id_pattern.empty()) return;
    try {
      pattern_.emplace(id_pattern);
    } catch (const std::regex_error& error) {
      throw_pattern_error(id_pattern, error.what());
    }
    if (pattern_->mark_count() < 1) throw_pattern_error(id_pattern, "no group in parentheses");
  }

  /// "" if the stem has no such part.
  [[nodiscard]] std::string of(const std::string& stem) const {
    if (pattern_) {
      std::smatch match;
      return std::regex_match(stem, match, *pattern_) ? match[1].str() : std::string{};
    }
    const auto digits = stem.find_last_not_of("0123456789") + 1;
    if (digits < 2 || digits == stem.size() || stem[digits - 1] != '_') return {};
    std::string shared = stem.substr(0, digits - 1);
    return images_->by_stem.contains(shared) ? std::string{} : shared;
  }

 private:
  [[noreturn]] static void throw_pattern_error(const std::string& pattern, std::string found) {
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("id_pattern '{}' cannot be used", pattern),
                 .expected = "a regular expression (ECMAScript) whose first group is the stem of "
                             "the truth",
                 .found = std::move(found),
                 .fix = R"(for example id_pattern = '(.+)_(\d+)')"}};
  }

  const FolderScan* images_;
  std::optional<std::regex> pattern_{};
};

/// The partners of one folder, and which of them have been used.
class Partners {
 public:
  Partners(const FolderScan& scan, Role role)
      : scan_{&scan}, role_{role}, extension_{usual_extension(scan)} {}

  struct Match {
    fs::path file{};
    std::string stem{};  ///< of the file; empty if it is missing
  };

  /// The file of the stem itself, else that of the shared stem; else the path where the former
  /// should be.
  [[nodiscard]] Match take(const std::string& stem, const std::string& shared) {
    for (const std::string& candidate : {stem, shared}) {
      const auto found = scan_->by_stem.find(candidate);
      if (candidate.empty() || found == scan_->by_stem.end()) continue;
      used_.insert(candidate);
      return {found->second, candidate};
    }
    return {scan_->folder / (stem + extension_), ""};
  }

  [[nodiscard]] Problem missing(const std::string& sample, const fs::path& image,
                                const fs::path& file) const {
    constexpr std::size_t kMostCandidates = 200;  // edit distances to thousands would take minutes
    std::vector<std::string_view> unused;
    for (const auto& [stem, unused_file] : scan_->by_stem) {
      if (!used_.contains(stem)) unused.push_back(stem);
    }
    if (unused.size() > kMostCandidates) unused.clear();
    const std::string nearest = nearest_name(image.stem().string(), unused);
    const std::string hint = nearest.empty()
                                 ? std::string{}
                                 : fmt::format(" ('{}' has a similar name and may be meant)",
                                               scan_->by_stem.at(nearest).filename().string());
    return {
        .code = "missing",
        .sample = sample,
        .parts = {.what = fmt::format("an image has no {}", to_string(role_)),
                  .where = file.string(),
                  .expected = fmt::format("a {} with the stem of {}", to_string(role_),
                                          image.filename().string()),
                  .found = "no such file",
                  .fix = fmt::format("add the {}, or remove the image{}", to_string(role_), hint)},
        .file = file};
  }

  /// Has the folder no partner for any image, and are there more than a few?
  [[nodiscard]] bool lacks_all(std::size_t images) const {
    return used_.empty() && images > kFewFiles;
  }

  /// What stands for missing() of every image, and for report_unused().
  [[nodiscard]] Problem all_missing(const FolderScan& images) const {
    const bool is_empty = scan_->by_stem.empty();
    return {.code = "missing",
            .parts = {.what = fmt::format("none of the {} images has a {}", images.by_stem.size(),
                                          to_string(role_)),
                      .where = scan_->folder.string(),
                      .expected = fmt::format("{}s with the stems of the images: {}",
                                              to_string(role_), first_files(images)),
                      .found = is_empty ? std::string{"no image files"}
                                        : fmt::format("{} files: {}", scan_->by_stem.size(),
                                                      first_files(*scan_)),
                      .fix = is_empty ? fmt::format("put the {}s there, or remove the folder",
                                                    to_string(role_))
                                      : "rename the files so that they pair by stem, or say in "
                                        "mbench.toml how they belong together (id_pattern)"},
            .file = scan_->folder};
  }

  void report_unused(std::vector<Problem>& problems) const {
    for (const auto& [stem, file] : scan_->by_stem) {
      if (used_.contains(stem)) continue;
      problems.push_back(
          {.code = "unpaired",
           .parts = {.what = fmt::format("a {} has no image", to_string(role_)),
                     .where = file.string(),
                     .expected = fmt::format("an image with the stem '{}'", stem),
                     .found = "no such image",
                     .fix = fmt::format("add the image, or remove the {}", to_string(role_))},
           .file = file});
    }
  }

 private:
  static constexpr std::size_t kFewFiles = 5;

  /// "a.png, b.png and 498 more"
  static std::string first_files(const FolderScan& scan) {
    std::vector<std::string> names;
    for (const auto& [stem, file] : scan.by_stem) {
      if (names.size() == kFewFiles) break;
      names.push_back(file.filename().string());
    }
    std::string text = fmt::format("{}", fmt::join(names, ", "));
    const std::size_t more = scan.by_stem.size() - names.size();
    return more == 0 ? text : fmt::format("{} and {} more", text, more);
  }

  const FolderScan* scan_;
  Role role_;
  std::string extension_;
  std::set<std::string> used_{};
};

/// One trimap folder while it is being paired; `partners` is nothing where the set has no trimaps.
struct TrimapPartners {
  std::string name{};
  std::optional<Partners> partners{};
};

}  // namespace

void pair_samples(const FoundFiles& found, const std::string& id_pattern, Dataset& dataset) {
  const SharedStem shared_stem{id_pattern, found.images};
  std::optional<Partners> truths;
  if (found.truths) truths.emplace(*found.truths, Role::truth);
  std::vector<TrimapPartners> trimaps;
  for (const TrimapSet& set : found.trimaps) {
    trimaps.push_back({set.name, Partners{set.files, Role::trimap}});
  }
  if (trimaps.empty()) trimaps.emplace_back();
  std::optional<Partners> segmentations;
  if (found.segmentations) segmentations.emplace(*found.segmentations, Role::segmentation);

  // Take all partners first: what a message suggests must not be the partner of another image.
  struct Absent {
    const Partners* partners;
    std::string sample;
    fs::path image, file;
  };
  std::vector<Absent> absent;
  for (const auto& [stem, image] : found.images.by_stem) {
    const std::string shared = shared_stem.of(stem);
    const auto id_with = [&id = stem](const std::string& set) {
      return set.empty() ? id : fmt::format("{}/{}", id, set);
    };
    Partners::Match truth;
    if (truths) truth = truths->take(stem, shared);
    if (truths && truth.stem.empty()) {
      absent.push_back({&*truths, id_with(trimaps.front().name), image, truth.file});
    }
    Partners::Match segmentation;
    if (segmentations) segmentation = segmentations->take(stem, shared);
    if (segmentations && segmentation.stem.empty()) {
      absent.push_back({&*segmentations, id_with(trimaps.front().name), image, segmentation.file});
    }
    for (TrimapPartners& set : trimaps) {
      SampleFiles sample{.id = id_with(set.name),
                         .image = image,
                         .truth = truth.file,
                         .segmentation = segmentation.file};
      if (!set.name.empty()) sample.tags = {{"image", stem}, {"trimap", set.name}};
      if (!truth.stem.empty() && truth.stem != stem) {
        sample.tags.emplace_back("foreground", truth.stem);
      }
      if (set.partners) {
        const Partners::Match trimap = set.partners->take(stem, shared);
        sample.trimap = trimap.file;
        if (trimap.stem.empty()) {
          absent.push_back({&*set.partners, sample.id, image, trimap.file});
        }
      }
      dataset.samples.push_back(std::move(sample));
    }
  }
  const std::size_t images = found.images.by_stem.size();
  for (const Absent& gap : absent) {
    if (gap.partners->lacks_all(images)) continue;
    dataset.problems.push_back(gap.partners->missing(gap.sample, gap.image, gap.file));
  }
  const auto report = [&](const std::optional<Partners>& partners) {
    if (!partners) return;
    if (!partners->lacks_all(images)) return partners->report_unused(dataset.problems);
    dataset.problems.push_back(partners->all_missing(found.images));
  };
  report(truths);
  report(segmentations);
  for (const TrimapPartners& set : trimaps) report(set.partners);
}

}  // namespace mbench::datasets
