#include "datasets/compose/pairs.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/csv_field.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "core/registry.hpp"
#include "core/sha256.hpp"
#include "datasets/csv.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/roles.hpp"

namespace mbench::datasets::compose {
namespace {

/// Apart from the streams of the composites, which are those of their indices.
constexpr std::uint64_t kShufflingStream = 0x73687566666c6500;

std::string stem_of(const std::string& name) { return std::filesystem::path{name}.stem().string(); }

std::string copy_name(const std::string& foreground, std::size_t copy) {
  return fmt::format("{}_{}.png", stem_of(foreground), copy);
}

void require_count(std::size_t foregrounds, std::size_t backgrounds, const PairingRule& rule) {
  if (rule.copies < 1) {
    throw Error{ErrorKind::usage,
                {.what = "a foreground needs at least one background",
                 .expected = "a number of copies of 1 or more",
                 .found = fmt::format("{}", rule.copies)}};
  }
  const std::size_t needed = foregrounds * static_cast<std::size_t>(rule.copies);
  if (foregrounds == 0) {
    throw Error{ErrorKind::bad_input, {.what = "there is no foreground to compose"}};
  }
  const bool fits =
      rule.surplus == Surplus::allowed ? backgrounds >= needed : backgrounds == needed;
  if (fits) return;
  throw Error{ErrorKind::bad_input,
              {.what = "the backgrounds do not go round",
               .expected = fmt::format("{}{} backgrounds: {} foregrounds times {} copies",
                                       rule.surplus == Surplus::allowed ? "at least " : "", needed,
                                       foregrounds, rule.copies),
               .found = fmt::format("{} backgrounds", backgrounds),
               .fix = backgrounds % foregrounds == 0 && backgrounds > 0
                          ? fmt::format("--copies {} would fit", backgrounds / foregrounds)
                          : std::string{"complete the lists, or choose another --copies"}}};
}

void require_different_outputs(std::span<const Pair> pairs) {
  std::map<std::string_view, const Pair*> named;
  for (const Pair& pair : pairs) {
    const auto [entry, is_new] = named.emplace(pair.output, &pair);
    if (is_new) continue;
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("two composites would be called '{}'", pair.output),
                 .expected = "foregrounds whose stems differ",
                 .found = fmt::format("{} and {}", entry->second->foreground, pair.foreground),
                 .fix = "rename one foreground and its matte, or list each foreground once"}};
  }
}

std::vector<std::size_t> shuffled_order(std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  Random random = Random{seed}.fork(kShufflingStream);
  for (std::size_t i = count; i > 1; --i) {  // Fisher and Yates, from the end
    std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
  }
  return order;
}

/// The columns of a list of pairs; npos where there is none.
struct Columns {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t index{kNone}, fg{kNone}, bg{kNone}, merged{kNone}, width{kNone}, height{kNone};
};

[[noreturn]] void throw_wrong_row(std::size_t row, std::string expected, std::string found,
                                  std::string fix = {}) {
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("row {} of a list of pairs cannot be read", row + 1),
               .expected = std::move(expected),
               .found = std::move(found),
               .fix = std::move(fix)}};
}

constexpr std::array<std::string_view, 6> kColumnNames{"index",  "fg",    "bg",
                                                       "merged", "width", "height"};
constexpr std::array kColumnPlaces{&Columns::index,  &Columns::fg,    &Columns::bg,
                                   &Columns::merged, &Columns::width, &Columns::height};

/// A column of published pairings that says of each composite how large its trimap is.
constexpr std::string_view kPublishedNote = "trimap_unknown_pixels";

Columns find_columns(const CsvRow& head) {
  Columns columns;
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < head.size(); ++i) {
    bool is_known = head[i] == kPublishedNote;
    for (std::size_t k = 0; k < kColumnNames.size(); ++k) {
      if (head[i] != kColumnNames[k]) continue;
      columns.*kColumnPlaces[k] = i;
      is_known = true;
    }
    if (!is_known) unknown.push_back(head[i]);
  }
  if (columns.fg == Columns::kNone || columns.bg == Columns::kNone) {
    throw_wrong_row(0,
                    "a first line with the columns fg and bg, and perhaps index, merged, "
                    "width, height",
                    head.empty() ? "nothing" : fmt::format("'{}' first", head.front()));
  }
  if (!unknown.empty()) {
    const std::string nearest =
        nearest_name(unknown.front(), {kColumnNames.begin(), kColumnNames.end()});
    throw_wrong_row(
        0, fmt::format("no columns but {}", fmt::join(kColumnNames, ", ")),
        fmt::format("'{}'", unknown.front()),
        nearest.empty() ? "leave the column out" : fmt::format("did you mean '{}'?", nearest));
  }
  if ((columns.width == Columns::kNone) != (columns.height == Columns::kNone)) {
    throw_wrong_row(0, "both width and height, or neither",
                    columns.width == Columns::kNone ? "height alone" : "width alone");
  }
  return columns;
}

