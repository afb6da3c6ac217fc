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
#include "datasets/receipt_parts.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

Json folders_json(const std::vector<fs::path>& folders) {
  Json array = Json::array();
  for (const fs::path& folder : folders) array.push_back(folder.generic_string());
  return array;
}

/// What identity() and the receipt share.
Json settings_json(const Receipt& receipt) {
  return {{"rule", json_of(receipt.rule)},
          {"seed", receipt.seed},
          {"foreground", json_of(receipt.foreground)},
          {"trimap", json_of(receipt.trimap)},
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

bool read_flag(const JsonNode& node) {
  if (!node.value().is_boolean()) node.fail("true or false");
  return node.value().get<bool>();
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
  Json head{{"schema", kReceiptSchema}, {"tool", json_of(receipt.tool)}};
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
  require_schema(object, kReceiptSchema);
  Receipt receipt{.tool = read_tool(object.at("tool")),
                  .rule = read_used_rule(object.at("rule")),
                  .seed = static_cast<std::uint64_t>(object.at("seed").integer())};
  receipt.foreground = read_used_rule_or_null(object.at("foreground"));
  receipt.trimap = read_used_rule_or_null(object.at("trimap"));
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

bool has_receipt(const fs::path& folder) { return is_file(folder / kReceiptName); }

std::string to_json_line(const ReceiptRow& row) { return dump(row_json(row)); }

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

}  // namespace mbench::datasets::compose
