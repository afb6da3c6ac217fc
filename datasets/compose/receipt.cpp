#include "datasets/compose/receipt.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/json_reader.hpp"
#include "core/path_kind.hpp"
#include "core/sha256.hpp"
#include "core/text_file.hpp"
#include "datasets/folder_config.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

/// Folder names need not be UTF-8; what is none of it is replaced, for people to read.
std::string dump(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Json rule_json(const UsedRule& rule) {
  return {{"spelling", rule.spelling}, {"version", rule.version}};
}

Json rule_json(const std::optional<UsedRule>& rule) { return rule ? rule_json(*rule) : Json{}; }

Json folders_json(const std::vector<fs::path>& folders) {
  Json array = Json::array();
  for (const fs::path& folder : folders) array.push_back(folder.generic_string());
  return array;
}

/// What identity() and the receipt share.
Json settings_json(const Receipt& receipt) {
  return {{"rule", rule_json(receipt.rule)},
          {"seed", receipt.seed},
          {"foreground", rule_json(receipt.foreground)},
          {"trimap", rule_json(receipt.trimap)},
          {"saved", {{"fg", receipt.saves_foregrounds}, {"bg", receipt.saves_backgrounds}}},
          {"pairing",
           {{"source", receipt.pairing},
            {"order", to_string(receipt.order)},
            {"copies", receipt.copies},
            {"planned", receipt.planned},
            {"sha256", receipt.pairs_sha256}}}};
}

Json input_json(const InputFile& file) { return {{"file", file.name}, {"sha256", file.sha256}}; }

Json row_json(const ReceiptRow& row) {
  Json particulars = Json::object();
  for (const auto& [name, value] : row.particulars) particulars[name] = value;
  Json extras = Json::object();
  for (const auto& [extra, file] : row.extras)
    extras[std::string{to_string(extra)}] = input_json(file);
  Json files = Json::object();
  for (const OutputFile& file : row.files) files[file.path] = file.pixels;
  return {{"index", row.index},
          {"output", row.output},
          {"width", row.size.width},
          {"height", row.size.height},
          {"foreground", input_json(row.foreground)},
          {"alpha", input_json(row.alpha)},
          {"background", input_json(row.background)},
          {"extras", std::move(extras)},
          {"type", row.type ? Json(imaging::to_string(*row.type)) : Json{}},
          {"particulars", std::move(particulars)},
          {"pixels", std::move(files)}};
}

bool is_digest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string read_digest(const JsonNode& node) {
  std::string text = node.text();
  if (!is_digest(text)) node.fail("a SHA-256: 64 lower-case hexadecimal digits");
  return text;
}

bool read_flag(const JsonNode& node) {
  if (!node.value().is_boolean()) node.fail("true or false");
  return node.value().get<bool>();
}

std::string read_some_text(const JsonNode& node) {
  std::string text = node.text();
  if (text.empty()) node.fail("text that is not empty");
  return text;
}

UsedRule read_rule(const JsonNode& node) {
  JsonObject object{node};
  UsedRule rule{.spelling = read_some_text(object.at("spelling"))};
  const JsonNode version = object.at("version");
  rule.version = version.small_integer();
  if (rule.version < 1) version.fail("a version from 1 upwards");
  object.leave();
  return rule;
}

std::optional<UsedRule> read_rule_or_null(const JsonNode& node) {
  return node.is_null() ? std::nullopt : std::optional{read_rule(node)};
}

std::vector<fs::path> read_folders(const JsonNode& node, std::size_t fewest) {
  std::vector<fs::path> folders;
  node.for_each_element(
      [&](const JsonNode& folder) { folders.emplace_back(read_some_text(folder)); });
  if (folders.size() < fewest) node.fail("at least one folder");
  return folders;
}

InputFile read_input(const JsonNode& node) {
  JsonObject object{node};
  const JsonNode name = object.at("file");
  InputFile file{.name = name.text()};
  if (!stays_inside(file.name)) name.fail("a file inside the folder of its kind");
  file.sha256 = read_digest(object.at("sha256"));
  object.leave();
  return file;
}

void require_output_path(const JsonNode& node, const std::string& path) {
  const auto slash = path.find('/');
  const bool is_there = std::ranges::find(kSetFolders, path.substr(0, slash)) != kSetFolders.end();
  if (is_there && slash != std::string::npos && path.ends_with(".png") && stays_inside(path) &&
      path.find('/', slash + 1) == std::string::npos && path.size() > slash + 5) {
    return;
  }
  node.fail("the path of a PNG in merged/, alpha/, trimaps/, fg/ or bg/",
            fmt::format("'{}'", path));
}

int read_side(const JsonNode& node) {
  const int side = node.small_integer();
  if (side < 1) node.fail("a number of pixels, 1 or more");
  return side;
}

ReceiptRow read_row(const JsonNode& node) {
  JsonObject object{node};
  ReceiptRow row{.index = object.at("index").count()};
  const JsonNode output = object.at("output");
  row.output = output.text();
  row.size.width = read_side(object.at("width"));
  row.size.height = read_side(object.at("height"));
  row.foreground = read_input(object.at("foreground"));
  row.alpha = read_input(object.at("alpha"));
  row.background = read_input(object.at("background"));
  object.at("extras").for_each_member([&](const std::string& key, const JsonNode& file) {
    const auto extra = parse_extra(key);
    if (!extra) file.fail("the name of an extra picture", fmt::format("'{}'", key));
    row.extras.emplace_back(*extra, read_input(file));
  });
  const JsonNode type = object.at("type");
  if (!type.is_null()) {
    row.type = imaging::image_type(type.text());
    if (!row.type) type.fail("SO, STM, NS or null");
  }
  row.particulars = read_texts(object.at("particulars"));
  const JsonNode files = object.at("pixels");
  files.for_each_member([&](const std::string& path, const JsonNode& digest) {
    require_output_path(files, path);
    row.files.push_back({path, read_digest(digest)});
  });
  if (row.files.empty() || row.files.front().path != "merged/" + row.output) {
    files.fail(fmt::format("'merged/{}' first", row.output),
               row.files.empty() ? "nothing" : fmt::format("'{}'", row.files.front().path));
  }
  object.leave();
  return row;
}

void require_consistent_rows(const JsonNode& node, const std::vector<ReceiptRow>& rows) {
  std::set<std::string_view> outputs;
  std::map<std::string_view, std::string_view> pixels;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0 && rows[i].index <= rows[i - 1].index) {
      node.fail("composites in the order of their indices",
                fmt::format("index {} after {}", rows[i].index, rows[i - 1].index));
    }
    if (!outputs.insert(rows[i].output).second) {
      node.fail("composites whose names differ", fmt::format("'{}' again", rows[i].output));
    }
    for (const OutputFile& file : rows[i].files) {
      const auto [known, is_new] = pixels.emplace(file.path, file.pixels);
      if (!is_new && known->second != file.pixels) {
        node.fail("one digest for each file", fmt::format("two for '{}'", file.path));
      }
    }
  }
}

