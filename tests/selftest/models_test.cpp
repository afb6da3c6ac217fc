#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "baselines/deep/network.hpp"
#include "core/error.hpp"
#include "selftest/family.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/networks_built.hpp"

using namespace mbench;
using namespace mbench::selftest;
using namespace mbench::testing;
using Catch::Contains;

namespace {
namespace fs = std::filesystem;

constexpr std::array<const Family*, 1> kModels{&models_family};

/// The folders of references, one network each; none of them may be missing.
constexpr std::array kFolders{"a2u",
                              "a2u-unshare",
                              "adamatting-waterbearbee",
                              "aimnet",
                              "dim",
                              "dim-foamliu",
                              "dim-stage3",
                              "fba",
                              "gca",
                              "gca-baseline",
                              "gfm_d121_rim",
                              "gfm_d121_tt",
                              "gfm_r34_bt",
                              "gfm_r34_ft",
                              "gfm_r34_tt",
                              "hattmatting_ham_r50gn",
                              "hattmatting_ham_rx101",
                              "hattmatting_rx50",
                              "hattmatting_small",
                              "indexnet",
                              "lsa",
                              "modnet",
                              "p3mnet_r34",
                              "shm_light",
                              "u2net",
                              "u2netp",
                              "vitmatte-s",
                              "zhou-ji",
                              "zhou-net-m",
                              "zhou-net-t"};
/// Half a terabyte of multiply-accumulates, or two gigabytes of weights.
constexpr std::array kSlowFolders{"gfm_r101_tt", "gfm_r34_2b_tt", "vitmatte-b"};

std::vector<Row> rows_of(const fs::path& folder) {
  return run_on_folder(kModels, folder).front().rows;
}

/// What is wrong with the networks of these folders: each row that does not pass, and each folder
/// that is missing or of which too little was compared.
std::vector<std::string> failures_of(const fs::path& models, std::span<const char* const> names) {
  std::vector<std::string> failures;
  for (const char* name : names) {
    const fs::path folder = models / name;
    std::int64_t compared = 0;
    if (!fs::exists(folder / "meta.json")) {
      failures.push_back(fmt::format("{}: missing", folder.string()));
      continue;
    }
    for (const Row& row : rows_of(folder)) {
      compared += row.compared;
      if (row.verdict == Verdict::pass) continue;
      failures.push_back(
          fmt::format("{} {}: {} off; {}", row.group, row.item, row.absolute, row.note));
    }
    if (compared < 3) failures.push_back(fmt::format("{}: {} compared", folder.string(), compared));
  }
  return failures;
}

/// A copy of the smallest folder of references, to be spoilt.
class SmallCopy {
 public:
  explicit SmallCopy(const fs::path& models) {
    fs::copy(models / "hattmatting_small", folder_ / "hattmatting_small");
  }
  [[nodiscard]] fs::path operator/(std::string_view name) const {
    return folder_ / "hattmatting_small" / name;
  }
  [[nodiscard]] std::vector<Row> rows() const { return rows_of(folder_.path()); }

 private:
  TemporaryFolder folder_;
};

const Row& row(const std::vector<Row>& rows, std::string_view item) {
  for (const Row& one : rows) {
    if (one.item == item) return one;
  }
  FAIL("no row " << item);
  return rows.front();
}

void replace(const fs::path& file, std::string_view from, std::string_view to) {
  std::string text = read_text(file);
  const std::size_t place = text.find(from);
  REQUIRE(place != std::string::npos);
  write_text(file, text.replace(place, from.size(), to));
}

}  // namespace

TEST_CASE("every network equals its original program within the bounds", "[selftest][models]") {
  const auto models = shared_path("models");
  if (!models || !networks_are_built()) return;
  CHECK(failures_of(*models, kFolders) == std::vector<std::string>{});
}

TEST_CASE("a network that remembers equals its program over a clip", "[selftest][models]") {
  if (!networks_are_built()) return;
  constexpr std::array kClips{"rvm_deep", "rvm_fast"};
  CHECK(failures_of(source_path("tests/golden/networks"), kClips) == std::vector<std::string>{});
}

