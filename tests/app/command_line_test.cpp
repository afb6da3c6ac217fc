#include <algorithm>

#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

TEST_CASE("--help and --version succeed, for the program and for every verb", "[app]") {
  const Workspace work;
  CHECK(work.mbench({"--version"}).exit_code == 0);
  CHECK_THAT(work.mbench({"--version"}).out,
             Contains("mbench 0.") && Contains("libpng") && Contains("opencv "));
  for (const char* verb : {"run", "eval", "bench", "list", "explain", "data", "demo", "trimap"}) {
    CAPTURE(verb);
    const ProgramResult help = work.mbench({verb, "--help"});
    CHECK(help.exit_code == 0);
    CHECK_THAT(help.out, Contains("Example: mbench "));
  }
}

TEST_CASE("a format in the environment that a verb has not got is not meant for it", "[app]") {
  const auto explain = [](const char* variable, const char* value) {
    return run_program({MBENCH_PROGRAM, "explain", "gca"}, {{variable, value}});
  };
  CHECK(explain("MBENCH_FORMAT", "csv").exit_code == 0);
  CHECK_THAT(explain("MBENCH_FORMAT", "json").out, Contains("\"kind\": \"protocol\""));
  const ProgramResult unknown = explain("MBENCH_FORMAT", "cvs");
  CHECK(unknown.exit_code == 2);
  CHECK_THAT(unknown.err, Contains("from the environment: MBENCH_FORMAT"));
}

TEST_CASE("wrong usage ends with 2 and says how to mend it", "[app]") {
  const Workspace work;
  CHECK(work.mbench({}).exit_code == 2);
  CHECK(work.mbench({"runn"}).exit_code == 2);
  CHECK_THAT(work.mbench({"runn"}).err, Contains("unknown verb 'runn'") && Contains("'run'"));
  CHECK_THAT(work.mbench({"list", "metods"}).err, Contains("did you mean 'methods'?"));
  CHECK_THAT(work.mbench({"run", "-m", "constant", "-d", "demo", "-t", "-1"}).err,
             Contains("'-1' is no whole number"));
  CHECK(work.mbench({"run", "--bogus"}).exit_code == 2);
  const ProgramResult unknown = work.mbench({"run", "-m", "closed-from", "-d", "demo"});
  CHECK(unknown.exit_code == 2);
  CHECK_THAT(unknown.err,
             Contains("unknown method 'closed-from'") && Contains("did you mean 'closed-form'?"));
  const ProgramResult option = work.mbench({"run", "-m", "closed-form:lamda=3", "-d", "demo"});
  CHECK(option.exit_code == 2);
  CHECK_THAT(option.err, Contains("did you mean 'lambda'?"));
}

TEST_CASE("an unknown data set is named with the places that were searched", "[app]") {
  const Workspace work;
  const ProgramResult result = work.mbench({"run", "-m", "constant", "-d", "aim5000"});
  CHECK(result.exit_code == 2);
  CHECK_THAT(result.err, Contains("aim5000") && Contains("MBENCH_DATA"));
  CHECK(work.mbench({"run", "-m", "constant", "-d", "./nowhere"}).exit_code == 3);
}

TEST_CASE("mbench list describes everything, as text and as JSON", "[app]") {
  const Workspace work;
  for (const char* kind : {"methods", "datasets", "protocols", "metrics", "rules", "reports"}) {
    CAPTURE(kind);
    const ProgramResult text = work.mbench({"list", kind});
    const ProgramResult json = work.mbench({"list", kind, "--json"});
    REQUIRE(text.exit_code == 0);
    REQUIRE(json.exit_code == 0);
    const Json items = Json::parse(json.out);
    REQUIRE_FALSE(items.empty());
    for (const Json& item : items) {
      CHECK_THAT(text.out, Contains(item.at("id").get<std::string>()));
    }
  }
  CHECK_THAT(work.mbench({"list", "protocols"}).out,
             Contains("dim-matlab") && Contains("aim") && Contains("trimap"));
}

TEST_CASE("a method of published numbers only is listed, explained, and refused with its reason",
          "[app]") {
  const Workspace work;
  const Json items = Json::parse(work.mbench({"list", "methods", "--json"}).out);
  const auto place =
      std::ranges::find_if(items, [](const Json& item) { return item.at("id") == "late-fusion"; });
  REQUIRE(place != items.end());
  CHECK(place->at("status") == "published numbers only");
  CHECK(place->at("cite") == "zhang2019");
  CHECK_THAT(place->at("summary").get<std::string>(), Contains("Cannot be run"));
  CHECK_THAT(work.mbench({"explain", "late-fusion"}).out,
             Contains("Late Fusion") && Contains("published numbers only") && Contains("Keras"));
  const ProgramResult refused = work.mbench({"run", "--method", "late-fusion", "-d", "demo"});
  CHECK(refused.exit_code == 5);
  CHECK_THAT(refused.err, Contains("method 'late-fusion' is known by published numbers only") &&
                              Contains("Keras"));
}

