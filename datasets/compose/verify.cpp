#include "datasets/compose/verify.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <system_error>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/path_kind.hpp"
#include "datasets/compose/inspect.hpp"
#include "datasets/compose/receipt_inputs.hpp"
#include "datasets/roles.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

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
      findings.push_back(file_finding("extra", root, {.path = path},
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

constexpr const char* kEditedReceipt =
    "the receipt was edited, or written by a faulty program: compose the set anew with --fresh";

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
         .fix = kEditedReceipt});
  }
  const auto is_other = [](const CheckedFile& file) { return !file.other_file.empty(); };
  if (const auto first = std::ranges::find_if(files, is_other); first != files.end()) {
    add("receipt", Severity::error,
        {.what = "the receipt's rules, options and seed do not make the mattes, trimaps, "
                 "foregrounds or backgrounds that it has",
         .expected = fmt::format(
             "what rule '{}'{} makes, seed {}", receipt.rule.spelling,
             receipt.trimap ? fmt::format(" with trimap rule '{}'", receipt.trimap->spelling)
                            : std::string{},
             receipt.seed),
         .found = fmt::format("{} of {} composites with another file, first {}",
                              std::ranges::count_if(files, is_other), receipt.rows.size(),
                              first->other_file),
         .fix = kEditedReceipt});
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
       .fix = kEditedReceipt});
}

/// Inspects the files and names what else makes the same pixels.
Verification inspect_all(const fs::path& root, std::vector<CheckedFile>& files,
                         const VerifySettings& settings, KeptFiles kept) {
  Inspector inspector{root, settings, std::move(kept)};
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
  Verification result = inspect_all(folder, files, settings,
                                    {settings.remakes_trimaps ? settings.trimap : std::nullopt,
                                     receipt.saves_foregrounds, receipt.saves_backgrounds});
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
  Verification result = inspect_all(folder, files, settings, {});
  report_extra_files(folder, files, {has_merged ? "merged" : ""}, result.findings);
  return result;
}

}  // namespace mbench::datasets::compose
