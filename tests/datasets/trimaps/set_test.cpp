#include "datasets/trimaps/set.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <string>

#include "core/error.hpp"
#include "core/sha256.hpp"
#include "datasets/compose/pixel_digest.hpp"
#include "datasets/trimaps/receipt.hpp"
#include "imaging/io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/dead_process.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::datasets::trimaps;
using datasets::header_line;
using namespace mbench::testing;
namespace fs = std::filesystem;
using Catch::Contains;

namespace {

/// A folder of mattes, and settings to make trimaps of them.
class Mattes {
 public:
  explicit Mattes(int count = 6) {
    for (int i = 0; i < count; ++i) add("image_" + std::to_string(i), i + 1);
  }
  void add(const std::string& name, int seed) const {
    Plane<std::uint8_t> alpha = noise_plane({40, 30}, static_cast<std::uint64_t>(seed));
    for (std::uint8_t& value : alpha.values()) value = value < 200 ? 255 : value < 250 ? 0 : 90;
    imaging::write_matte(alphas() / (name + ".png"), alpha.view(), Depth::u8);
  }
  [[nodiscard]] fs::path alphas() const { return folder_ / "alpha"; }
  [[nodiscard]] fs::path operator/(std::string_view name) const { return folder_ / name; }
  [[nodiscard]] SetSettings settings(std::string_view rule = "gca-random",
                                     std::string_view out = "out") const {
    return {.rule = choose_rule(rule),
            .seed = 5,
            .alphas = alphas(),
            .out = folder_ / out,
            .threads = 1};
  }

 private:
  TemporaryFolder folder_{};
};

SetOutcome run(const SetSettings& settings) { return make_set(settings, plan_set(settings)); }

/// The files of a folder with their bytes, without hidden ones.
std::map<std::string, std::string> content(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator{folder}) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with('.')) files[name] = read_text(entry.path());
  }
  return files;
}

std::string refusal(const SetSettings& settings, ErrorKind kind = ErrorKind::usage) {
  try {
    static_cast<void>(run(settings));
  } catch (const Error& error) {
    CHECK(error.kind() == kind);
    return error.what();
  }
  return "not refused";
}

}  // namespace

TEST_CASE("a set of trimaps is the same bytes for any number of threads", "[trimaps][set]") {
  const Mattes mattes;
  SetSettings one = mattes.settings("gca-random", "one");
  SetSettings many = mattes.settings("gca-random", "many");
  many.threads = 4;
  CHECK(run(one).made == 6);
  CHECK(run(many).made == 6);
  CHECK(content(one.out) == content(many.out));
  CHECK(content(one.out).size() == 6 + 1);
}

TEST_CASE("the receipt says of each trimap its matte, what was drawn, and its pixels",
          "[trimaps][set]") {
  const Mattes mattes;
  const SetSettings settings = mattes.settings();
  run(settings);
  const Receipt receipt =
      parse_receipt(read_text(settings.out / kReceiptName), "mbench.trimaps.json");
  CHECK(receipt.rule.spelling == "gca-random:min=1:max=29");
  CHECK(receipt.rule.version == 1);
  CHECK(receipt.seed == 5);
  REQUIRE(receipt.rows.size() == 6);
  const ReceiptRow& row = receipt.rows[2];
  CHECK(row.id == "image_2");
  CHECK(row.alpha == "image_2.png");
  CHECK(row.alpha_sha256 == sha256_file(mattes.alphas() / "image_2.png"));
  const Trimap trimap = imaging::read_trimap(settings.out / "image_2.png");
  CHECK(row.pixels == datasets::compose::pixel_digest(trimap.view()));
  const Matte alpha = imaging::read_matte(mattes.alphas() / "image_2.png");
  CHECK(make_trimap(choose_rule(row.made_by), {.alpha = alpha}, 0, "").trimap == trimap);
}

