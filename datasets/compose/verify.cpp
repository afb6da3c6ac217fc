#include "datasets/compose/verify.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <string_view>
#include <system_error>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/path_kind.hpp"
#include "datasets/compose/pixel_digest.hpp"
#include "datasets/compose/receipt_inputs.hpp"
#include "datasets/roles.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

/// One file of a set, as it should be and as it is.
struct CheckedFile {
  std::string path{};
  const ReceiptRow* composite{};  ///< of which it is the image
  std::optional<PlannedComposite> made_of{};
  std::string expected{};  ///< digest; "" if no receipt names one
  std::optional<Finding> finding{};
  std::string made_by{};  ///< composites: spelling of the rule
  bool recorded{};        ///< composites: as the receipt has it, but not made again
  bool contradicts{};     ///< composites: as the receipt has it, but not as its rule makes it
};

Finding finding(std::string code, const fs::path& root, const CheckedFile& file, ErrorParts parts) {
  parts.where = (root / file.path).string();
  return {.problem = {.code = std::move(code),
                      .sample = file.composite != nullptr ? file.composite->output
                                : file.made_of            ? file.made_of->output
                                                          : std::string{},
                      .parts = std::move(parts),
                      .file = root / file.path},
          .path = file.path};
}

std::string words_of(const Distance& distance, const std::string& rule) {
  return fmt::format(
      "{} values differ from what '{}' makes, by {:.4g} on average over all values "
      "and at most {} levels",
      distance.values, rule, distance.mean, distance.max);
}

/// The account of one composite whose pixels are other than expected.
Finding changed_composite(const fs::path& root, const CheckedFile& file, Size found,
                          const Explanation& explanation, const std::string& rule) {
  ErrorParts parts{.what = "a composite is not as its rule makes it"};
  parts.expected = fmt::format("the pixels of rule '{}'", rule);
  const Size size = file.made_of ? file.made_of->size : file.composite->size;
  if (found != size) {
    parts.expected += fmt::format(", {}", to_string(size));
    parts.found = to_string(found);
  } else if (!explanation.rule.empty()) {
    parts.found = explanation.rule == rule
                      ? fmt::format("what '{}' makes of the inputs as they are now", rule)
                      : fmt::format("exactly what rule '{}' makes", explanation.rule);
  } else if (explanation.distance) {
    parts.found =
        fmt::format("{}; no known rule explains them", words_of(*explanation.distance, rule));
  } else {
    parts.found = "other pixels; the inputs are not there to tell more";
  }
  parts.fix = explanation.rule.empty() || explanation.rule == rule
                  ? "compose it again: what is as it should be is kept"
                  : fmt::format("ask with --rule {}, or compose by '{}' into another folder",
                                explanation.rule, rule);
  Finding result = finding("changed", root, file, std::move(parts));
  result.made_by = explanation.rule;
  result.distance = explanation.distance;
  return result;
}

/// Are the pictures the files that the row names?
bool is_made_of(const ReceiptRow& row, const Material& material, const OwnPictures& own) {
  return material.foreground.sha256 == row.foreground.sha256 &&
         material.alpha.sha256 == row.alpha.sha256 &&
         own.background.sha256 == row.background.sha256 &&
         std::ranges::equal(own.extras, row.extras, [](const auto& picture, const auto& file) {
           return picture.first == file.first && picture.second.sha256 == file.second.sha256;
         });
}

/// Looks at the files of a set, many at a time.
class Inspector {
 public:
  Inspector(fs::path root, const VerifySettings& settings)
      : root_{std::move(root)},
        settings_{settings},
        materials_{static_cast<std::size_t>(resolve_threads(settings.threads)), settings.estimate} {
  }

  void inspect(std::vector<CheckedFile>& files) {
    std::size_t done = 0;
    std::mutex mutex;
    parallel_for(files.size(), settings_.threads, [&](std::size_t i) {
      if (is_interrupted()) return;
      inspect(files[i]);
      const std::lock_guard lock{mutex};
      if (settings_.progress) settings_.progress(++done, files.size());
    });
  }
  [[nodiscard]] bool is_interrupted() const {
    return settings_.interrupted != nullptr && settings_.interrupted->load();
  }

  /// Candidates that make all of some composites which rule `made_by` makes, too.
  [[nodiscard]] std::vector<std::string> rules_like(const std::string& made_by,
                                                    const std::vector<CheckedFile>& files) {
    std::vector<const CheckedFile*> tried;
    for (const CheckedFile& file : files) {
      if (file.made_by == made_by && tried.size() < kTried) tried.push_back(&file);
    }
    std::vector<std::string> alike;
    for (const Candidate& candidate : settings_.candidates) {
      if (candidate.options.spelling == made_by || candidate.rule == nullptr) continue;
      if (std::ranges::all_of(tried, [&](const CheckedFile* file) {
            const Picture picture = read_picture(root_ / file->path);
            return !explain(*file, picture.pixels, {&candidate, 1}).explanation.rule.empty();
          })) {
        alike.push_back(candidate.options.spelling);
      }
    }
    return alike;
  }

