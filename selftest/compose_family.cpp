#include <array>
#include <string>

#include <fmt/core.h>

#include "selftest/compose_parts.hpp"
#include "selftest/family.hpp"

namespace mbench::selftest {
namespace {

// The only list of parts, in the order of the report.
constexpr std::array kParts{&composites_part, &resize_part, &rssn_part, &refined_part};

/// Calls use(part, prefix) for each part that is there.
template <typename Use>
void for_each_part(const References& references, Use use) {
  for (const ComposePart* part : kParts) {
    for (const std::string& prefix : {std::string{}, fmt::format("{}/", part->folder)}) {
      if (part->recognises(references, prefix)) use(*part, prefix);
    }
  }
}

bool has_any_part(const References& references) {
  bool found = false;
  for_each_part(references, [&](const ComposePart&, const std::string&) { found = true; });
  return found;
}

std::vector<Row> run_compose(const References& references, const Settings&) {
  std::vector<Row> rows;
  for_each_part(references, [&](const ComposePart& part, const std::string& prefix) {
    for (Row& row : part.rows(references, prefix)) rows.push_back(std::move(row));
  });
  return rows;
}

constexpr std::array kComposeProofs{Proof{&compose_form, run_compose}};

}  // namespace

std::string folder_of(std::string_view prefix) {
  return std::string{prefix.substr(0, prefix.empty() ? 0 : prefix.size() - 1)};
}

constinit const Form compose_form{
    .id = "compose",
    .marker = "comp1k/manifest.json",
    .description =
        "composites, resized images and refined foregrounds of the published programs, or "
        "one of its folders",
    .recognises = has_any_part,
    .embedded = embedded_compose};

constinit const Family compose_family{.id = "compose",
                                      .title = "Composites against the published programs",
                                      .proofs = kComposeProofs};

}  // namespace mbench::selftest