TEST_CASE("an interrupted set is gone on with, and ends as one made at once", "[trimaps][set]") {
  const Mattes mattes;
  SetSettings whole = mattes.settings("gca-random", "whole");
  run(whole);
  std::atomic<bool> interrupted{false};
  SetSettings parts = mattes.settings("gca-random", "parts");
  parts.interrupted = &interrupted;
  const SetOutcome first = make_set(parts, plan_set(parts), [&](const SetProgress& progress) {
    if (progress.done == 2) interrupted = true;
  });
  CHECK(first.interrupted);
  CHECK(first.made == 2);
  CHECK_FALSE(fs::exists(parts.out / kReceiptName));
  interrupted = false;
  const SetOutcome second = run(parts);
  CHECK(second.resumed == 2);
  CHECK(second.made == 4);
  CHECK(content(parts.out) == content(whole.out));
  CHECK(run(parts).made == 0);
}

TEST_CASE("a killed process' half line does not count, and its matte is made again",
          "[trimaps][set]") {
  const Mattes mattes;
  const SetSettings settings = mattes.settings();
  run(settings);
  const auto finished = content(settings.out);
  const Receipt receipt = parse_receipt(finished.at(std::string{kReceiptName}), "receipt");
  fs::remove(settings.out / kReceiptName);
  write_text(settings.out / kRowsName, header_line({identity(receipt), 6}, kRowsSchema) + '\n' +
                                           to_json_line(receipt.rows[0]) + "\n{\"id\": \"ima");
  for (int i = 1; i < 6; ++i) fs::remove(settings.out / ("image_" + std::to_string(i) + ".png"));
  CHECK(run(settings).resumed == 1);
  CHECK(content(settings.out) == finished);
}

TEST_CASE("what a killed process was writing does not stay among the trimaps", "[trimaps][set]") {
  const Mattes mattes;
  const SetSettings settings = mattes.settings();
  const std::string ending = std::to_string(kDeadProcess) + "-2.tmp";
  const std::string mine = std::string{kReceiptName} + ".backup.tmp";
  write_text(settings.out / (".mbench-" + ending), "half");
  write_text(settings.out / (std::string{kReceiptName} + "." + ending), "half");
  write_text(settings.out / mine, "mine");
  run(settings);
  CHECK_FALSE(fs::exists(settings.out / (".mbench-" + ending)));
  CHECK(read_text(settings.out / mine) == "mine");
  CHECK(content(settings.out).size() == 6 + 1 + 1);
}

TEST_CASE("a damaged receipt of trimaps is refused with a way out", "[trimaps][set]") {
  const Mattes mattes;
  SetSettings settings = mattes.settings();
  run(settings);
  write_text(settings.out / kReceiptName, "{");
  settings.fresh = GENERATE(false, true);
  CHECK_THAT(refusal(settings, ErrorKind::bad_input), Contains("by hand"));
}

TEST_CASE("new mattes are added, changed ones made anew, and what others draw stays",
          "[trimaps][set]") {
  const Mattes mattes;
  const SetSettings settings = mattes.settings();
  run(settings);
  const auto before = content(settings.out);
  mattes.add("aaa", 99);
  mattes.add("image_3", 98);
  const SetOutcome outcome = run(settings);
  CHECK(outcome.made == 2);
  const auto after = content(settings.out);
  CHECK(after.contains("aaa.png"));
  for (const auto& [name, bytes] : before) {
    if (name == kReceiptName || name == "image_3.png") continue;
    CHECK(after.at(name) == bytes);
  }
}

TEST_CASE("one file is a set of one, beside those that the same rule made", "[trimaps][set]") {
  const Mattes mattes;
  SetSettings settings = mattes.settings();
  settings.alphas = mattes.alphas() / "image_4.png";
  CHECK(run(settings).made == 1);
  settings.alphas = mattes.alphas() / "image_1.png";
  CHECK(run(settings).made == 1);
  CHECK(parse_receipt(read_text(settings.out / kReceiptName), "").rows.size() == 2);
  settings.alphas = mattes.alphas();
  CHECK(run(settings).resumed == 2);
}

TEST_CASE("trimaps of another rule, options or seed are not mixed in", "[trimaps][set]") {
  const Mattes mattes;
  run(mattes.settings("gfm:25"));
  const auto before = content(mattes / "out");
  CHECK_THAT(refusal(mattes.settings("gfm:10")), Contains("another rule, version or seed") &&
                                                     Contains("gfm:k=25") && Contains("--fresh"));
  CHECK(content(mattes / "out") == before);
  SetSettings fresh = mattes.settings("gfm:10");
  fresh.fresh = true;
  CHECK(run(fresh).made == 6);
}

