#include <algorithm>
#include <array>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "core/registry.hpp"
#include "selftest/family.hpp"

namespace mbench::selftest {
namespace {

// The only list of families, in the order in which they run.
constexpr std::array<const Family*, 5> kFamilies{&metrics_family, &trimap_family, &compose_family,
                                                 &baselines_family, &models_family};

Report report_on(const Family& family, const Proof& proof, const References& references,
                 const Settings& settings) {
  return {.family = std::string{family.id},
          .title = std::string{family.title},
          .references = references.place(""),
          .rows = proof.run(references, settings)};
}

/// "golden.json (form golden: metric values and their images)", each form once.
std::string known_forms(std::span<const Family* const> families) {
  std::vector<std::string> texts;
  for (const Family* family : families) {
    for (const Proof& proof : family->proofs) {
      const Form& form = *proof.form;
      std::string text = fmt::format("{} (form {}: {})", form.marker, form.id, form.description);
      if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
    }
  }
  return fmt::format("{}", fmt::join(texts, ", or "));
}

bool is_built_in(const Proof& proof) { return proof.form->embedded != nullptr; }

std::string describe_content(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator{folder, none}) {
    names.push_back(entry.path().filename().string());
  }
  if (names.empty()) return "an empty folder";
  std::ranges::sort(names);
  constexpr std::size_t kShown = 6;
  const std::size_t more = names.size() > kShown ? names.size() - kShown : 0;
  names.resize(std::min(names.size(), kShown));
  return more == 0 ? fmt::format("{}", fmt::join(names, ", "))
                   : fmt::format("{} and {} more", fmt::join(names, ", "), more);
}

}  // namespace

constinit const Form golden_form{
    .id = "golden",
    .marker = "golden.json",
    .description = "metric values with their images",
    .recognises = [](const References& references) { return references.has("golden.json"); },
    .embedded = embedded_golden};

std::span<const Family* const> all_families() { return kFamilies; }

const Family& find_family(std::string_view id) {
  const auto family = std::ranges::find(kFamilies, id, &Family::id);
  if (family != kFamilies.end()) return **family;
  std::vector<std::string_view> ids;
  for (const Family* entry : kFamilies) ids.push_back(entry->id);
  const std::string nearest = nearest_name(id, ids);
  throw Error{ErrorKind::usage,
              {.what = fmt::format("unknown self-test '{}'", id),
               .expected = fmt::format("one of: {}", fmt::join(ids, ", ")),
               .fix = nearest.empty() ? std::string{"without a name all are run"}
                                      : fmt::format("did you mean '{}'?", nearest)}};
}

std::vector<const Family*> built_in(std::span<const Family* const> families) {
  std::vector<const Family*> found;
  for (const Family* family : families) {
    if (std::ranges::any_of(family->proofs, is_built_in)) found.push_back(family);
  }
  if (!found.empty()) return found;
  throw Error{ErrorKind::usage,
              {.what = "these references are not built in",
               .expected = fmt::format("--golden DIR with {}", known_forms(families)),
               .fix = "name the folder of references with --golden"}};
}

void require_comparisons(const std::vector<Report>& reports) {
  const Totals sum = totals(reports);
  if (sum.compared > 0) return;
  std::vector<std::string> families;
  for (const Report& report : reports) families.push_back(report.family);
  throw Error{ErrorKind::bad_input,
              {.what = "nothing was compared, so nothing is proved",
               .where = reports.empty() ? std::string{} : reports.front().references,
               .expected = fmt::format("reference values for: {}", fmt::join(families, ", ")),
               .found = fmt::format("no comparison; {} not known to this build, {} excluded",
                                    sum.not_known, sum.left_out),
               .fix = "see the rows of the table, or name another folder by --golden"}};
}

std::vector<Report> run(std::span<const Family* const> families, const Settings& settings) {
  std::vector<Report> reports;
  for (const Family* family : families) {
    for (const Proof& proof : family->proofs) {
      if (!is_built_in(proof)) continue;
      const auto references = open_embedded(proof.form->embedded());
      reports.push_back(report_on(*family, proof, *references, settings));
    }
  }
  return reports;
}

std::vector<Report> run_on_folder(std::span<const Family* const> families,
                                  const std::filesystem::path& folder, const Settings& settings) {
  const auto references = open_folder(folder);
  std::vector<Report> reports;
  for (const Family* family : families) {
    for (const Proof& proof : family->proofs) {
      if (!proof.form->recognises(*references)) continue;
      reports.push_back(report_on(*family, proof, *references, settings));
    }
  }
  if (!reports.empty()) return reports;
  throw Error{ErrorKind::bad_input,
              {.what = "the folder has no form of references that this build knows",
               .where = folder.string(),
               .expected = known_forms(families),
               .found = describe_content(folder),
               .fix = "name the folder that holds the file itself, not one above or below it"}};
}

}  // namespace mbench::selftest
