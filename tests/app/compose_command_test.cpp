#include <algorithm>
#include <csignal>

#include <fmt/core.h>

#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace fs = std::filesystem;

namespace {

/// Sources: foregrounds f00.png ... with mattes, backgrounds b00.png ...
class Sources {
 public:
  explicit Sources(int foregrounds = 3, int backgrounds = 9, Size size = {30, 20}) {
    for (int i = 0; i < foregrounds; ++i) {
      const Scene scene = make_scene(size, i);
      const std::string name = fmt::format("f{:02}.png", i);
      imaging::write_image(work_ / "fg" / name, noise_image(size, 50 + i));
      imaging::write_matte(work_ / "alpha" / name, scene.alpha.view(), Depth::u8);
    }
    for (int i = 0; i < backgrounds; ++i) {
      imaging::write_image(work_ / "bg" / fmt::format("b{:02}.png", i),
                           noise_image({size.width / 2 + i % 5, size.height / 2}, 90 + i));
    }
  }
  [[nodiscard]] fs::path operator/(std::string_view name) const { return work_ / name; }
  [[nodiscard]] std::map<std::string, std::string> environment() const {
    return work_.environment();
  }

  /// The ingredients as options, behind a verb.
  [[nodiscard]] std::vector<std::string> with_sources(std::vector<std::string> words,
                                                      const std::string& rule,
                                                      const std::vector<std::string>& more) const {
    for (const std::string& word :
         {std::string{"--rule"}, rule, std::string{"--fg"}, (work_ / "fg").string(),
          std::string{"--alpha"}, (work_ / "alpha").string(), std::string{"--bg"},
          (work_ / "bg").string(), std::string{"--copies"}, std::string{"3"}}) {
      words.push_back(word);
    }
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  [[nodiscard]] std::vector<std::string> words(const std::string& out, const std::string& rule,
                                               const std::vector<std::string>& more = {}) const {
    return with_sources({"compose", "--quiet", "--out", (work_ / out).string()}, rule, more);
  }
  [[nodiscard]] ProgramResult compose(const std::string& out, const std::string& rule = "dim",
                                      const std::vector<std::string>& more = {}) const {
    return work_.mbench(words(out, rule, more));
  }
  [[nodiscard]] ProgramResult mbench(const std::vector<std::string>& words) const {
    return work_.mbench(words);
  }
  [[nodiscard]] ProgramResult verify(const std::string& folder,
                                     const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{"data", "verify", (work_ / folder).string(), "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    return work_.mbench(words);
  }

 private:
  Workspace work_;
};

/// Names and bytes of the files of a set, without the receipt's commit and hidden files.
std::vector<std::pair<std::string, std::string>> files_of(const fs::path& folder) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& entry : fs::recursive_directory_iterator{folder}) {
    if (!entry.is_regular_file() || entry.path().filename() == ".lock") continue;
    files.emplace_back(entry.path().lexically_relative(folder).string(), read_text(entry.path()));
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

TEST_CASE(
    "a composed set verifies; a file that was tampered with and one of another rule are named",
    "[app][compose]") {
  const Sources sources;
  const ProgramResult composed = sources.compose("set");
  CAPTURE(composed.err);
  REQUIRE(composed.exit_code == 0);
  CHECK_THAT(composed.out, Contains("9 composites made") && Contains("mbench.composition.json"));
  const ProgramResult clean = sources.verify("set");
  CHECK(clean.exit_code == 0);
  CHECK_THAT(clean.out, Contains("9 of 9 composites are as rule 'dim' makes them"));
  CHECK_THAT(clean.out, Contains("12 files: 0 errors"));

  REQUIRE(sources.compose("other", "foamliu").exit_code == 0);
  fs::copy_file(sources / "other/merged/f01_1.png", sources / "set/merged/f01_1.png",
                fs::copy_options::overwrite_existing);
  imaging::write_image(sources / "set/merged/f02_2.png", noise_image({30, 20}, 1));
  const ProgramResult found = sources.verify("set");
  CHECK(found.exit_code == 3);
  CHECK_THAT(found.out, Contains("7 of 9 composites are as rule 'dim' makes them") &&
                            Contains("1 of 9 composites are as rule 'foamliu' makes them") &&
                            Contains("1 of 9 composites are as no known rule makes them") &&
                            Contains("2 errors"));
  CHECK_THAT(found.err, Contains("exactly what rule 'foamliu' makes") && Contains("f02_2.png"));

  const ProgramResult as_json = sources.verify("set", {"--format", "json"});
  CHECK(as_json.exit_code == 3);
  const Json json = Json::parse(as_json.out);
  CHECK(json.at("schema") == "mbench.verification/1");
  CHECK(json.at("made_by") == Json{{"dim", 7}, {"foamliu", 1}});
  CHECK(json.at("unexplained") == 1);
  REQUIRE(json.at("findings").size() == 2);
  CHECK(json.at("findings")[0].at("path") == "merged/f01_1.png");
  CHECK(json.at("findings")[0].at("made_by") == "foamliu");
  CHECK(json.at("findings")[1].at("made_by").is_null());
  CHECK(json.at("findings")[1].at("distance").at("max") > 100);
}

TEST_CASE("a receipt that names another rule is not believed", "[app][compose][error]") {
  const Sources sources;
  REQUIRE(sources.compose("set").exit_code == 0);
  const fs::path file = sources / "set/mbench.composition.json";
  const std::string honest = read_text(file);
  const auto verify_as = [&](const std::string& spelling) {
    std::string text = honest;
    const std::string named = "\"spelling\": \"dim\"";
    const auto place = text.find(named);
    REQUIRE(place != std::string::npos);
    write_text(file, text.replace(place, named.size(), "\"spelling\": \"" + spelling + "\""));
    return sources.verify("set");
  };
  const ProgramResult other = verify_as("foamliu");
  CHECK(other.exit_code == 3);
  CHECK_THAT(other.err, Contains("[receipt]") && Contains("exactly what rule 'dim' makes"));
  const ProgramResult unknown = verify_as("nonsense");
  CHECK(unknown.exit_code == 3);
  CHECK_THAT(unknown.err, Contains("unknown composition rule 'nonsense'"));
  CHECK_THAT(unknown.out, Contains("as the receipt has them (rule 'nonsense', not made again)"));
  CHECK(verify_as("foamliu:x=3").exit_code == 3);
  CHECK(verify_as("dim").exit_code == 0);
  fs::rename(sources / "fg", sources / "away");
  const ProgramResult without = sources.verify("set");
  CHECK(without.exit_code == 0);
  CHECK_THAT(without.out, Contains("9 of 9 composites are as the receipt has them (rule 'dim'"));
}

TEST_CASE("a receipt that names another trimap rule is still not believed about the rest",
          "[app][compose][error]") {
  const Sources sources;
  REQUIRE(sources.compose("set", "dim", {"--trimap", "gfm:5"}).exit_code == 0);
  const fs::path file = sources / "set/mbench.composition.json";
  const Json honest = read_json(file);
  Json other = honest;
  other["trimap"]["version"] = 999;
  write_text(file, other.dump());
  const ProgramResult version = sources.verify("set");
  CHECK(version.exit_code == 0);
  CHECK_THAT(version.err, Contains("another version of a rule, so its trimaps are not made again"));
  CHECK_THAT(version.out, Contains("9 of 9 composites are as rule 'dim' makes them"));
  for (const bool is_known : {true, false}) {
    CAPTURE(is_known);
    other["rule"]["spelling"] = "foamliu";
    if (!is_known) other["trimap"]["spelling"] = "nonsense";
    write_text(file, other.dump());
    const ProgramResult forged = sources.verify("set");
    CHECK(forged.exit_code == 3);
    CHECK_THAT(forged.err, Contains("exactly what rule 'dim' makes"));
    if (!is_known) CHECK_THAT(forged.err, Contains("nonsense"));
  }
}

TEST_CASE("verify refuses what it would not heed, and says what is missing for it",
          "[app][compose][error]") {
  const Sources sources;
  REQUIRE(sources.compose("set").exit_code == 0);
  const ProgramResult seed = sources.verify("set", {"--seed", "5"});
  CHECK(seed.exit_code == 2);
  CHECK_THAT(seed.err, Contains("takes the place of --seed"));
  CHECK(sources.verify("set", {"--manifest", "m.csv", "--rule", "dim"}).exit_code == 2);
  fs::rename(sources / "set/mbench.composition.json", sources / "away.json");
  const ProgramResult nothing = sources.verify("set");
  CHECK(nothing.exit_code == 3);
  CHECK_THAT(nothing.err, Contains("nothing to compare") && Contains("mbench data add"));
  write_text(sources / "set/mbench.composition.rows.jsonl",
             R"({"schema":"mbench.composition.rows/1","identity":"x","planned":9})"
             "\n{}\n{}\n{\"ind");
  const ProgramResult unfinished = sources.verify("set");
  CHECK(unfinished.exit_code == 3);
  CHECK_THAT(unfinished.err,
             Contains("the composed set is unfinished") && Contains("2 of 9 planned composites"));
}

TEST_CASE("a set without receipt is compared with a rule, and another that made it is named",
          "[app][compose]") {
  const Sources sources;
  REQUIRE(sources.compose("set", "foamliu").exit_code == 0);
  fs::remove(sources / "set/mbench.composition.json");
  const auto verify = [&](const std::string& rule) {
    return sources.mbench(
        sources.with_sources({"data", "verify", (sources / "set").string(), "-q"}, rule, {}));
  };
  CHECK(verify("foamliu").exit_code == 0);
  const ProgramResult found = verify("dim");
  CHECK(found.exit_code == 3);
  CHECK_THAT(found.out, Contains("9 of 9 composites are as rule 'foamliu' makes them"));
}

TEST_CASE("a composed set with trimaps is scored like any other", "[app][compose]") {
  const Sources sources;
  REQUIRE(sources.compose("set", "dim", {"--trimap", "gfm:5"}).exit_code == 0);
  const ProgramResult run =
      sources.mbench({"run", "-m", "trimap-as-alpha", "-d", (sources / "set").string(), "-o",
                      (sources / "results").string(), "-q", "--format", "json"});
  CAPTURE(run.err);
  CHECK(run.exit_code == 0);
  CHECK(sources.verify("set").exit_code == 0);
}

TEST_CASE("a dry run lists every problem at once and writes nothing", "[app][compose][error]") {
  const Sources sources;
  const ProgramResult fine = sources.compose("set", "dim", {"--dry-run"});
  CHECK(fine.exit_code == 0);
  CHECK_THAT(fine.out, Contains("9 composites by rule 'dim'") &&
                           Contains("3 foregrounds on 9 backgrounds, paired by folders"));
  fs::remove(sources / "alpha/f00.png");
  write_text(sources / "bg/b04.png", "no image");
  for (const char* option : {"--dry-run", "--limit=9"}) {  // nor does the call itself begin
    const ProgramResult broken = sources.compose("set", "dim", {option});
    CHECK(broken.exit_code == 3);
    CHECK_THAT(broken.err,
               Contains("f00.png") && Contains("b04.png") && Contains("2 problems must be mended"));
    CHECK(!fs::exists(sources / "set"));
  }
}

TEST_CASE("the number of threads changes no byte, the seed does", "[app][compose]") {
  const Sources sources;
  const auto compose = [&](const std::string& out, const std::string& threads,
                           const std::string& seed) {
    const ProgramResult result =
        sources.compose(out, "rssn",
                        {"--threads", threads, "--seed", seed, "--save-background",
                         "--save-foreground", "--trimap", "gca"});
    CAPTURE(result.err);
    REQUIRE(result.exit_code == 0);
    return files_of(sources / out);
  };
  const auto one = compose("one", "1", "4");
  CHECK(one == compose("four", "4", "4"));
  CHECK(one != compose("other", "4", "5"));
  CHECK(sources.verify("four").exit_code == 0);
}

TEST_CASE("a composition that is interrupted or killed goes on and ends with the same bytes",
          "[app][compose]") {
  const Sources sources{10, 30, {400, 300}};
  REQUIRE(sources.compose("whole").exit_code == 0);
  const fs::path rows = sources / "set/mbench.composition.rows.jsonl";
  std::vector<std::string> words = sources.words("set", "dim", {"--threads", "2"});
  words.insert(words.begin(), MBENCH_PROGRAM);
  std::uintmax_t seen = 0;
  for (const int signal : {SIGKILL, SIGINT}) {
    RunningProgram program{words, sources.environment()};
    REQUIRE(comes_true([&] {
      std::error_code absent;
      const auto size = fs::file_size(rows, absent);
      return program.ended() || (!absent && size > seen + 1000);
    }));
    program.send_signal(signal);
    const ProgramResult stopped = program.wait();
    CHECK(stopped.exit_code == (signal == SIGINT ? 130 : 137));
    CHECK(!fs::exists(sources / "set/mbench.composition.json"));
    if (signal == SIGINT) CHECK_THAT(stopped.err, Contains("finished and kept"));
    seen = fs::file_size(rows);
  }
  const ProgramResult last = sources.compose("set");
  CAPTURE(last.err, last.out);
  CHECK(last.exit_code == 0);
  CHECK_THAT(last.out, !Contains(" 0 there already"));
  CHECK(files_of(sources / "set") == files_of(sources / "whole"));
}

TEST_CASE("a disk that is full ends it with the system's reason and whole files",
          "[app][compose][error]") {
  const Sources sources{3, 9, {120, 90}};
  std::string script = "ulimit -f 16; exec \"$0\"";  // kilobytes, or half of that: one PNG has more
  for (const std::string& word : sources.words("set", "dim")) script += " '" + word + "'";
  const ProgramResult result =
      run_program({"/bin/sh", "-c", script, MBENCH_PROGRAM}, sources.environment());
  CHECK(result.exit_code == 5);
  CHECK_THAT(result.err, Contains("File too large"));
  for (const auto& [name, bytes] : files_of(sources / "set"))
    CHECK_THAT(name, !Contains("mbench-"));
  CHECK(sources.compose("set").exit_code == 0);
  CHECK(sources.verify("set").exit_code == 0);
}

TEST_CASE("a set in the way is refused, and discarded on demand", "[app][compose][error]") {
  const Sources sources;
  REQUIRE(sources.compose("set").exit_code == 0);
  const ProgramResult again = sources.compose("set");
  CHECK(again.exit_code == 0);
  CHECK_THAT(again.out, Contains("0 composites made, 9 there already"));
  const ProgramResult other = sources.compose("set", "foamliu");
  CHECK(other.exit_code == 2);
  CHECK_THAT(other.err, Contains("another set") && Contains("--fresh"));
  CHECK(sources.compose("set", "foamliu", {"--dry-run"}).exit_code == 2);
  CHECK(sources.compose("set", "foamliu", {"--fresh"}).exit_code == 0);
  CHECK_THAT(sources.verify("set").out, Contains("9 of 9 composites are as rule 'foamliu'"));
}

TEST_CASE("a file in the place of a set is refused with 2, and stays", "[app][compose][error]") {
  const Sources sources;
  write_text(sources / "set", "mine");
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, {"--fresh"}, {"--dry-run"}}) {
    const ProgramResult result = sources.compose("set", "dim", more);
    CHECK(result.exit_code == 2);
    CHECK_THAT(result.err, Contains((sources / "set").string() + "\n"));
  }
  CHECK(read_text(sources / "set") == "mine");
}

TEST_CASE("foregrounds that were estimated anew stand in the receipt and verify",
          "[app][compose]") {
  const Sources sources;
  REQUIRE(sources.compose("plain").exit_code == 0);
  REQUIRE(sources.compose("set", "dim", {"--foreground", "multi-level"}).exit_code == 0);
  const Json receipt = read_json(sources / "set/mbench.composition.json");
  CHECK_THAT(receipt.at("foreground").at("spelling").get<std::string>(), Contains("multi-level"));
  CHECK(read_text(sources / "plain/merged/f00_0.png") !=
        read_text(sources / "set/merged/f00_0.png"));
  fs::copy_file(sources / "plain/merged/f00_0.png", sources / "set/merged/f00_0.png",
                fs::copy_options::overwrite_existing);
  const ProgramResult found = sources.verify("set");
  CHECK(found.exit_code == 3);
  CHECK_THAT(found.out, Contains("8 of 9 composites are as rule 'dim' makes them"));
}

TEST_CASE("options of compose come from a file and the environment", "[app][compose]") {
  const Sources sources;
  write_text(sources / "c.toml",
             fmt::format("rule = \"dim\"\nfg = \"{}\"\nalpha = \"{}\"\n"
                         "bg = \"{}\"\nout = \"{}\"\n",
                         (sources / "fg").string(), (sources / "alpha").string(),
                         (sources / "bg").string(), (sources / "s").string()));
  auto environment = sources.environment();
  environment["MBENCH_COPIES"] = "2";
  const ProgramResult result = run_program(
      {MBENCH_PROGRAM, "compose", "--config", (sources / "c.toml").string()}, environment);
  CAPTURE(result.err);
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.out, Contains("6 composites made"));
}

