// Feeds arbitrary bytes to the readers of receipts and of what a set is planned from: the first
// byte chooses the receipt of a composed set or of trimaps, the log of either, a list of pairs, or
// tags in JSON or CSV. If the second byte is odd, the rest are edits of a text that is right, so
// that the inner keys are reached. Nothing but mbench::Error may come out, and what a reader
// accepts it must accept again after it was written.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "core/csv_field.hpp"
#include "core/error.hpp"
#include "core/json_reader.hpp"
#include "datasets/compose/pairs.hpp"
#include "datasets/compose/receipt.hpp"
#include "datasets/made_folder.hpp"
#include "datasets/tags.hpp"
#include "datasets/trimaps/receipt.hpp"

namespace compose = mbench::datasets::compose;
namespace trimaps = mbench::datasets::trimaps;
using mbench::datasets::header_line;
using mbench::datasets::parse_rows;
using mbench::datasets::parse_tags;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

const std::string kDigest(64, 'a');

compose::Receipt composition() {
  compose::Receipt receipt{.tool = {"1", "c"},
                           .rule = {"dim", 1},
                           .seed = 7,
                           .pairing = "folders",
                           .copies = 2,
                           .planned = 3,
                           .pairs_sha256 = kDigest,
                           .folders = {{"/f"}, {"/a"}, {"/b"}}};
  receipt.trimap = compose::UsedRule{"gfm:k=25", 1};
  receipt.rows.push_back({.index = 1,
                          .output = "f_1.png",
                          .size = {4, 3},
                          .foreground = {"f.png", kDigest},
                          .alpha = {"f.png", kDigest},
                          .background = {"b.jpg", kDigest},
                          .extras = {{compose::Extra::denoised_background, {"d.png", kDigest}}},
                          .type = mbench::imaging::ImageType::non_salient,
                          .particulars = {{"box", "20"}},
                          .files = {{"merged/f_1.png", kDigest}, {"alpha/f.png", kDigest}}});
  return receipt;
}

trimaps::Receipt made_trimaps() {
  return {.tool = {"1", "c"},
          .rule = {"gca-random:min=1:max=29", 1},
          .seed = 7,
          .rows = {{.id = "f",
                    .alpha = "f.png",
                    .alpha_sha256 = kDigest,
                    .type = "SO",
                    .made_by = "gca:3,4",
                    .size = {4, 3},
                    .pixels = kDigest}}};
}

void read_composition(const std::string& text) {
  const compose::Receipt receipt = compose::parse_receipt(text, "r.json");
  const std::string written = compose::to_json(receipt);
  const compose::Receipt again = compose::parse_receipt(written, "again");
  require(again.rows == receipt.rows && compose::to_json(again) == written);
  require(compose::identity(again) == compose::identity(receipt));
}

void read_trimaps(const std::string& text) {
  const trimaps::Receipt receipt = trimaps::parse_receipt(text, "r.json");
  const std::string written = trimaps::to_json(receipt);
  const trimaps::Receipt again = trimaps::parse_receipt(written, "again");
  require(again.rows == receipt.rows && trimaps::to_json(again) == written);
  require(trimaps::identity(again) == trimaps::identity(receipt));
}

/// `Row` is that of either receipt.
template <typename Row>
void read_log(const std::string& text, std::string_view schema,
              Row (*read)(const mbench::JsonNode& node)) {
  std::vector<Row> rows, again;
  const auto header = parse_rows(text, "rows", schema,
                                 [&](const mbench::JsonNode& row) { rows.push_back(read(row)); });
  if (!header) return;
  std::string written = header_line(*header, schema) + '\n';
  for (const Row& row : rows) written += to_json_line(row) + '\n';
  const auto same = parse_rows(written, "again", schema,
                               [&](const mbench::JsonNode& row) { again.push_back(read(row)); });
  require(same && same->identity == header->identity && same->planned == header->planned);
  require(again == rows);
}

void read_pairs(const std::string& text) {
  const std::vector<compose::Pair> pairs = compose::parse_pairs(text);
  std::set<std::string> outputs;
  std::string written = "fg,bg,merged\n";
  for (const compose::Pair& pair : pairs) {
    require(outputs.insert(pair.output).second);
    require(!pair.size || (pair.size->width > 0 && pair.size->height > 0));
    written += fmt::format("{},{},{}\n", mbench::csv_field(pair.foreground),
                           mbench::csv_field(pair.background), mbench::csv_field(pair.output));
  }
  require(compose::pairs_sha256(compose::parse_pairs(written)) == compose::pairs_sha256(pairs));
}

void read_tags_text(const std::string& text, std::string_view extension) {
  for (const auto& [stem, tags] : parse_tags(text, extension)) {
    std::set<std::string> names;
    for (const auto& [name, value] : tags) require(!name.empty() && names.insert(name).second);
  }
}

/// Each edit: a place of two bytes, how many bytes go, how many come, and those.
std::string edited(std::string text, std::string_view edits) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(edits[i]); };
  while (edits.size() >= 4) {
    const std::size_t place = (byte(0) * std::size_t{256} + byte(1)) % (text.size() + 1);
    const std::size_t coming = std::min<std::size_t>(byte(3), edits.size() - 4);
    text.replace(place, byte(2), edits.substr(4, coming));
    edits.remove_prefix(4 + coming);
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view bytes{reinterpret_cast<const char*>(data) + 2, size - 2};
  const auto text_of = [&](const std::string& right) {
    return data[1] % 2 == 0 ? std::string{bytes} : edited(right, bytes);
  };
  static const compose::Receipt set = composition();
  static const trimaps::Receipt trimap_set = made_trimaps();
  try {
    switch (data[0] % 7) {
      case 0: read_composition(text_of(to_json(set))); break;
      case 1: read_trimaps(text_of(to_json(trimap_set))); break;
      case 2:
        read_log(text_of(header_line({"x", 2}, compose::kRowsSchema) + '\n' +
                         to_json_line(set.rows.front()) + '\n'),
                 compose::kRowsSchema, compose::read_row);
        break;
      case 3:
        read_log(text_of(header_line({"x", 2}, trimaps::kRowsSchema) + '\n' +
                         to_json_line(trimap_set.rows.front()) + '\n'),
                 trimaps::kRowsSchema, trimaps::read_row);
        break;
      case 4:
        read_pairs(
            text_of("index,fg,bg,merged,width,height\n0,a.png,sub/v.jpg,a_0.png,7,5\n"
                    "1,a.png,w.jpg,a_1.png,7,5\n"));
        break;
      case 5: read_tags_text(text_of(R"({"o_1": {"type": "SO", "count": 3}})"), ".json"); break;
      default: read_tags_text(text_of("id,type,category\no_1,SO,animal\n"), ".csv"); break;
    }
  } catch (const mbench::Error&) {
    // what a reader is expected to do with text that it cannot read
  }
  return 0;
}
