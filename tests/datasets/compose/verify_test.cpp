#include "datasets/compose/verify.hpp"

#include <set>

#include "core/sha256.hpp"
#include "datasets/compose/pixel_digest.hpp"
#include "datasets/compose/set.hpp"
#include "imaging/io.hpp"
#include "tests/datasets/compose/set_sources.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::testing;
using namespace mbench::datasets::compose;
using Catch::Contains;

namespace fs = std::filesystem;

namespace {

VerifySettings verify_settings(const SetSettings& settings) {
  return {.candidates = candidates_after({settings.rule, settings.options}, all_rules()),
          .trimap = settings.trimap,
          .seed = settings.seed,
          .threads = 2};
}

Verification verify(const SetSettings& settings) {
  return verify_receipt(settings.out, read_receipt(settings.out), verify_settings(settings));
}

/// "changed merged/f00_0.png" and so on, of errors and warnings.
std::vector<std::string> lines_of(const Verification& verification) {
  std::vector<std::string> lines;
  for (const Finding& finding : verification.findings) {
    if (finding.problem.severity == datasets::Severity::note) continue;
    lines.push_back(finding.problem.code + " " + finding.path);
  }
  return lines;
}

std::string tag_of(const Particulars& particulars, std::string_view name) {
  for (const auto& [key, value] : particulars) {
    if (key == name) return value;
  }
  return {};
}

using Counts = std::vector<std::pair<std::string, std::size_t>>;

}  // namespace

TEST_CASE("of 50 x 20 composites, one that was tampered with and one of another rule are named",
          "[datasets][compose][verify]") {
  const TemporaryFolder folder;
  write_sources(folder.path(), 50, 1000);
  const SetSettings settings = settings_of(folder.path(), folder / "set", 20);
  REQUIRE(compose(settings).made == 1000);
  const Verification clean = verify(settings);
  CHECK(clean.findings.empty());
  CHECK(clean.composites == 1000);
  CHECK(clean.files == 1050);
  CHECK(clean.made_by == Counts{{"dim", 1000}});

  Picture tampered = read_picture(folder / "set/merged/f07_3.png");
  tampered.pixels(2, 3).g ^= 1;
  imaging::write_image(folder / "set/merged/f07_3.png", Image{tampered.pixels});
  SetSettings other = settings_of(folder.path(), folder / "other", 20, "foamliu");
  (void)compose(other, 200);
  const std::string changed = "merged/f09_0.png";
  REQUIRE(read_text(folder / "set" / changed) != read_text(folder / "other" / changed));
  fs::copy_file(folder / "other" / changed, folder / "set" / changed,
                fs::copy_options::overwrite_existing);
  const Verification found = verify(settings);
  REQUIRE(lines_of(found) ==
          std::vector<std::string>{"changed merged/f07_3.png", "changed merged/f09_0.png"});
  CHECK(found.findings[0].made_by.empty());
  CHECK(found.findings[0].distance->max == 1);
  CHECK(found.findings[0].distance->values == 1);
  CHECK_THAT(found.findings[0].problem.parts.found, Contains("no known rule"));
  CHECK(found.findings[1].made_by == "foamliu");
  CHECK_THAT(found.findings[1].problem.parts.found, Contains("exactly what rule 'foamliu' makes"));
  CHECK(found.made_by == Counts{{"dim", 998}, {"foamliu", 1}});
  CHECK(found.unexplained == 1);
}

TEST_CASE("what is missing, damaged, changed, added or no longer what it was made from is told",
          "[datasets][compose][verify]") {
  const TemporaryFolder folder;
  write_sources(folder.path(), 2, 6);
  const SetSettings settings = settings_of(folder.path(), folder / "set", 3);
  (void)compose(settings);
  fs::remove(folder / "set/merged/f00_0.png");
  write_text(folder / "set/merged/f00_1.png", "no image");
  imaging::write_matte(folder / "set/alpha/f01.png", noise_matte({15, 13}, 9), Depth::u8);
  write_text(folder / "set/merged/more.png", "x");
  imaging::write_image(folder / "bg/b005.png", noise_image({4, 4}, 9));
  fs::remove(folder / "fg/f00.png");
  const Verification found = verify(settings);
  CHECK(lines_of(found) ==
        std::vector<std::string>{"missing merged/f00_0.png", "unreadable merged/f00_1.png",
                                 "changed alpha/f01.png", "extra merged/more.png",
                                 "input-missing f00.png",
                                 "input-changed " + (folder / "bg/b005.png").string()});
  CHECK(found.absent == 2);
  CHECK(found.made_by == Counts{{"dim", 2}});
  CHECK(found.recorded ==
        2);  // f00_2, whose foreground is gone, and f01_2, with another background
}

