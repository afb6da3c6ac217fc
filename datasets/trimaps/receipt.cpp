#include "datasets/trimaps/receipt.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/json_reader.hpp"
#include "datasets/receipt_parts.hpp"

namespace mbench::datasets::trimaps {
namespace {

using Json = nlohmann::ordered_json;

Json row_json(const ReceiptRow& row) {
  return {{"id", row.id},
          {"alpha", {{"file", row.alpha}, {"sha256", row.alpha_sha256}}},
          {"type", row.type.empty() ? Json{} : Json(row.type)},
          {"made_by", row.made_by},
          {"width", row.size.width},
          {"height", row.size.height},
          {"pixels", row.pixels}};
}

/// The stem of a file in the folder: nothing that leads out of it.
std::string read_id(const JsonNode& node) {
  std::string text = node.text();
  if (text.empty() || text.front() == '.' || text.find('/') != std::string::npos) {
    node.fail("the stem of a file");
  }
  return text;
}

}  // namespace

std::string identity(const Receipt& receipt) {
  return fmt::format("{}, version {}, seed {}", receipt.rule.spelling, receipt.rule.version,
                     receipt.seed);
}

std::string to_json(const Receipt& receipt) {
  std::string text = fmt::format(
      "{{\n\"schema\": {},\n\"tool\": {},\n\"rule\": {},\n\"seed\": {},\n\"rows\": [",
      dump(kReceiptSchema), dump(json_of(receipt.tool)), dump(json_of(receipt.rule)), receipt.seed);
  const char* separator = "\n";
  for (const ReceiptRow& row : receipt.rows) {
    text += separator + to_json_line(row);
    separator = ",\n";
  }
  return text + "\n]\n}\n";
}

Receipt parse_receipt(std::string_view text, std::string_view file) {
  const Json document = parse_json(text, file);
  JsonObject object{JsonNode{document, {file, kReceiptSchema}, ""}};
  require_schema(object, kReceiptSchema);
  Receipt receipt{.tool = read_tool(object.at("tool")), .rule = read_used_rule(object.at("rule"))};
  const JsonNode seed = object.at("seed");
  if (!seed.value().is_number_unsigned()) seed.fail("a whole number from 0 upwards");
  receipt.seed = seed.value().get<std::uint64_t>();
  object.at("rows").for_each_element(
      [&](const JsonNode& row) { receipt.rows.push_back(read_row(row)); });
  object.leave();
  return receipt;
}

std::string to_json_line(const ReceiptRow& row) { return dump(row_json(row)); }

ReceiptRow read_row(const JsonNode& node) {
  JsonObject object{node};
  ReceiptRow row{.id = read_id(object.at("id"))};
  JsonObject alpha{object.at("alpha")};
  row.alpha = alpha.at("file").text();
  row.alpha_sha256 = read_digest(alpha.at("sha256"));
  alpha.leave();
  row.type = object.at("type").text_or_null();
  row.made_by = object.at("made_by").text();
  row.size.width = object.at("width").small_integer();
  row.size.height = object.at("height").small_integer();
  row.pixels = read_digest(object.at("pixels"));
  object.leave();
  return row;
}

}  // namespace mbench::datasets::trimaps
