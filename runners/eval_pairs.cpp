#include "runners/eval_pairs.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/core.h>

#include "datasets/alphamatting.hpp"
#include "runners/image_tree.hpp"

namespace mbench::runners {
namespace {

namespace fs = std::filesystem;
using datasets::Problem;

/// Image and variant of an id of two parts, whichever way round they stand.
struct ImageAndVariant {
  std::string image{};
  std::string variant{};  ///< empty: the image has one matte
};

std::optional<ImageAndVariant> image_of(const std::string& id, const FilesById& truths) {
  if (truths.contains(id)) return ImageAndVariant{.image = id};
  const auto slash = id.rfind('/');
  if (slash == std::string::npos) return std::nullopt;
  const std::string front = id.substr(0, slash);
  const std::string back = id.substr(slash + 1);
  if (truths.contains(front)) return ImageAndVariant{.image = front, .variant = back};
  if (front.find('/') == std::string::npos && truths.contains(back))
    return ImageAndVariant{.image = back, .variant = front};
  return std::nullopt;
}

/// How a trimap folder is called in results: "Trimap1" is "small".
std::string trimap_name(const std::string& folder) {
  for (const auto& [name, title] : datasets::kAlphamattingSplits) {
    if (folder == name) return std::string{title};
  }
  return folder;
}

/// Image -> variant ("" for a plain GT01.png) -> file.
using FilesByImage = std::map<std::string, FilesById>;

FilesByImage group_by_image(const FilesById& files, const FilesById& truths, std::string_view role,
                            std::vector<Problem>& problems) {
  FilesByImage grouped;
  for (const auto& [id, file] : files) {
    const auto found = image_of(id, truths);
    if (!found) {
      problems.push_back(
          {.code = "unpaired",
           .sample = id,
           .parts = {.what = fmt::format("{} without ground truth", role),
                     .where = file.string(),
                     .expected = fmt::format("a ground truth called '{}'", id),
                     .fix = "remove the file, or name it as its ground truth"},
           .severity = role == "trimap" ? datasets::Severity::warning : datasets::Severity::error,
           .file = file});
      continue;
    }
    FilesById& variants = grouped[found->image];
    const auto [place, inserted] = variants.emplace(trimap_name(found->variant), file);
    if (!inserted) {
      problems.push_back(
          {.code = "duplicate",
           .sample = id,
           .parts = {.what = fmt::format("two files are the {} of one image and trimap", role),
                     .found = fmt::format("{}\n{}", place->second.string(), file.string()),
                     .fix = "remove one of them"},
           .file = file});
    }
  }
  return grouped;
}

std::string pair_id(const std::string& image, const std::string& variant) {
  return variant.empty() ? image : image + "/" + variant;
}

/// The variant's own file, or the one file that the image has for all variants.
fs::path file_for(const FilesByImage& files, const std::string& image, const std::string& variant) {
  const auto variants = files.find(image);
  if (variants == files.end()) return {};
  const auto own = variants->second.find(variant);
  if (own != variants->second.end()) return own->second;
  const auto common = variants->second.find("");
  return common != variants->second.end() ? common->second : fs::path{};
}

void report_missing(std::string_view role, const std::string& id, const fs::path& folder,
                    const fs::path& truth, std::vector<Problem>& problems) {
  problems.push_back(
      {.code = role == "prediction" ? "missing-prediction" : "missing-trimap",
       .sample = id,
       .parts = {.what = fmt::format("ground truth without {}", role),
                 .where = truth.string(),
                 .expected = fmt::format("{}.png", (folder / id).string()),
                 .fix = role == "prediction" ? "add it, or count it as failed with --allow-missing"
                                             : "add it"},
       .file = truth});
}

/// The variants that any image has, alphamatting.com's first and in its order, so that a variant
/// which one image lacks is missed. A single "" if images have one matte each.
std::vector<std::string> all_variants(std::initializer_list<const FilesByImage*> groups) {
  std::set<std::string> names;
  for (const FilesByImage* group : groups) {
    for (const auto& [image, files] : *group) {
      for (const auto& [variant, file] : files) names.insert(variant);
    }
  }
  if (names.empty()) return {""};
  std::vector<std::string> ordered;
  for (const auto& [folder, title] : datasets::kAlphamattingSplits) {
    if (names.erase(std::string{title}) > 0) ordered.emplace_back(title);
  }
  ordered.insert(ordered.end(), names.begin(), names.end());
  return ordered;
}

bool is_missing_folder(const Problem& problem) { return problem.code == "missing-folder"; }

}  // namespace

EvalPairs pair_folders(const EvalFolders& folders) {
  EvalPairs result;
  std::vector<Problem>& problems = result.problems;
  // Where only trimaps are scored, the true trimap is the truth.
  const bool mattes = !folders.truth.empty();
  const FilesById truths = collect_images(mattes ? folders.truth : folders.trimap,
                                          mattes ? "ground truth" : "trimap", problems);
  const auto grouped = [&](const fs::path& folder, std::string_view role) {
    if (folder.empty()) return FilesByImage{};
    return group_by_image(collect_images(folder, role, problems), truths, role, problems);
  };
  const FilesByImage predicted = grouped(folders.predicted, "prediction");
  const FilesByImage trimaps = grouped(folders.trimap, "trimap");
  const FilesByImage predicted_trimaps = grouped(folders.predicted_trimap, "predicted trimap");

  if (std::ranges::any_of(problems, is_missing_folder)) return result;  // the rest would follow

  const std::vector<std::string> variants = all_variants({&predicted, &predicted_trimaps});
  for (const auto& [image, truth] : truths) {
    for (const std::string& variant : variants) {
      EvalPair pair{.id = pair_id(image, variant),
                    .truth = mattes ? truth : fs::path{},
                    .predicted = file_for(predicted, image, variant),
                    .trimap = file_for(trimaps, image, variant),
                    .predicted_trimap = file_for(predicted_trimaps, image, variant)};
      if (!variant.empty()) pair.tags = {{"image", image}, {"trimap", variant}};
      if (!folders.predicted.empty() && pair.predicted.empty()) {
        report_missing("prediction", pair.id, folders.predicted, truth, problems);
      }
      if (!folders.trimap.empty() && pair.trimap.empty()) {
        report_missing("trimap", pair.id, folders.trimap, truth, problems);
      }
      if (!folders.predicted_trimap.empty() && pair.predicted_trimap.empty()) {
        report_missing("predicted trimap", pair.id, folders.predicted_trimap, truth, problems);
      }
      result.pairs.push_back(std::move(pair));
    }
  }
  return result;
}

EvalPairs pair_dataset(const datasets::Dataset& dataset, const EvalFolders& folders) {
  EvalPairs result;
  for (const Problem& problem : dataset.problems) {
    if (problem.severity == datasets::Severity::error) result.problems.push_back(problem);
  }
  for (const SampleFiles& sample : dataset.samples) {
    result.pairs.push_back(
        {.id = sample.id, .truth = sample.truth, .trimap = sample.trimap, .tags = sample.tags});
  }
  const auto take = [&](const fs::path& folder, std::string_view role,
                        fs::path EvalPair::*const place) {
    if (folder.empty()) return;
    FilesById files = collect_images(folder, role, result.problems);
    for (EvalPair& pair : result.pairs) {
      const auto found = files.find(pair.id);
      if (found == files.end()) {
        report_missing(role, pair.id, folder, pair.truth, result.problems);
      } else {
        pair.*place = found->second;
        files.erase(found);
      }
    }
    for (const auto& [id, file] : files) {
      result.problems.push_back({.code = "unpaired",
                                 .sample = id,
                                 .parts = {.what = fmt::format("{} without sample", role),
                                           .where = file.string(),
                                           .expected = fmt::format("a sample called '{}'", id),
                                           .fix = "remove the file, or name it as its sample"},
                                 .file = file});
    }
  };
  take(folders.predicted, "prediction", &EvalPair::predicted);
  take(folders.predicted_trimap, "predicted trimap", &EvalPair::predicted_trimap);
  return result;
}

}  // namespace mbench::runners