 private:
  void inspect(CheckedFile& file) {
    const fs::path path = root_ / file.path;
    std::error_code error;
    if (!fs::exists(path, error)) {
      file.finding =
          finding("missing", root_, file,
                  {.what = "a file of the set is missing",
                   .expected = file.composite != nullptr ? to_string(file.composite->size)
                                                         : std::string{"the file"},
                   .found = "no such file",
                   .fix = "compose the set again: what is there is kept"});
      return;
    }
    Picture picture;
    try {
      picture = read_picture(path);
    } catch (const Error& unreadable) {
      file.finding = finding("unreadable", root_, file, unreadable.parts());
      return;
    }
    const std::string& rule = settings_.candidates.front().options.spelling;
    if (!file.expected.empty() && set_file_digest(file.path, picture.pixels) == file.expected) {
      if (file.composite != nullptr) confirm(file, picture.pixels);
      return;
    }
    if (!file.made_of && file.composite == nullptr) {
      file.finding =
          finding("changed", root_, file,
                  {.what = "a file differs from the receipt",
                   .expected = fmt::format("pixels of sha256 {}", file.expected),
                   .found = fmt::format("{}, other pixels", to_string(picture.pixels.size())),
                   .fix = "compose the set again"});
      return;
    }
    const Explanation explanation = explain(file, picture.pixels, settings_.candidates).explanation;
    file.made_by = explanation.rule;
    if (file.expected.empty() && explanation.rule == rule) return;
    file.finding = changed_composite(root_, file, picture.pixels.size(), explanation, rule);
  }

  /// A composite as its receipt has it: does the rule of the receipt make it, too?
  void confirm(CheckedFile& file, PixelView<Rgb<std::uint8_t>> image) {
    Remade remade;
    if (settings_.remakes) remade = explain(file, image, settings_.candidates);
    file.recorded = !remade.of_recorded_inputs;
    if (file.recorded) return;
    file.made_by = remade.explanation.rule;
    file.contradicts = file.made_by != settings_.candidates.front().options.spelling;
  }

  struct Remade {
    Explanation explanation{};
    bool of_recorded_inputs{};  ///< the inputs are those that the receipt names
  };

  [[nodiscard]] Remade explain(const CheckedFile& file, PixelView<Rgb<std::uint8_t>> image,
                               std::span<const Candidate> candidates) {
    if (!file.made_of) return {};
    try {
      const auto material = materials_.get(*file.made_of);
      const OwnPictures own = read_own_pictures(*file.made_of);
      return {explain_pixels(image, ingredients_of(*file.made_of, *material, own),
                             composite_stream(settings_.seed, file.made_of->index), candidates),
              file.composite != nullptr && is_made_of(*file.composite, *material, own)};
    } catch (const Error&) {
      return {};  // the account of the inputs says why
    }
  }

  static constexpr std::size_t kTried = 5;

  fs::path root_;
  const VerifySettings& settings_;
  MaterialCache materials_;
};

/// Images in the folders that are none of the files: a warning in a folder that the set does not
/// have itself, since published trimaps may have been laid there.
void report_extra_files(const fs::path& root, const std::vector<CheckedFile>& files,
                        const std::set<std::string>& folders, std::vector<Finding>& findings) {
  std::set<std::string> named, own_folders;
  for (const CheckedFile& file : files) {
    named.insert(file.path);
    own_folders.insert(fs::path{file.path}.parent_path().generic_string());
  }
  for (const std::string& folder : folders) {
    std::set<std::string> extra;
    std::error_code error;
    for (fs::directory_iterator file{root / folder, error};
         !error && file != fs::directory_iterator{}; file.increment(error)) {
      const std::string name = file->path().filename().string();
      const std::string path = folder.empty() ? name : folder + "/" + name;
      if (!name.starts_with('.') && has_image_extension(name) && !named.contains(path)) {
        extra.insert(path);
      }
    }
    for (const std::string& path : extra) {
      findings.push_back(finding("extra", root, {.path = path},
                                 {.what = "an image is no file of the set",
                                  .expected = "the files of the set alone",
                                  .fix = "move it elsewhere"}));
      if (!own_folders.contains(folder)) {
        findings.back().problem.severity = Severity::warning;
      }
    }
  }
}

/// Counts and findings of all files.
Verification account(const std::vector<CheckedFile>& files, const VerifySettings& settings) {
  Verification result{.files = files.size()};
  for (const Candidate& candidate : settings.candidates) {
    result.made_by.emplace_back(candidate.options.spelling, 0);
  }
  for (const CheckedFile& file : files) {
    if (file.finding) result.findings.push_back(*file.finding);
    if (!file.made_of && file.composite == nullptr) continue;
    ++result.composites;
    if (file.recorded) {
      ++result.recorded;
      continue;
    }
    const auto rule = std::ranges::find(result.made_by, file.made_by,
                                        &std::pair<std::string, std::size_t>::first);
    if (rule != result.made_by.end()) {
      ++rule->second;
    } else if (file.contradicts || (file.finding && file.finding->problem.code == "changed")) {
      ++result.unexplained;
    } else {
      ++result.absent;
    }
  }
  std::erase_if(result.made_by, [&](const auto& entry) {
    return entry.second == 0 &&
           (result.recorded > 0 || entry.first != settings.candidates.front().options.spelling);
  });
  return result;
}