TEST_CASE("what compose cannot do is refused with what would mend it", "[app][compose][error]") {
  const Sources sources;
  struct Refusal {
    std::vector<std::string> options;
    int exit_code;
    std::string message;
  };
  const auto refusal = GENERATE(values<Refusal>({
      {{"--rule", "dimm"}, 2, "did you mean 'dim'?"},
      {{"--rule", "dim:x=1"}, 2, "has no option 'x'"},
      {{"--rule", "dim", "--foreground", "multilevel"}, 2, "did you mean 'multi-level'?"},
      {{"--rule", "dim", "--trimap", "gcaa"}, 2, "did you mean 'gca'?"},
      {{"--rule", "dim", "--pairing", "composition-1k"}, 2, "composition-1k-test"},
      {{"--rule", "dim", "--pairing", "composition-1k-test", "--copies", "0"}, 3, "missing"},
      {{"--rule", "dim", "--copies", "4"}, 3, "--copies 3 would fit"},
      {{"--rule", "dim", "--fg-list", "none.txt"}, 2, "--bg-list"},
      {{"--rule", "dim", "--seed", "-1"}, 2, "--seed"},
      {{"--rule", "dim", "--merge"}, 2, "does not read what --merge names"},
      {{"--rule", "dim", "--denoised-bg", "x"}, 2, "does not read what --denoised-bg names"},
      {{"--rule", "dim", "--types", "x.csv", "--trimap", "gca"}, 2, "--types"},
      {{"--rule", "dim", "--trimap", "usr"}, 2, "needs the type of each image"},
      {{"--rule", "dim", "--pairing", "none.csv"}, 3, "no such file"},
      {{"--rule", "dim", "--out", ""}, 2, "--dry-run"},
      {{}, 2, "--rule"},
  }));
  std::vector<std::string> words{"compose",
                                 "--fg",
                                 (sources / "fg").string(),
                                 "--alpha",
                                 (sources / "alpha").string(),
                                 "--bg",
                                 (sources / "bg").string()};
  words.insert(words.end(), refusal.options.begin(), refusal.options.end());
  if (std::ranges::find(words, "--out") == words.end()) {
    words.insert(words.end(), {"--out", (sources / "set").string()});
  }
  const ProgramResult result = sources.mbench(words);
  CAPTURE(refusal.message, result.err);
  CHECK(result.exit_code == refusal.exit_code);
  CHECK_THAT(result.err, Contains(refusal.message));
  CHECK(!fs::exists(sources / "set"));
}

TEST_CASE("rules may be named with their kind, and an unknown one is told as of that kind",
          "[app][compose]") {
  const Sources sources;
  CHECK(sources
            .compose("set", "compose:dim",
                     {"--foreground", "foreground:none", "--trimap", "trimap:gfm:5"})
            .exit_code == 0);
  const auto receipt = read_json(sources / "set/mbench.composition.json");
  CHECK(receipt.at("rule").at("spelling") == "dim");
  const ProgramResult unknown = sources.compose("other", "dimm");
  CHECK(unknown.exit_code == 2);
  CHECK_THAT(unknown.err, Contains("unknown composition rule 'dimm'") &&
                              Contains("did you mean 'dim'?") && Contains("`mbench list rules`"));
  CHECK_THAT(sources.compose("other", "dim", {"--foreground", "closed-forms"}).err,
             Contains("unknown foreground estimator 'closed-forms'"));
}