TEST_CASE("a seed matters to rules that draw, and to no other", "[trimaps][set]") {
  const Mattes mattes;
  for (const char* rule : {"gca-random", "opt"}) {
    SetSettings settings = mattes.settings(rule, rule);
    run(settings);
    ++settings.seed;
    if (settings.rule.rule->draws) {
      CHECK_THAT(refusal(settings), Contains("seed 6") && Contains("seed 5"));
    } else {
      CHECK(run(settings).resumed == 6);
    }
  }
}

TEST_CASE("no file that mbench has not made, or that was changed since, is replaced",
          "[trimaps][set]") {
  const Mattes mattes;
  SetSettings settings = mattes.settings();
  const fs::path file = settings.out / "image_0.png";
  write_text(file, "mine");
  CHECK_THAT(refusal(settings), Contains("would replace") && Contains("image_0.png"));
  settings.fresh = true;
  CHECK_THAT(refusal(settings), Contains("would replace"));
  CHECK(read_text(file) == "mine");
  fs::remove(file);
  run(settings);
  settings.fresh = false;
  Trimap touched_up = imaging::read_trimap(file);
  touched_up(0, 0) = touched_up(0, 0) == kUnknown ? kForeground : kUnknown;
  imaging::write_trimap(file, touched_up);
  CHECK_THAT(refusal(settings), Contains("changed since") && Contains("image_0.png"));
  CHECK(imaging::read_trimap(file) == touched_up);
}

TEST_CASE("--fresh discards nothing when the run is refused", "[trimaps][set]") {
  const Mattes mattes;
  run(mattes.settings());
  SetSettings fresh = mattes.settings("gfm:25");
  fresh.fresh = true;
  SECTION("for a file that no run has made") {
    mattes.add("image_9", 9);
    write_text(fresh.out / "image_9.png", "mine");
    const auto before = content(fresh.out);
    CHECK_THAT(refusal(fresh), Contains("would replace") && Contains("image_9.png"));
    CHECK(content(fresh.out) == before);
  }
  SECTION("for a trimap that was changed, even of a matte that is gone") {
    const fs::path file = fresh.out / "image_0.png";
    Trimap touched_up = imaging::read_trimap(file);
    touched_up(0, 0) = touched_up(0, 0) == kUnknown ? kForeground : kUnknown;
    imaging::write_trimap(file, touched_up);
    const auto before = content(fresh.out);
    CHECK_THAT(refusal(fresh), Contains("changed since") && Contains("image_0.png"));
    fs::remove(mattes.alphas() / "image_0.png");
    CHECK_THAT(refusal(fresh), Contains("would be discarded") && Contains("image_0.png"));
    CHECK(content(fresh.out) == before);
  }
}

TEST_CASE("a fresh set holds nothing of the earlier one", "[trimaps][set]") {
  const Mattes mattes;
  run(mattes.settings());
  fs::remove(mattes.alphas() / "image_0.png");
  SetSettings fresh = mattes.settings("gfm:25");
  fresh.fresh = true;
  CHECK(run(fresh).made == 5);
  CHECK_FALSE(fs::exists(fresh.out / "image_0.png"));
  CHECK(parse_receipt(read_text(fresh.out / kReceiptName), "").rows.size() == 5);
}

TEST_CASE("a file is no folder for trimaps", "[trimaps][set]") {
  const Mattes mattes{1};
  const SetSettings settings = mattes.settings();
  write_text(settings.out, "a file");
  CHECK_THAT(refusal(settings), Contains(settings.out.string()) && Contains("this is none"));
  CHECK(read_text(settings.out) == "a file");
}

