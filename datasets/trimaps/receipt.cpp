#include "datasets/trimaps/receipt.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/json_reader.hpp"
#include "core/text_file.hpp"

namespace mbench::datasets::trimaps {
namespace {

using Json = nlohmann::ordered_json;

/// File names need not be UTF-8; what is none of it is replaced, for people to read.
std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json rule_json(const Receipt& receipt) {
  return {{"spelling", receipt.rule}, {"version", receipt.rule_version}};
}

Json row_json(const ReceiptRow& row) {
  return {{"id", row.id},
          {"alpha", {{"file", row.alpha}, {"sha256", row.alpha_sha256}}},
          {"type", row.type.empty() ? Json{} : Json(row.type)},
          {"made_by", row.made_by},
          {"width", row.size.width},
          {"height", row.size.height},
          {"pixels", row.pixels}};
}

std::string read_digest(const JsonNode& node) {
  std::string text = node.text();
  if (text.size() != 64 || text.find_first_not_of("0123456789abcdef") != std::string::npos) {
    node.fail("a SHA-256: 64 lower-case hexadecimal digits");
  }
  return text;
}

/// The stem of a file in the folder: nothing that leads out of it.
std::string read_id(const JsonNode& node) {
  std::string text = node.text();
  if (text.empty() || text.front() == '.' || text.find('/') != std::string::npos) {
    node.fail("the stem of a file");
  }
  return text;
}

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

void require_schema(JsonObject& object, std::string_view schema) {
  const JsonNode node = object.at("schema");
  if (node.text() != schema) node.fail(fmt::format("\"{}\"", schema));
}

}  // namespace

std::string identity(const Receipt& receipt) {
  return fmt::format("{}, version {}, seed {}", receipt.rule, receipt.rule_version, receipt.seed);
}

std::string to_json(const Receipt& receipt) {
  std::string text = fmt::format(
      "{{\n\"schema\": {},\n\"tool\": {},\n\"rule\": {},\n\"seed\": {},\n\"rows\": [",
      dump(kReceiptSchema),
      dump(
          {{"name", "mbench"}, {"version", receipt.tool_version}, {"commit", receipt.tool_commit}}),
      dump(rule_json(receipt)), receipt.seed);
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
  Receipt receipt;
  JsonObject tool{object.at("tool")};
  static_cast<void>(tool.at("name"));
  receipt.tool_version = tool.at("version").text();
  receipt.tool_commit = tool.at("commit").text();
  tool.leave();
  JsonObject rule{object.at("rule")};
  receipt.rule = rule.at("spelling").text();
  receipt.rule_version = rule.at("version").small_integer();
  rule.leave();
  const JsonNode seed = object.at("seed");
  if (!seed.value().is_number_unsigned()) seed.fail("a whole number from 0 upwards");
  receipt.seed = seed.value().get<std::uint64_t>();
  object.at("rows").for_each_element(
      [&](const JsonNode& row) { receipt.rows.push_back(read_row(row)); });
  object.leave();
  return receipt;
}

std::string to_json_line(const ReceiptRow& row) { return dump(row_json(row)); }

std::string rows_header(std::string_view identity) {
  return dump({{"schema", kRowsSchema}, {"identity", identity}});
}

UnfinishedRows read_rows(const std::filesystem::path& file) {
  const std::string text = read_text_file(file);
  UnfinishedRows rows;
  std::string_view rest = text;
  for (int number = 1;; ++number) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return rows;
    const std::string where = fmt::format("{}, line {}", file.string(), number);
    const Json line = parse_json(rest.substr(0, end), where);
    const JsonNode node{line, {where, kRowsSchema}, ""};
    if (number == 1) {
      JsonObject header{node};
      require_schema(header, kRowsSchema);
      rows.identity = header.at("identity").text();
      header.leave();
    } else {
      rows.rows.push_back(read_row(node));
    }
    rest.remove_prefix(end + 1);
  }
}

}  // namespace mbench::datasets::trimaps
