#include <optional>
#include <string>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "datasets/compose/box_blur.hpp"
#include "datasets/compose/rssn.hpp"
#include "selftest/compose_parts.hpp"
#include "selftest/difference.hpp"

namespace mbench::selftest {
namespace {

using datasets::compose::ExactColours;
using datasets::compose::Overflow;

constexpr Bound kEqual{};
/// Of numbers in 0 ... 255: the original works in single precision in places.
constexpr Bound kSinglePrecision{.absolute = 1e-3};
/// Where a number lies next to an integer, truncation decides by the last digit.
constexpr Bound kOneLevel{.absolute = 1.0};
constexpr Bound kOnePerMille{.absolute = 1e-3};

struct RssnCase {
  std::string name{};
  std::optional<int> box{};  ///< that blurs the background
  bool has_noise{};
};

bool has_rssn(const References& references, std::string_view prefix) {
  if (!references.has(fmt::format("{}manifest.json", prefix))) return false;
  for (const std::string& name : references.folders_in(folder_of(prefix))) {
    if (references.has(fmt::format("{}{}/bg_resized.npy", prefix, name))) return true;
  }
  return false;
}

std::vector<RssnCase> read_cases(const References& references, std::string_view prefix) {
  const std::string file = fmt::format("{}manifest.json", prefix);
  const std::vector<std::byte> bytes = references.read(file);
  try {
    std::vector<RssnCase> cases;
    const auto* const begin = reinterpret_cast<const char*>(bytes.data());
    for (const auto& entry : nlohmann::json::parse(begin, begin + bytes.size())) {
      RssnCase rssn{.name = entry.at("case").get<std::string>()};
      if (const auto& box = entry.at("blur_kernel"); !box.is_null()) rssn.box = box.get<int>();
      rssn.has_noise = entry.value("noise", false);
      cases.push_back(std::move(rssn));
    }
    return cases;
  } catch (const nlohmann::json::exception& error) {
    throw Error{ErrorKind::bad_input,
                {.what = "the list of RSSN composites is damaged",
                 .where = references.place(file),
                 .expected = R"(a JSON list of {"case": ..., "blur_kernel": number or null})",
                 .found = error.what()}};
  }
}

struct RssnRows {
  Comparison resized{"rssn", "resize", Reference::program, kSinglePrecision};
  Comparison blurred{"rssn", "blur", Reference::program, kSinglePrecision};
  Comparison composed{"rssn", "composite", Reference::program, kOneLevel};
  Comparison composed_share{"rssn", "composite, share", Reference::program, kOnePerMille};
  Comparison wrapped{"rssn", "noise, wrap", Reference::program, kEqual};
  Comparison clamped{"rssn", "noise, clamp", Reference::program, kEqual};
};

void compare(const References& references, const std::string& folder, const RssnCase& rssn,
             RssnRows& rows) {
  const auto foreground = read_colours(references, folder + "fg.png");
  const auto alpha = read_colours(references, folder + "alpha.png");
  ExactColours background =
      datasets::compose::resized_background(read_colours(references, folder + "bg.png"),
                                            foreground.size(), imaging::ResizeRule::skimage019);
  add_largest(rows.resized, rssn.name,
              difference(read_colour_array(references, folder + "bg_resized.npy"), background));
  if (rssn.box) {
    background = datasets::compose::box_blur(background, *rssn.box);
    add_largest(rows.blurred, rssn.name,
                difference(read_colour_array(references, folder + "bg_blurred.npy"), background));
  }
  const auto expected = read_colours(references, folder + "composite.png");
  const Difference composed =
      difference(expected, datasets::compose::blend_rssn(foreground, alpha, background));
  add_largest(rows.composed, rssn.name, composed);
  add_share(rows.composed_share, rssn.name, composed);
  if (!references.has(folder + "noise.npy")) {
    if (!rssn.has_noise) return;
    add_missing(rows.wrapped, rssn.name, folder + "noise.npy");
    add_missing(rows.clamped, rssn.name, folder + "noise.npy");
    return;
  }
  const ExactColours noise = read_colour_array(references, folder + "noise.npy");
  const auto add = [&](Comparison& row, const std::string& file, Overflow overflow) {
    add_largest(row, rssn.name,
                difference(read_colours(references, folder + file),
                           datasets::compose::add_noise(expected.view(), noise, overflow)));
  };
  add(rows.wrapped, "composite_public_wrap.png", Overflow::wrap);
  add(rows.clamped, "composite_noise_clamped.png", Overflow::clamp);
}

std::vector<Row> rssn_rows(const References& references, std::string_view prefix) {
  RssnRows rows;
  for (const RssnCase& rssn : read_cases(references, prefix)) {
    const std::string folder = fmt::format("{}{}/", prefix, rssn.name);
    try {
      compare(references, folder, rssn, rows);
    } catch (const Error& error) {
      if (!error.parts().where.empty()) throw;
      throw error.at(references.place(folder));
    }
  }
  std::vector<Row> result;
  for (const Comparison* row : {&rows.resized, &rows.blurred, &rows.composed, &rows.composed_share,
                                &rows.wrapped, &rows.clamped}) {
    result.push_back(row->row());
  }
  return result;
}

}  // namespace

constinit const ComposePart rssn_part{.folder = "rssn", .recognises = has_rssn, .rows = rssn_rows};

}  // namespace mbench::selftest