TEST_CASE("the large networks equal theirs too", "[.slow][selftest][models]") {
  const auto models = shared_path("models");
  if (!models || !networks_are_built()) return;
  CHECK(failures_of(*models, kSlowFolders) == std::vector<std::string>{});
}

TEST_CASE("an output that differs fails, and so do keys, counts and costs", "[selftest][models]") {
  const auto models = shared_path("models");
  if (!models || !networks_are_built()) return;
  const SmallCopy copy{*models};
  const fs::path file = copy / "out_alpha.npy";
  std::string bytes = read_text(file);
  const float wrong = 100.0F;
  std::memcpy(bytes.data() + bytes.size() - sizeof wrong, &wrong, sizeof wrong);
  write_text(file, bytes);
  replace(copy / "keys.json", "fe.backbone.conv.0.bias", "fe.backbone.conv.0.bios");
  replace(copy / "meta.json", "2690230", "2690231");

  const std::vector<Row> rows = copy.rows();
  CHECK(row(rows, "out_alpha").verdict == Verdict::fail);
  CHECK(row(rows, "out_alpha").absolute > 90.0);
  CHECK(row(rows, "state dict").broken == 1);
  CHECK_THAT(row(rows, "state dict").note, Contains("conv.0.bios"));
  CHECK_THAT(row(rows, "parameters").note, Contains("expected 2690231, found 2690230"));
}

TEST_CASE("other weights fail, and the first sub-module that differs is named",
          "[selftest][models]") {
  const auto models = shared_path("models");
  if (!models || !networks_are_built()) return;
  const SmallCopy copy{*models};
  replace(copy / "meta.json", "\"seed\": 1", "\"seed\": 7");
  const std::vector<Row> rows = copy.rows();
  CHECK(row(rows, "out_alpha").verdict == Verdict::fail);
  CHECK_THAT(row(rows, "out_alpha").note, Contains("first differing sub-module: 'fe'"));
}

TEST_CASE("a stored output that is not computed, or an input that is missing, fails",
          "[selftest][models]") {
  const auto models = shared_path("models");
  if (!models || !networks_are_built()) return;
  const SmallCopy renamed{*models};
  fs::rename(renamed / "out_alpha.npy", renamed / "out_beta.npy");
  const std::vector<Row> rows = renamed.rows();
  CHECK(row(rows, "out_beta").verdict == Verdict::fail);
  CHECK_THAT(row(rows, "out_beta").note, Contains("does not compute it"));

  const SmallCopy incomplete{*models};
  fs::remove(incomplete / "input.npy");
  const std::vector<Row> failed = incomplete.rows();
  CHECK(failed.back().verdict == Verdict::fail);
  CHECK_THAT(failed.back().note, Contains("input"));
}

TEST_CASE("a recipe's seed that is no seed, or a gain that is no number, is refused by file",
          "[selftest][models]") {
  if (!networks_are_built()) return;
  const auto refusal_of = [](const std::string& seed, const std::string& gain) {
    const TemporaryFolder folder;
    write_text(
        folder / "net/meta.json",
        fmt::format(R"({{"model": "no_such", "recipe": {{"seed": {}, "gain": {}}}}})", seed, gain));
    try {
      (void)rows_of(folder.path());
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::bad_input);
      return std::string{error.what()};
    }
    return std::string{"not refused"};
  };
  CHECK(refusal_of("18446744073709551615", "1.5") == "not refused");
  for (const char* seed : {"-1", "1.5", "18446744073709551616", "\"1\"", "null"}) {
    CAPTURE(seed);
    CHECK_THAT(refusal_of(seed, "1"), Contains("net/meta.json") && Contains("0 to 2^64 - 1"));
  }
  for (const char* gain : {"1e999", "NaN", "null", "\"1\""}) {
    CAPTURE(gain);
    CHECK_THAT(refusal_of("1", gain), Contains("net/meta.json") && Contains("cannot be read"));
  }
}

TEST_CASE("a network that is not known is said to be so", "[selftest][models]") {
  const auto models = shared_path("models");
  if (!models || !networks_are_built()) return;
  const SmallCopy copy{*models};
  replace(copy / "meta.json", "\"model\": \"hattmatting_small\"", "\"model\": \"no_such\"");
  CHECK(copy.rows().front().verdict == Verdict::not_known);
}