void read_pairing(const JsonNode& node, Receipt& receipt) {
  JsonObject pairing{node};
  receipt.pairing = read_some_text(pairing.at("source"));
  const JsonNode order = pairing.at("order");
  const auto parsed = parse_pairing(order.text());
  if (!parsed) order.fail("in-order or shuffled");
  receipt.order = *parsed;
  receipt.copies = pairing.at("copies").small_integer();
  receipt.planned = pairing.at("planned").count();
  receipt.pairs_sha256 = read_digest(pairing.at("sha256"));
  pairing.leave();
}

}  // namespace

std::string_view to_string(Pairing order) {
  return order == Pairing::shuffled ? "shuffled" : "in-order";
}

std::optional<Pairing> parse_pairing(std::string_view text) {
  for (const Pairing order : {Pairing::in_order, Pairing::shuffled}) {
    if (text == to_string(order)) return order;
  }
  return std::nullopt;
}

std::string identity(const Receipt& receipt) { return sha256_hex(dump(settings_json(receipt))); }

std::string to_json(const Receipt& receipt) {
  Json head{
      {"schema", kReceiptSchema},
      {"tool",
       {{"name", "mbench"}, {"version", receipt.tool_version}, {"commit", receipt.tool_commit}}}};
  head.update(settings_json(receipt));
  head["folders"] = {{"fg", folders_json(receipt.folders.foregrounds)},
                     {"alpha", folders_json(receipt.folders.alphas)},
                     {"bg", folders_json(receipt.folders.backgrounds)},
                     {"denoised_fg", folders_json(receipt.folders.denoised_foregrounds)},
                     {"denoised_bg", folders_json(receipt.folders.denoised_backgrounds)}};
  std::string text = dump(head, 1);
  text.resize(text.size() - 2);  // the line with the closing brace comes after the rows
  text += ",\n \"composites\": [";
  std::string_view separator = "\n  ";
  for (const ReceiptRow& row : receipt.rows) {
    text += separator;
    text += to_json_line(row);
    separator = ",\n  ";
  }
  return text + "\n ]\n}\n";
}