/// What a receipt says of itself that is not so.
void judge_receipt(const fs::path& folder, const Receipt& receipt,
                   const std::vector<CheckedFile>& files, std::vector<Finding>& findings) {
  const std::string where = (folder / kReceiptName).string();
  const auto add = [&](std::string code, Severity severity, ErrorParts parts) {
    parts.where = where;
    findings.push_back({.problem = {.code = std::move(code),
                                    .parts = std::move(parts),
                                    .severity = severity,
                                    .file = folder / kReceiptName},
                        .path = std::string{kReceiptName}});
  };
  const auto contradicts = std::ranges::count(files, true, &CheckedFile::contradicts);
  if (contradicts > 0) {
    const auto first = std::ranges::find(files, true, &CheckedFile::contradicts);
    add("receipt", Severity::error,
        {.what = "the receipt's rule, options and seed do not make the composites that it has",
         .expected =
             fmt::format("the pixels of rule '{}', seed {}", receipt.rule.spelling, receipt.seed),
         .found = fmt::format("{} of {} composites with other pixels, first {}: {}", contradicts,
                              receipt.rows.size(), first->composite->output,
                              first->made_by.empty()
                                  ? std::string{"no known rule makes it"}
                                  : fmt::format("exactly what rule '{}' makes", first->made_by)),
         .fix = "the receipt was edited, or written by a faulty program: compose the set anew "
                "with --fresh"});
  }
  if (receipt.rows.size() != receipt.planned) {
    add("unfinished", Severity::note,
        {.what = "the set is a part of the planned one, as --limit makes it",
         .expected = fmt::format("{} composites", receipt.planned),
         .found = fmt::format("{} composites", receipt.rows.size()),
         .fix = "for the whole set, give the compose command without --limit"});
    return;
  }
  std::vector<Pair> pairs;
  for (const ReceiptRow& row : receipt.rows) {
    pairs.push_back({.foreground = row.foreground.name,
                     .background = row.background.name,
                     .output = row.output});
  }
  const std::string found = pairs_sha256(pairs);
  if (found == receipt.pairs_sha256) return;
  add("receipt", Severity::error,
      {.what = "the composites of the receipt are not the pairs that it was planned for",
       .expected = fmt::format("pairs of sha256 {}", receipt.pairs_sha256),
       .found = fmt::format("pairs of sha256 {}", found),
       .fix = "the receipt was edited, or written by a faulty program: compose the set anew with "
              "--fresh"});
}

/// Inspects the files and names what else makes the same pixels.
Verification inspect_all(const fs::path& root, std::vector<CheckedFile>& files,
                         const VerifySettings& settings) {
  Inspector inspector{root, settings};
  inspector.inspect(files);
  Verification result = account(files, settings);
  for (const auto& [rule, composites] : result.made_by) {
    if (composites == 0 || inspector.is_interrupted()) continue;
    std::vector<std::string> alike = inspector.rules_like(rule, files);
    if (!alike.empty()) result.same_pixels.emplace(rule, std::move(alike));
  }
  result.interrupted = inspector.is_interrupted();
  return result;
}

}  // namespace

Verification verify_receipt(const fs::path& folder, const Receipt& receipt,
                            const VerifySettings& settings) {
  const ReceiptInputs inputs{receipt.folders};
  std::vector<CheckedFile> files;
  std::set<std::string_view> seen;
  for (const ReceiptRow& row : receipt.rows) {
    for (const OutputFile& file : row.files) {
      if (!seen.insert(file.path).second) continue;
      CheckedFile checked{.path = file.path, .expected = file.pixels};
      if (&file == &row.files.front()) {
        checked.composite = &row;
        checked.made_of = inputs.find(row);
      }
      files.push_back(std::move(checked));
    }
  }
  Verification result = inspect_all(folder, files, settings);
  if (result.interrupted) return result;
  result.recorded_rule = receipt.rule.spelling;
  report_extra_files(folder, files, {kSetFolders.begin(), kSetFolders.end()}, result.findings);
  judge_receipt(folder, receipt, files, result.findings);
  for (Finding& finding : inputs.compare(receipt, settings.threads, settings.interrupted)) {
    result.findings.push_back(std::move(finding));
  }
  result.interrupted = settings.interrupted != nullptr && settings.interrupted->load();
  return result;
}

Verification verify_plan(const fs::path& folder, const Plan& plan, const VerifySettings& settings) {
  const bool has_merged = is_folder(folder / "merged");
  std::vector<CheckedFile> files;
  for (const PlannedComposite& composite : plan.composites) {
    files.push_back({.path = has_merged ? "merged/" + composite.output : composite.output,
                     .made_of = composite});
  }
  Verification result = inspect_all(folder, files, settings);
  report_extra_files(folder, files, {has_merged ? "merged" : ""}, result.findings);
  return result;
}

}  // namespace mbench::datasets::compose