TEST_CASE("a receipt whose rule, seed or pairs do not give what it has is an error",
          "[datasets][compose][verify][error]") {
  const TemporaryFolder folder;
  write_sources(folder.path(), 2, 6);
  SetSettings settings = settings_of(folder.path(), folder / "set", 3, "dice");
  settings.seed = 11;
  (void)compose(settings);
  CHECK(verify(settings).findings.empty());
  const Receipt honest = read_receipt(folder / "set");
  const auto findings_of = [&](const Receipt& receipt, const VerifySettings& verifying) {
    return verify_receipt(folder / "set", receipt, verifying).findings;
  };
  Receipt edited = honest;
  edited.seed = 12;
  VerifySettings verifying = verify_settings(settings);
  verifying.seed = 12;
  const auto by_seed = findings_of(edited, verifying);
  REQUIRE(by_seed.size() == 1);
  CHECK(by_seed[0].problem.code == "receipt");
  CHECK_THAT(by_seed[0].problem.parts.found, Contains("6 of 6 composites"));

  settings = settings_of(folder.path(), folder / "set", 3, "foamliu");
  const auto by_rule = findings_of(honest, verify_settings(settings));
  REQUIRE(by_rule.size() == 1);
  CHECK(by_rule[0].problem.code == "receipt");

  edited = honest;
  std::swap(edited.rows[0].background, edited.rows[1].background);
  verifying = verify_settings(settings_of(folder.path(), folder / "set", 3, "dice"));
  verifying.seed = 11;  // dice looks at no background, so that the pairs alone tell
  const auto by_pairs = findings_of(edited, verifying);
  REQUIRE(by_pairs.size() == 1);
  CHECK_THAT(by_pairs[0].problem.parts.what, Contains("not the pairs"));
  edited = honest;
  edited.rows.pop_back();
  const auto part = findings_of(edited, verifying);
  REQUIRE(part.size() == 2);  // and its composite is an extra
  CHECK(part[1].problem.code == "unfinished");
  CHECK(part[1].problem.severity == datasets::Severity::note);
  verifying.remakes = false;
  CHECK(verify_receipt(folder / "set", honest, verifying).recorded == 6);
}

TEST_CASE("a receipt that was edited together with a matte, trimap or background is found",
          "[datasets][compose][verify][error]") {
  const TemporaryFolder folder;
  write_sources(folder.path(), 2, 6);
  SetSettings settings = settings_of(folder.path(), folder / "set", 3);
  settings.trimap = datasets::trimaps::choose_rule("gca-random");
  settings.seed = 4;
  settings.save_foregrounds = settings.save_backgrounds = true;
  (void)compose(settings);
  CHECK(verify(settings).findings.empty());
  const Receipt honest = read_receipt(folder / "set");
  const auto errors_of = [&](const Receipt& receipt) {
    return verify_receipt(folder / "set", receipt, verify_settings(settings)).findings;
  };
  const std::string path =
      GENERATE("alpha/f00.png", "trimaps/f00_1.png", "fg/f00.png", "bg/f00_1.png");
  CAPTURE(path);
  Picture picture = read_picture(folder / "set" / path);
  picture.pixels(1, 1) = {128, 128, 128};
  picture.pixels(1, 2) = {7, 7, 7};
  imaging::write_image(folder / "set" / path, Image{picture.pixels});
  CHECK(lines_of(verify(settings)) == std::vector<std::string>{"changed " + path});
  Receipt edited = honest;
  for (ReceiptRow& row : edited.rows) {
    for (OutputFile& file : row.files) {
      if (file.path == path) file.pixels = set_file_digest(path, picture.pixels);
    }
  }
  const auto found = errors_of(edited);
  REQUIRE(found.size() == 1);
  CHECK(found[0].problem.code == "receipt");
  CHECK_THAT(found[0].problem.parts.found, Contains("first " + path));
  const bool is_shared = path.ends_with("f00.png");
  CHECK_THAT(found[0].problem.parts.found, Contains(is_shared ? "3 of 6" : "1 of 6"));

  edited = honest;  // a file less, and one that is none of the set
  edited.rows[3].files.erase(edited.rows[3].files.begin() + 2);
  CHECK_THAT(errors_of(edited).back().problem.parts.found, Contains("first trimaps/f01_0.png"));
  edited = honest;
  edited.saves_backgrounds = false;
  CHECK_THAT(errors_of(edited).back().problem.parts.found, Contains("6 of 6"));
}