TEST_CASE("a matte that a rule cannot use is named once, and told from a damaged one",
          "[trimaps][set]") {
  const Mattes mattes{2};
  const fs::path damaged = mattes.alphas() / "image_0.png";
  write_text(damaged, read_text(damaged).substr(0, 200));
  const SetOutcome outcome = run(mattes.settings("usr"));  // which needs types
  REQUIRE(outcome.problems.size() == 2);
  CHECK(outcome.problems[0].code == "unreadable");
  CHECK(outcome.problems[0].parts.where.find("image_0.png") ==
        outcome.problems[0].parts.where.rfind("image_0.png"));
  CHECK(outcome.problems[1].code == "unusable");
  CHECK_THAT(outcome.problems[1].parts.where, Contains("image_1.png"));
}

TEST_CASE("trimaps are not written among their mattes", "[trimaps][set]") {
  const Mattes mattes;
  CHECK_THAT(refusal(mattes.settings("gfm", "alpha")), Contains("the folder of their mattes"));
  CHECK(content(mattes.alphas()).size() == 6);
}

TEST_CASE("all problems are found before the first matte is decoded", "[trimaps][set]") {
  const Mattes mattes{2};
  write_text(mattes.alphas() / "broken.png", "no PNG");
  write_text(mattes.alphas() / "image_0.jpg", "another of this stem");
  SetSettings settings = mattes.settings("usr");
  write_text(mattes / "types.json", R"({"image_0": {"type": "SO"}, "image_1": {"type": "X"}})");
  settings.types = mattes / "types.json";
  std::map<std::string, int> codes;
  for (const auto& problem : plan_set(settings).problems) ++codes[problem.code];
  CHECK(codes == std::map<std::string, int>{{"duplicate", 1}, {"type", 2}, {"unreadable", 2}});
}

TEST_CASE("types decide the unified map, and a changed type makes it anew", "[trimaps][set]") {
  const Mattes mattes{2};
  SetSettings settings = mattes.settings("usr");
  settings.types = mattes / "types.json";
  write_text(settings.types, R"({"image_0": {"type": "SO"}, "image_1": {"type": "NS"}})");
  CHECK(run(settings).made == 2);
  CHECK(count_levels(imaging::read_trimap(settings.out / "image_1.png")).unknown == 40 * 30);
  CHECK(parse_receipt(read_text(settings.out / kReceiptName), "").rows[1].type == "NS");
  write_text(settings.types, R"({"image_0": {"type": "NS"}, "image_1": {"type": "NS"}})");
  CHECK(run(settings).made == 1);
  CHECK(count_levels(imaging::read_trimap(settings.out / "image_0.png")).unknown == 40 * 30);
}

TEST_CASE("a matte that turns out damaged is named, the others are made, no receipt is written",
          "[trimaps][set]") {
  const Mattes mattes{3};
  const fs::path file = mattes.alphas() / "image_1.png";
  write_text(file, read_text(file).substr(0, 200));
  const SetSettings settings = mattes.settings();
  const SetOutcome outcome = run(settings);
  CHECK(outcome.made == 2);
  REQUIRE(outcome.problems.size() == 1);
  CHECK_THAT(outcome.problems[0].parts.where, Contains("image_1.png"));
  CHECK_FALSE(fs::exists(settings.out / kReceiptName));
  mattes.add("image_1", 2);
  CHECK(run(settings).made == 1);
  CHECK(fs::exists(settings.out / kReceiptName));
}

TEST_CASE("a receipt that is none is refused with the place", "[trimaps][set]") {
  const Receipt receipt{.tool = {"0", "0"}, .rule = {"opt", 1}};
  CHECK(to_json(parse_receipt(to_json(receipt), "r")) == to_json(receipt));
  CHECK_THROWS_WITH(parse_receipt("{}", "r.json"), Contains("r.json") && Contains("schema"));
  std::string text = to_json(receipt);
  text.replace(text.find("\"seed\": 0"), 9, "\"seed\": -1");
  CHECK_THROWS_WITH(parse_receipt(text, "r.json"), Contains("seed"));
  Receipt outside = receipt;
  outside.rows.push_back(
      {.id = "../x", .alpha_sha256 = std::string(64, '0'), .pixels = std::string(64, '0')});
  CHECK_THROWS_WITH(parse_receipt(to_json(outside), "r"), Contains("the stem of a file"));
}
