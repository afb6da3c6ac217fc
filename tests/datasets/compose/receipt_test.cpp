#include "datasets/compose/receipt.hpp"

#include <string>

#include <fmt/core.h>

#include "core/sha256.hpp"
#include "datasets/compose/pixel_digest.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::testing;
using namespace mbench::datasets::compose;
using Catch::Contains;

namespace {

ReceiptRow row(std::size_t index) {
  const std::string name = fmt::format("girl \"{}\"_{}.png", index, index);
  return {.index = index,
          .output = name,
          .size = {14, 12},
          .foreground = {"girl.png", sha256_hex("fg")},
          .alpha = {"girl.png", sha256_hex("alpha")},
          .background = {fmt::format("sub/v{}.jpg", index), sha256_hex("bg")},
          .particulars = {{"ratio", "1.5"}, {"box", "20"}},
          .files = {{"merged/" + name, sha256_hex(name)}, {"alpha/girl.png", sha256_hex("a")}}};
}

Receipt example() {
  Receipt receipt{.tool = {"0.1.0", "abc"},
                  .rule = {"dim", 2},
                  .seed = 0x7fffffffffffffff,
                  .saves_backgrounds = true,
                  .pairing = "folders",
                  .order = Pairing::shuffled,
                  .copies = 3,
                  .planned = 5,
                  .pairs_sha256 = sha256_hex("pairs"),
                  .folders = {{"/a/fg", "/b/fg"}, {"/a/alpha"}, {"/v"}}};
  receipt.trimap = UsedRule{"gca:fg=15:bg=15", 1};
  receipt.rows = {row(0), row(1), row(4)};
  return receipt;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto place = text.find(from);
  REQUIRE(place != std::string::npos);
  return text.replace(place, from.size(), to);
}

ErrorParts refusal_of(const std::string& text) {
  const Error error = error_of([&] { (void)parse_receipt(text, "r.json"); });
  CHECK(error.kind() == ErrorKind::bad_input);
  return error.parts();
}

}  // namespace

TEST_CASE("a receipt that is read back is the same, byte for byte",
          "[datasets][compose][receipt]") {
  const Receipt receipt = example();
  const std::string text = to_json(receipt);
  const Receipt read = parse_receipt(text, "r.json");
  CHECK(read.rows == receipt.rows);
  CHECK(read.trimap == receipt.trimap);
  CHECK(!read.foreground);
  CHECK(read.seed == receipt.seed);
  CHECK(read.folders.foregrounds == receipt.folders.foregrounds);
  CHECK(to_json(read) == text);
  CHECK(identity(read) == identity(receipt));
  Receipt empty = receipt;
  empty.rows.clear();
  CHECK_THAT(to_json(empty), Contains("\"composites\": [\n ]\n}\n"));
}

TEST_CASE("the log of an unfinished set is read up to its last whole line",
          "[datasets][compose][receipt]") {
  using datasets::header_line;
  using datasets::parse_rows;
  const std::string header = header_line({"same", 5}, kRowsSchema) + '\n';
  const std::string rows = to_json_line(row(0)) + '\n' + to_json_line(row(3));
  std::vector<ReceiptRow> read;
  const auto parse = [&](const std::string& text) {
    read.clear();
    return parse_rows(text, "rows", kRowsSchema,
                      [&](const JsonNode& node) { read.push_back(read_row(node)); });
  };
  const auto half = parse(header + rows);
  REQUIRE(half.has_value());
  CHECK(half->identity == "same");
  CHECK(half->planned == 5);
  CHECK(read == std::vector{row(0)});
  (void)parse(header + rows + '\n');
  CHECK(read == std::vector{row(0), row(3)});
  CHECK(!parse(header.substr(0, 9)).has_value());
  const Error damaged = error_of([&] { (void)parse(header + "{}\n"); });
  CHECK_THAT(damaged.parts().where, Contains("rows, line 2"));
  CHECK_THROWS_WITH(parse(header_line({"same", 5}, "other/1") + '\n'),
                    Contains(kRowsSchema.data()));
  // Logs that say no number are as readable as those that do.
  CHECK(parse(fmt::format("{{\"schema\":\"{}\",\"identity\":\"x\"}}\n", kRowsSchema))->planned ==
        0);
}

TEST_CASE("the identity of a set hangs on what decides its pixels, not on where it was made",
          "[datasets][compose][receipt]") {
  const std::string before = identity(example());
  const auto changed = [&](auto change) {
    Receipt receipt = example();
    change(receipt);
    return identity(receipt) != before;
  };
  CHECK(changed([](Receipt& r) { r.rule.spelling = "foamliu"; }));
  CHECK(changed([](Receipt& r) { r.rule.version = 3; }));
  CHECK(changed([](Receipt& r) { r.seed = 1; }));
  CHECK(changed([](Receipt& r) { r.foreground = UsedRule{"germer", 1}; }));
  CHECK(changed([](Receipt& r) { r.trimap.reset(); }));
  CHECK(changed([](Receipt& r) { r.saves_foregrounds = true; }));
  CHECK(changed([](Receipt& r) { r.pairs_sha256 = sha256_hex("other"); }));
  CHECK_FALSE(changed([](Receipt& r) { r.folders.backgrounds = {"/elsewhere"}; }));
  CHECK_FALSE(changed([](Receipt& r) { r.tool.commit = "def"; }));
  CHECK_FALSE(changed([](Receipt& r) { r.rows.pop_back(); }));
}

