#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/size.hpp"
#include "datasets/compose/extras.hpp"
#include "datasets/compose/pairs.hpp"
#include "datasets/compose/rule.hpp"
#include "datasets/compose/sources.hpp"
#include "datasets/made_by.hpp"
#include "datasets/made_folder.hpp"
#include "imaging/trimap_rules.hpp"

namespace mbench::datasets::compose {

/// The receipt of a composed set lies in its folder; so do the rows of one that is being made.
inline constexpr std::string_view kReceiptName = "mbench.composition.json";
inline constexpr std::string_view kRowsName = "mbench.composition.rows.jsonl";
/// The folders of images that a set may have.
inline constexpr std::array<std::string_view, 5> kSetFolders{"merged", "alpha", "trimaps", "fg",
                                                             "bg"};
inline constexpr std::string_view kReceiptSchema = "mbench.composition/1";
inline constexpr std::string_view kRowsSchema = "mbench.composition.rows/1";
inline constexpr MadeFolderFiles kFolderFiles{kReceiptName, kRowsName, kRowsSchema};

using datasets::UsedRule;

/// A file that a composite was made of.
struct InputFile {
  std::string name{};
  std::string sha256{};  ///< of the file's bytes
  friend bool operator==(const InputFile&, const InputFile&) = default;
};

/// A file of the set.
struct OutputFile {
  std::string path{};    ///< relative to the set: "merged/girl_0.png"
  std::string pixels{};  ///< pixel_digest()
  friend bool operator==(const OutputFile&, const OutputFile&) = default;
};

/// One composite.
struct ReceiptRow {
  std::size_t index{};
  std::string output{};
  Size size{};
  InputFile foreground{}, alpha{}, background{};
  std::vector<std::pair<Extra, InputFile>> extras{};  ///< what the rule was given besides
  std::optional<imaging::ImageType> type{};           ///< of the foreground, where it is known
  Particulars particulars{};                          ///< what the rule drew or computed
  std::vector<OutputFile> files{};  ///< the composite first; files that rows share stand in each
  friend bool operator==(const ReceiptRow&, const ReceiptRow&) = default;
};

/// Everything that decides the pixels, but for the input files.
struct Receipt {
  Tool tool{};
  UsedRule rule{};
  std::uint64_t seed{};
  std::optional<UsedRule> foreground{};  ///< how foregrounds were estimated anew, if they were
  std::optional<UsedRule> trimap{};
  bool saves_foregrounds{}, saves_backgrounds{};
  std::string pairing{};  ///< where the pairs come from
  Pairing order{Pairing::in_order};
  int copies{};                ///< 0 where a list of pairs says it all
  std::size_t planned{};       ///< number of all pairs, also where only the first were made
  std::string pairs_sha256{};  ///< of all pairs
  SourceFolders folders{};     ///< absolute
  std::vector<ReceiptRow> rows{};
};

/// What two runs must share to work on one set: all of the above but tool, folders and rows.
[[nodiscard]] std::string identity(const Receipt& receipt);

/// The receipt as JSON text, one row per line; equal receipts are equal bytes.
[[nodiscard]] std::string to_json(const Receipt& receipt);

/// Reads what to_json() wrote; `file` stands in messages. Throws bad_input naming the key, what is
/// expected there and what was found: not JSON, another schema, missing, unknown or repeated keys,
/// wrong types, digests and paths that are none, composites and files that occur twice or
/// contradict each other.
[[nodiscard]] Receipt parse_receipt(std::string_view text, std::string_view file);

[[nodiscard]] Receipt read_receipt(const std::filesystem::path& folder);
[[nodiscard]] bool has_receipt(const std::filesystem::path& folder);

/// One row, on one line without the line feed.
[[nodiscard]] std::string to_json_line(const ReceiptRow& row);
/// Reads what to_json_line() wrote.
[[nodiscard]] ReceiptRow read_row(const JsonNode& node);

/// "in-order" or "shuffled".
[[nodiscard]] std::string_view to_string(Pairing order);
[[nodiscard]] std::optional<Pairing> parse_pairing(std::string_view text);

}  // namespace mbench::datasets::compose