TEST_CASE("of a set by an unknown trimap rule, all but the trimaps is made again",
          "[datasets][compose][verify][error]") {
  const TemporaryFolder folder;
  write_sources(folder.path(), 2, 6);
  SetSettings settings = settings_of(folder.path(), folder / "set", 3);
  settings.trimap = datasets::trimaps::choose_rule("gfm:2");
  settings.save_foregrounds = settings.save_backgrounds = true;
  (void)compose(settings);
  const Receipt honest = read_receipt(folder / "set");
  const bool is_known = GENERATE(true, false);  // in another version, or not at all
  const auto verify_as = [&](const Receipt& receipt) {
    VerifySettings verifying = verify_settings(settings);
    verifying.trimap.reset();
    if (is_known) verifying.trimap = datasets::trimaps::choose_rule("gfm:3");
    verifying.remakes_trimaps = false;
    return verify_receipt(folder / "set", receipt, verifying);
  };
  const Verification clean = verify_as(honest);
  CHECK(clean.findings.empty());
  CHECK(clean.recorded == 0);
  CHECK(clean.made_by == Counts{{"dim", 6}});

  const std::string path = GENERATE("merged/f00_1.png", "alpha/f00.png", "trimaps/f00_1.png",
                                    "fg/f00.png", "bg/f00_1.png");
  CAPTURE(path);
  Picture picture = read_picture(folder / "set" / path);
  picture.pixels(1, 1) = {128, 128, 128};
  picture.pixels(1, 2) = {7, 7, 7};
  imaging::write_image(folder / "set" / path, Image{picture.pixels});
  CHECK(lines_of(verify_as(honest)) == std::vector<std::string>{"changed " + path});
  Receipt edited = honest;
  for (ReceiptRow& row : edited.rows) {
    for (OutputFile& file : row.files) {
      if (file.path == path) file.pixels = set_file_digest(path, picture.pixels);
    }
  }
  const auto found = lines_of(verify_as(edited));
  if (path.starts_with("trimaps/")) {
    CHECK(found.empty());  // nothing but the receipt tells what it should be
  } else {
    CHECK(found == std::vector<std::string>{"receipt " + std::string{kReceiptName}});
  }
  edited = honest;  // a row without its trimap
  std::erase_if(edited.rows[3].files,
                [](const OutputFile& file) { return file.path.starts_with("trimaps/"); });
  const auto without = verify_as(edited);
  CHECK_THAT(without.findings.back().problem.parts.found, Contains("first trimaps/f01_0.png"));
}

TEST_CASE("images in folders that a set does not have are extra", "[datasets][compose][verify]") {
  const TemporaryFolder folder;
  write_sources(folder.path(), 1, 3);
  const SetSettings settings = settings_of(folder.path(), folder / "set", 3);
  (void)compose(settings);
  imaging::write_matte(folder / "set/trimaps/f00_0.png", noise_matte({14, 12}, 9), Depth::u8);
  CHECK(lines_of(verify(settings)) == std::vector<std::string>{"extra trimaps/f00_0.png"});
}

TEST_CASE("rules that make the same pixels are named beside the one that was asked for",
          "[datasets][compose][verify]") {
  const TemporaryFolder folder;
  write_sources(folder.path(), 2, 6);
  const SetSettings settings = settings_of(folder.path(), folder / "set", 3, "mmagic");
  (void)compose(settings);
  const Verification found = verify(settings);
  REQUIRE(found.same_pixels.contains("mmagic"));
  CHECK(found.same_pixels.at("mmagic") == std::vector<std::string>{"dim", "distinctions-646"});
}

TEST_CASE("a set is verified where its inputs are not", "[datasets][compose][verify]") {
  const TemporaryFolder folder;
  write_sources(folder.path(), 2, 6);
  SetSettings settings = settings_of(folder.path(), folder / "set", 3);
  (void)compose(settings);
  for (const char* name : {"fg", "alpha", "bg"}) fs::remove_all(folder / name);
  CHECK(lines_of(verify(settings)).empty());
  CHECK(verify(settings).recorded == 6);
  CHECK(verify(settings).made_by.empty());
  imaging::write_image(folder / "set/merged/f00_0.png", noise_image({14, 12}, 4));
  const Verification found = verify(settings);
  CHECK(lines_of(found) == std::vector<std::string>{"changed merged/f00_0.png"});
  CHECK_THAT(found.findings[0].problem.parts.found, Contains("inputs are not there"));
  CHECK(found.findings.size() == 4);  // and three notes
}

