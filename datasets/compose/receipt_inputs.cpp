#include "datasets/compose/receipt_inputs.hpp"

#include <set>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/path_kind.hpp"
#include "core/sha256.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;

/// One file of a receipt.
struct ReceiptInputs::Checked {
  const Kind* kind{};
  const InputFile* file{};
  std::optional<Finding> finding{};
};

ReceiptInputs::ReceiptInputs(const SourceFolders& folders)
    : foregrounds_{make_kind(folders.foregrounds, "foregrounds")},
      alphas_{make_kind(folders.alphas, "mattes")},
      backgrounds_{make_kind(folders.backgrounds, "backgrounds")},
      denoised_foregrounds_{make_kind(folders.denoised_foregrounds, "denoised foregrounds")},
      denoised_backgrounds_{make_kind(folders.denoised_backgrounds, "denoised backgrounds")} {}

ReceiptInputs::Kind ReceiptInputs::make_kind(const std::vector<fs::path>& folders,
                                             std::string noun) {
  Kind kind{.noun = std::move(noun)};
  bool all_there = !folders.empty();
  for (const fs::path& folder : folders) {
    kind.places += (kind.places.empty() ? "" : ", ") + folder.string();
    all_there = all_there && is_folder(folder);
  }
  if (all_there) kind.files.emplace(folders, kind.noun);
  return kind;
}

std::optional<fs::path> ReceiptInputs::find(const Kind& kind, const InputFile& file) {
  return kind.files ? kind.files->find(file.name) : std::nullopt;
}

const ReceiptInputs::Kind& ReceiptInputs::kind_of(Extra extra) const {
  switch (extra) {
    case Extra::denoised_foreground: return denoised_foregrounds_;
    case Extra::denoised_background: return denoised_backgrounds_;
    case Extra::second_foreground: return foregrounds_;
    case Extra::second_alpha: break;
  }
  return alphas_;
}

std::optional<PlannedComposite> ReceiptInputs::find(const ReceiptRow& row) const {
  const auto foreground = find(foregrounds_, row.foreground);
  const auto alpha = find(alphas_, row.alpha);
  const auto background = find(backgrounds_, row.background);
  if (!foreground || !alpha || !background) return std::nullopt;
  PlannedComposite composite{.index = row.index,
                             .output = row.output,
                             .size = row.size,
                             .foreground = *foreground,
                             .alpha = *alpha,
                             .background = *background,
                             .type = row.type};
  for (const auto& [extra, input] : row.extras) {
    const auto file = find(kind_of(extra), input);
    if (!file) return std::nullopt;
    composite.extras.push_back({extra, input.name, *file});
  }
  return composite;
}

std::vector<Finding> ReceiptInputs::compare(const Receipt& receipt, int threads,
                                            const std::atomic<bool>* interrupted) const {
  std::vector<Finding> findings;
  std::vector<Checked> files;
  std::set<std::pair<const Kind*, std::string_view>> seen;
  const auto collect = [&](const Kind& kind, const InputFile& file) {
    if (kind.files && seen.emplace(&kind, file.name).second) files.push_back({&kind, &file});
  };
  for (const ReceiptRow& row : receipt.rows) {
    collect(foregrounds_, row.foreground);
    collect(alphas_, row.alpha);
    collect(backgrounds_, row.background);
    for (const auto& [extra, file] : row.extras) collect(kind_of(extra), file);
  }
  parallel_for(files.size(), threads, [&](std::size_t i) {
    if (interrupted == nullptr || !interrupted->load()) check(files[i]);
  });
  for (const Checked& file : files) {
    if (file.finding) findings.push_back(*file.finding);
  }
  for (const Kind* kind :
       {&foregrounds_, &alphas_, &backgrounds_, &denoised_foregrounds_, &denoised_backgrounds_}) {
    if (kind->files || kind->places.empty()) continue;
    findings.push_back(
        {.problem = {.code = "inputs-absent",
                     .parts = {.what = fmt::format("the {} are not there, so that nothing can be "
                                                   "said of them",
                                                   kind->noun),
                               .where = kind->places},
                     .severity = Severity::note},
         .path = kind->places});
  }
  return findings;
}

void ReceiptInputs::check(Checked& checked) {
  const auto path = find(*checked.kind, *checked.file);
  const std::string where = path ? path->string() : checked.kind->places;
  std::string found = "no such file";
  if (path) {
    try {
      const std::string digest = sha256_file(*path);
      if (digest == checked.file->sha256) return;
      found = fmt::format("sha256 {}", digest);
    } catch (const Error& error) {
      found = error.parts().found;
    }
  }
  checked.finding =
      Finding{.problem = {.code = path ? "input-changed" : "input-missing",
                          .parts = {.what = path ? "a file that the set was made from has changed"
                                                 : "a file that the set was made from is gone",
                                    .where = where,
                                    .expected = fmt::format("{}, sha256 {}", checked.file->name,
                                                            checked.file->sha256),
                                    .found = found},
                          .severity = Severity::warning,  // the set itself is none the worse for it
                          .file = path.value_or(fs::path{})},
              .path = path ? path->string() : checked.file->name};
}

}  // namespace mbench::datasets::compose