TEST_CASE("a damaged receipt is refused with the key, what is expected and what was found",
          "[datasets][compose][receipt][error]") {
  const std::string text = to_json(example());
  struct Damage {
    std::string from, to, where, expected;
  };
  const auto damage = GENERATE(values<Damage>({
      {"mbench.composition/1", "mbench.composition/2", "r.json: schema", "mbench.composition/1"},
      {"\"seed\": 9223372036854775807", "\"seed\": -1", "r.json: seed", "0 or more"},
      {"\"seed\": 9223372036854775807", "\"seed\": 1.5", "r.json: seed", "whole number"},
      {"\"seed\"", "\"sead\"", "r.json: whole document", "'seed'"},
      {"\"foreground\": null", "\"foreground\": {}", "r.json: foreground", "'spelling'"},
      {"\"version\": 2", "\"version\": 0", "r.json: rule.version", "from 1 upwards"},
      {"shuffled", "random", "r.json: pairing.order", "in-order or shuffled"},
      {"\"bg\": true", "\"bg\": 1", "r.json: saved.bg", "true or false"},
      {"[\n   \"/v\"\n  ]", "[]", "r.json: folders.bg", "at least one"},
      {"\"file\":\"girl.png\"", "\"file\":\"../girl.png\"", "r.json: composites[0].foreground.file",
       "inside"},
      {"\"width\":14", "\"width\":0", "r.json: composites[0].width", "1 or more"},
      {"\"index\":1", "\"index\":0", "r.json: composites", "order"},
      {"\"merged/girl", "\"/merged/girl", "r.json: composites[0].pixels", "merged/"},
      {"\"alpha/girl.png\"", "\"alpha/../x.png\"", "r.json: composites[0].pixels", "alpha/"},
      {"\"alpha/girl.png\":\"", "\"alpha/girl.png\":\"X", "composites[0].pixels.alpha/girl.png",
       "SHA-256"},
      {"\"ratio\":\"1.5\"", "\"ratio\":1.5", "composites[0].particulars.ratio", "text"},
  }));
  CAPTURE(damage.from, damage.to);
  const ErrorParts parts = refusal_of(replaced(text, damage.from, damage.to));
  CHECK_THAT(parts.where, Contains(damage.where));
  CHECK_THAT(parts.expected, Contains(damage.expected));
}

TEST_CASE("a receipt that contradicts itself is refused", "[datasets][compose][receipt][error]") {
  Receipt twice = example();
  twice.rows[1].output = twice.rows[0].output;
  twice.rows[1].files = twice.rows[0].files;
  CHECK_THAT(refusal_of(to_json(twice)).found, Contains("again"));
  Receipt two_digests = example();
  two_digests.rows[1].files[1].pixels = sha256_hex("b");
  CHECK(refusal_of(to_json(two_digests)).found == "two for 'alpha/girl.png'");
}

TEST_CASE("no cut and no changed byte of a receipt is read as something else in silence",
          "[datasets][compose][receipt][fuzz]") {
  const std::string text = to_json(example());
  for (std::size_t end = 0; end + 1 < text.size(); ++end) {  // the last byte is a line feed
    CHECK_THROWS_AS(parse_receipt(text.substr(0, end), "r.json"), Error);
  }
  const Plane<std::uint8_t> noise = noise_plane({3, 4000}, 5);
  for (int i = 0; i < 4000; ++i) {
    std::string changed = text;
    const auto place = static_cast<std::size_t>(noise(i, 0) * 256 + noise(i, 1)) % text.size();
    changed[place] = static_cast<char>(noise(i, 2));
    try {
      const Receipt read = parse_receipt(changed, "r.json");
      (void)parse_receipt(to_json(read), "again");  // what is accepted can be written and read
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::bad_input);
      CHECK(!error.parts().where.empty());
    }
  }
}

TEST_CASE("the digest of pixels is that of size, channels and rows, whatever the file",
          "[datasets][compose][receipt]") {
  const Plane<std::uint8_t> grey{Size{2, 1}, {0x41, 0x42}};
  CHECK(pixel_digest(grey) == sha256_hex("2x1x1\nAB"));
  const Plane<Rgb<std::uint8_t>> image{Size{1, 2}, {{0x41, 0x42, 0x43}, {0x44, 0x45, 0x46}}};
  CHECK(pixel_digest(image) == sha256_hex("1x2x3\nABCDEF"));
}
