#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/size.hpp"
#include "datasets/made_by.hpp"
#include "datasets/made_folder.hpp"

namespace mbench::datasets::trimaps {

/// The receipt of made trimaps lies in their folder; so do the rows of a run that was not finished.
inline constexpr std::string_view kReceiptName = "mbench.trimaps.json";
inline constexpr std::string_view kRowsName = "mbench.trimaps.rows.jsonl";
inline constexpr std::string_view kReceiptSchema = "mbench.trimaps/1";
inline constexpr std::string_view kRowsSchema = "mbench.trimaps.rows/1";
inline constexpr MadeFolderFiles kFolderFiles{kReceiptName, kRowsName, kRowsSchema};

/// One trimap.
struct ReceiptRow {
  std::string id{};            ///< the matte's stem, by which the rule draws
  std::string alpha{};         ///< name of the matte's file
  std::string alpha_sha256{};  ///< of its bytes
  std::string type{};          ///< SO, STM, NS; empty where the rule looks at none
  std::string made_by{};       ///< MadeTrimap::made_by: what was drawn
  Size size{};
  std::string pixels{};  ///< compose::pixel_digest() of the trimap in ID.png
  friend bool operator==(const ReceiptRow&, const ReceiptRow&) = default;
};

/// How the trimaps of a folder were made.
struct Receipt {
  Tool tool{};
  UsedRule rule{};                 ///< as ChosenRule spells it
  std::uint64_t seed{};            ///< 0 for a rule that does not draw
  std::vector<ReceiptRow> rows{};  ///< in byte order of their ids
};

/// What two runs must share to work on one folder: "gfm:k=25, version 1, seed 0".
[[nodiscard]] std::string identity(const Receipt& receipt);

/// As JSON text, one row per line; equal receipts are equal bytes.
[[nodiscard]] std::string to_json(const Receipt& receipt);
/// Reads what to_json() wrote; `file` stands in messages. Throws bad_input naming the key for what
/// is not of that form.
[[nodiscard]] Receipt parse_receipt(std::string_view text, std::string_view file);

/// One row, on one line without the line feed.
[[nodiscard]] std::string to_json_line(const ReceiptRow& row);
/// Reads what to_json_line() wrote.
[[nodiscard]] ReceiptRow read_row(const JsonNode& node);

}  // namespace mbench::datasets::trimaps