TEST_CASE("the command line beats the configuration file, which beats the environment", "[app]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  write_text(work / "mbench.toml", "method = [\"constant:alpha=0.25\"]\nthreads = 1\n");
  const std::string set = (work / "set").string();
  const auto method_of = [&](const std::vector<std::string>& arguments,
                             const std::map<std::string, std::string>& extra) {
    TemporaryFolder out;
    std::vector<std::string> command{MBENCH_PROGRAM, "run", "-d", set, "-o", out.path().string()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    auto environment = work.environment();
    environment.insert(extra.begin(), extra.end());
    const ProgramResult result = run_program(command, environment);
    CAPTURE(result.err);
    REQUIRE(result.exit_code == 0);
    for (const auto& entry : std::filesystem::directory_iterator{out.path() / "set"}) {
      return entry.path().filename().string();
    }
    return std::string{};
  };
  const std::map<std::string, std::string> environment{{"MBENCH_METHOD", "constant:alpha=0.75"}};
  const std::string config = (work / "mbench.toml").string();
  CHECK(method_of({}, environment) == "constant,alpha=0.75");
  CHECK(method_of({"--config", config}, environment) == "constant,alpha=0.25");
  CHECK(method_of({"--config", config, "-m", "trimap-as-alpha"}, environment) == "trimap-as-alpha");

  write_text(work / "wrong.toml", "metod = \"constant\"\n");
  const ProgramResult wrong =
      work.mbench({"run", "--config", (work / "wrong.toml").string(), "-d", set, "-m", "constant"});
  CHECK(wrong.exit_code == 2);
  CHECK_THAT(wrong.err, Contains("'metod'") && Contains("did you mean 'method'?"));
  CHECK(
      work.mbench({"run", "--config", (work / "absent.toml").string(), "-d", set, "-m", "constant"})
          .exit_code == 2);
}

TEST_CASE("one configuration file serves several verbs, nested ones too", "[app]") {
  const Workspace work;
  write_dataset(work / "set", 1);
  write_text(work / "both.toml", "threads = 1\nlimit = 1\nallow-missing = true\n");
  const std::string config = (work / "both.toml").string();
  const std::string set = (work / "set").string();
  CHECK(work.mbench({"data", "check", set, "--config", config}).exit_code == 0);
  CHECK(work.mbench({"run", "--config", config, "-m", "constant", "-d", set, "-o",
                     (work / "out").string()})
            .exit_code == 0);
}

TEST_CASE("what no method of this build can do is not available", "[app]") {
  const Workspace work;
  write_dataset(work / "set", 1);
  const std::string set = (work / "set").string();
  CHECK(work.mbench({"run", "-m", "constant", "-d", set, "--device", "cuda:0"}).exit_code == 5);
  CHECK(work.mbench({"run", "-m", "constant", "-d", set, "--precision", "fp16"}).exit_code == 5);
  CHECK(work.mbench({"run", "-m", "constant", "-d", set, "--device", "tpu"}).exit_code == 2);
}

TEST_CASE("a folder gets a name, is found by it, and is verified against its hashes", "[app]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  const std::string set = (work / "set").string();
  REQUIRE(work.mbench({"data", "add", "mine", set}).exit_code == 0);
  CHECK_THAT(work.mbench({"data", "where", "mine"}).out, Contains(set));
  CHECK_THAT(work.mbench({"list", "datasets"}).out, Contains("mine"));
  CHECK(work.mbench({"data", "check", "mine"}).exit_code == 0);
  CHECK(work.mbench({"data", "verify", "mine"}).exit_code == 0);

  imaging::write_matte(work / "set/alpha/a00.png", Plane<std::uint8_t>{{40, 32}, 7}.view(),
                       Depth::u8);
  const ProgramResult changed = work.mbench({"data", "verify", "mine"});
  CHECK(changed.exit_code == 3);
  CHECK_THAT(changed.err, Contains("a00.png"));
  CHECK(work.mbench({"data", "where", "yours"}).exit_code == 2);
}

TEST_CASE("data check lists every problem of a folder in one pass and ends with 3", "[app]") {
  const Workspace work;
  write_dataset(work / "set", 5);
  std::filesystem::remove(work / "set/alpha/a00.png");
  write_text(work / "set/image/a01.png", "this is no image");
  imaging::write_trimap(work / "set/trimap/a02.png", Trimap{{3, 3}, kUnknown});
  imaging::write_matte(work / "set/trimap/a03.png", Plane<std::uint8_t>{{40, 32}, 127}.view(),
                       Depth::u8);
  imaging::write_matte(work / "set/alpha/a04.png", Plane<std::uint8_t>{{40, 32}, 0}.view(),
                       Depth::u8);
  const ProgramResult result = work.mbench({"data", "check", (work / "set").string()});
  CAPTURE(result.err);
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.err, Contains("a00") && Contains("a01") && Contains("a02") && Contains("a03") &&
                             Contains("a04"));
  CHECK_THAT(result.err, Contains("[unreadable]") && Contains("[size]") && Contains("[levels]") &&
                             Contains("[contradiction]") && Contains("127"));
}