TEST_CASE("images without a receipt are compared with what rules make",
          "[datasets][compose][verify]") {
  const TemporaryFolder folder;
  write_sources(folder.path(), 3, 9);
  SetSettings made = settings_of(folder.path(), folder / "set", 3, "huochaitiantang");
  (void)compose(made);
  fs::rename(folder / "set/merged", folder / "images");
  fs::remove(folder / "images/f02_2.png");
  const SetSettings asked = settings_of(folder.path(), "", 3, "dim");
  const Verification found = verify_plan(folder / "images", plan_of(asked), verify_settings(asked));
  CHECK(found.composites == 9);
  CHECK(found.absent == 1);
  std::size_t explained = 0;
  for (const auto& [rule, count] : found.made_by) explained += count;
  CHECK(explained == 8);
  CHECK(found.made_by.back().first == "huochaitiantang");
  CHECK(found.made_by.back().second > 0);
  const Verification right = verify_plan(folder / "images", plan_of(made), verify_settings(made));
  CHECK(lines_of(right) == std::vector<std::string>{"missing f02_2.png"});
}

TEST_CASE("second foregrounds, denoised pictures and types reach the rule and the receipt",
          "[datasets][compose][verify]") {
  const TemporaryFolder folder;
  write_sources(folder.path(), 4, 8);
  write_sources(folder / "quiet", 4, 8);  // of the same sizes and, to be told apart, inverted below
  for (const auto& entry : fs::directory_iterator{folder / "quiet/bg"}) {
    Picture picture = read_picture(entry.path());
    for (auto& pixel : picture.pixels.values()) pixel.r = static_cast<std::uint8_t>(255 - pixel.r);
    imaging::write_image(entry.path(), Image{picture.pixels});
  }
  SetSettings settings = settings_of(folder.path(), folder / "set", 2, "rssn");
  settings.options =
      parse_rule_options("rssn:denoise=1:blur=0:noise=0", settings.rule->facts, "composition rule");
  settings.folders.denoised_foregrounds = {folder / "quiet/fg"};
  settings.folders.denoised_backgrounds = {folder / "quiet/bg"};
  PlanSources sources{settings.folders};
  sources.types = {{"f01", {{"type", "NS"}}}};
  sources.second_foregrounds = true;
  const Plan plan = plan_set(settings.pairing.pairs, sources, 0, 2);
  REQUIRE(compose_set(settings, plan, 2).made == 8);
  const Receipt receipt = read_receipt(folder / "set");
  CHECK(receipt.rows[2].type == imaging::ImageType::non_salient);
  CHECK(!receipt.rows[0].type);
  CHECK(tag_of(receipt.rows[2].particulars, "blur") == "yes");  // as the paper has it for NS
  CHECK(tag_of(receipt.rows[0].particulars, "blur") == "no");
  CHECK(tag_of(receipt.rows[0].particulars, "denoise") == "yes");
  std::set<std::string> second;
  for (const ReceiptRow& row : receipt.rows) {
    REQUIRE(row.extras.size() == 4);
    CHECK(row.extras[1].second.sha256 == sha256_file(folder / "quiet/bg" / row.background.name));
    CHECK(row.extras[2].second.name != row.foreground.name);
    CHECK(row.extras[2].second.name == row.extras[3].second.name);
    second.insert(row.extras[2].second.name);
  }
  CHECK(second.size() > 1);
  CHECK(compose_set(settings, plan, 2).resumed == 8);
  CHECK(lines_of(verify(settings)).empty());
  imaging::write_image(folder / "set/merged/f01_0.png",
                       Image{read_picture(folder / "set/merged/f01_1.png").pixels});
  const Verification found = verify(settings);
  REQUIRE(lines_of(found) == std::vector<std::string>{"changed merged/f01_0.png"});
  CHECK(found.findings[0].distance->max > 0);
  fs::remove(folder / "quiet/fg/f03.png");
  CHECK(lines_of(verify(settings)).back() == "input-missing f03.png");
  CHECK(plan_set(settings.pairing.pairs, sources = PlanSources{settings.folders}, 0, 2)
            .problems.at(0)
            .parts.what == "a denoised foreground is missing");
}

TEST_CASE("a rule that draws is verified with the numbers of its seed",
          "[datasets][compose][verify]") {
  const TemporaryFolder folder;
  write_sources(folder.path(), 2, 6);
  SetSettings settings = settings_of(folder.path(), folder / "set", 3, "dice");
  settings.seed = 11;
  (void)compose(settings);
  const Plan plan = plan_of(settings);
  VerifySettings verifying = verify_settings(settings);
  CHECK(lines_of(verify_plan(folder / "set", plan, verifying)).empty());
  verifying.seed = 12;
  CHECK(verify_plan(folder / "set", plan, verifying).unexplained > 0);
}