std::string image_name(const std::string& field, std::size_t row) {
  if (!has_image_extension(field) || !stays_inside(field)) {
    throw_wrong_row(row, "the name of an image file", fmt::format("'{}'", field));
  }
  return field;
}

std::string output_name(const std::string& field, std::size_t row) {
  if (!field.ends_with(".png") || field.find('/') != std::string::npos || field.size() < 5 ||
      field.starts_with('.')) {
    throw_wrong_row(row, "a file name that ends in .png, for the composite",
                    fmt::format("'{}'", field));
  }
  return field;
}

}  // namespace

std::vector<Pair> make_pairs(std::span<const std::string> foregrounds,
                             std::span<const std::string> backgrounds, const PairingRule& rule) {
  require_count(foregrounds.size(), backgrounds.size(), rule);
  const auto copies = static_cast<std::size_t>(rule.copies);
  const std::vector<std::size_t> order = rule.order == Pairing::shuffled
                                             ? shuffled_order(backgrounds.size(), rule.seed)
                                             : std::vector<std::size_t>{};
  std::vector<Pair> pairs;
  pairs.reserve(foregrounds.size() * copies);
  for (std::size_t i = 0; i < foregrounds.size(); ++i) {
    for (std::size_t k = 0; k < copies; ++k) {
      const std::size_t walk = i * copies + k;
      const std::size_t line = order.empty() ? walk : order[walk];
      pairs.push_back({.foreground = foregrounds[i],
                       .background = backgrounds[line],
                       .output = rule.names == OutputNames::stem_copy
                                     ? copy_name(foregrounds[i], k)
                                     : fmt::format("{}_{}.png", i, line)});
    }
  }
  require_different_outputs(pairs);
  return pairs;
}

std::vector<Pair> parse_pairs(std::string_view csv) {
  const std::vector<CsvRow> rows = parse_csv(csv);
  const Columns columns = find_columns(rows.empty() ? CsvRow{} : rows.front());
  std::vector<Pair> pairs;
  std::map<std::string, std::size_t> copies;
  for (std::size_t row = 1; row < rows.size(); ++row) {
    const CsvRow& fields = rows[row];
    if (fields.size() == 1 && fields.front().empty()) continue;
    if (fields.size() != rows.front().size()) {
      throw_wrong_row(row, fmt::format("{} fields", rows.front().size()),
                      fmt::format("{}", fields.size()));
    }
    const std::string index = fmt::format("{}", pairs.size());
    if (columns.index != Columns::kNone && fields[columns.index] != index) {
      throw_wrong_row(row, fmt::format("index {}", index),
                      fmt::format("'{}'", fields[columns.index]));
    }
    Pair pair{.foreground = image_name(fields[columns.fg], row),
              .background = image_name(fields[columns.bg], row)};
    const std::size_t copy = copies[pair.foreground]++;
    pair.output = columns.merged == Columns::kNone ? copy_name(pair.foreground, copy)
                                                   : output_name(fields[columns.merged], row);
    if (columns.width != Columns::kNone && columns.height != Columns::kNone) {
      const std::string size = fields[columns.width] + "x" + fields[columns.height];
      try {
        pair.size = parse_size(size);
      } catch (const Error&) {
        throw_wrong_row(row, "width and height in pixels", fmt::format("'{}'", size));
      }
    }
    pairs.push_back(std::move(pair));
  }
  if (pairs.empty()) throw_wrong_row(rows.size(), "at least one pair", "none");
  require_different_outputs(pairs);
  return pairs;
}

std::string shared_stem(std::string_view output) {
  const std::string stem = stem_of(std::string{output});
  const auto digits = stem.find_last_not_of("0123456789") + 1;
  if (digits < 2 || digits == stem.size() || stem[digits - 1] != '_') return {};
  return stem.substr(0, digits - 1);
}

std::string pairs_sha256(std::span<const Pair> pairs) {
  Sha256 digest;
  for (const Pair& pair : pairs) {
    digest.update(fmt::format("{},{},{}\n", csv_field(pair.foreground), csv_field(pair.background),
                              csv_field(pair.output)));
  }
  return digest.hex_digest();
}

}  // namespace mbench::datasets::compose