Receipt parse_receipt(std::string_view text, std::string_view file) {
  const Json document = parse_json(text, file);
  JsonObject object{JsonNode{document, {file, kReceiptSchema}, ""}};
  const JsonNode schema = object.at("schema");
  if (schema.text() != kReceiptSchema) schema.fail(fmt::format("\"{}\"", kReceiptSchema));
  Receipt receipt;
  JsonObject tool{object.at("tool")};
  (void)tool.at("name").text();
  receipt.tool_version = tool.at("version").text();
  receipt.tool_commit = tool.at("commit").text();
  tool.leave();
  receipt.rule = read_rule(object.at("rule"));
  receipt.seed = static_cast<std::uint64_t>(object.at("seed").integer());
  receipt.foreground = read_rule_or_null(object.at("foreground"));
  receipt.trimap = read_rule_or_null(object.at("trimap"));
  JsonObject saved{object.at("saved")};
  receipt.saves_foregrounds = read_flag(saved.at("fg"));
  receipt.saves_backgrounds = read_flag(saved.at("bg"));
  saved.leave();
  read_pairing(object.at("pairing"), receipt);
  JsonObject folders{object.at("folders")};
  receipt.folders.foregrounds = read_folders(folders.at("fg"), 1);
  receipt.folders.alphas = read_folders(folders.at("alpha"), 1);
  receipt.folders.backgrounds = read_folders(folders.at("bg"), 1);
  receipt.folders.denoised_foregrounds = read_folders(folders.at("denoised_fg"), 0);
  receipt.folders.denoised_backgrounds = read_folders(folders.at("denoised_bg"), 0);
  folders.leave();
  const JsonNode rows = object.at("composites");
  rows.for_each_element([&](const JsonNode& row) { receipt.rows.push_back(read_row(row)); });
  require_consistent_rows(rows, receipt.rows);
  if (receipt.rows.size() > receipt.planned) {
    rows.fail(fmt::format("at most {} composites, as planned", receipt.planned),
              fmt::format("{}", receipt.rows.size()));
  }
  object.leave();
  return receipt;
}

Receipt read_receipt(const fs::path& folder) {
  const fs::path file = folder / kReceiptName;
  return parse_receipt(read_text_file(file), file.string());
}

void write_receipt(const fs::path& folder, const Receipt& receipt) {
  write_text_file_atomically(folder / kReceiptName, to_json(receipt));
}

bool has_receipt(const fs::path& folder) { return is_file(folder / kReceiptName); }

std::string to_json_line(const ReceiptRow& row) { return dump(row_json(row)); }

ReceiptRow parse_row(std::string_view line, std::string_view where) {
  const Json document = parse_json(line, where);
  return read_row(JsonNode{document, {where, kRowsSchema}, ""});
}

}  // namespace mbench::datasets::compose
