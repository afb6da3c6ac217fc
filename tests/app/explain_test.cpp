#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace {

std::string golden(const std::string& folder, const std::string& name) {
  return (source_path("tests/golden") / folder / (name + ".png")).string();
}

/// `explain` of a golden pair with its trimap, and more arguments.
ProgramResult explain(const Workspace& work, const std::string& name,
                      const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{"explain",
                                     "--truth",
                                     golden("alpha", name),
                                     "--pred",
                                     golden("pred", name),
                                     "--trimap",
                                     golden("trimap", name)};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return work.mbench(arguments);
}

Json explain_json(const Workspace& work, const std::string& name,
                  const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{"--format", "json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const ProgramResult result = explain(work, name, arguments);
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  return Json::parse(result.out);
}

}  // namespace

TEST_CASE("explain of a protocol names every switch of every column", "[app][explain]") {
  const Workspace work;
  const ProgramResult text = work.mbench({"explain", "dim-matlab"});
  REQUIRE(text.exit_code == 0);
  for (const char* words : {"protocol:dim-matlab",
                            "xu2017",
                            "proof",
                            "region",
                            "unknown",
                            "pixels with T = 128",
                            "quantise",
                            "clamp",
                            "stretch",
                            "min_max",
                            "divisor",
                            "offset",
                            "if_zero",
                            "unit",
                            "kernel",
                            "taps9",
                            "border",
                            "replicate",
                            "predicted_threshold",
                            "truth_threshold",
                            "empty_level",
                            "drop",
                            "tie_order",
                            "column_major",
                            "components",
                            "foreground_only",
                            "undefined where there are no pixels with T = 128",
                            "quirks"}) {
    CHECK_THAT(text.out, Contains(words));
  }
  const ProgramResult json = work.mbench({"explain", "dim-matlab", "--json"});
  REQUIRE(json.exit_code == 0);
  const Json item = Json::parse(json.out).at(0);
  CHECK(item.at("kind") == "protocol");
  REQUIRE(item.at("columns").size() == 4);
  CHECK(item.at("columns")[3].at("switches").size() == 13);
}

TEST_CASE("explain prints the formula and the unit of each column, not those of its metric",
          "[app][explain]") {
  const Workspace work;
  const auto column = [&](const char* protocol, std::string_view id) {
    const Json item = Json::parse(work.mbench({"explain", protocol, "--json"}).out).at(0);
    for (const Json& one : item.at("columns")) {
      if (one.at("id") == id) return one;
    }
    return Json{};
  };
  const Json dtssd = column("protocol:rvm", "dtssd");
  CHECK(dtssd.at("unit") == "10^-2");
  CHECK(dtssd.at("switches")[0].at("meaning") == "printed times 100");
  CHECK(column("protocol:aim", "grad").at("formula") == "1/10 * sum_i (|grad p|_i - |grad t|_i)^2");
  CHECK(column("protocol:aim", "grad").at("unit") == "10");
  const ProgramResult rvm = work.mbench({"explain", "protocol:rvm"});
  CHECK_THAT(rvm.out, Contains("averaging  frame-index:") && Contains("dtSSD in units of 10^-2"));
  CHECK_THAT(work.mbench({"explain", "dim-matlab"}).out, Contains("averaging  samples:"));
}

TEST_CASE("explain knows metrics, methods, data sets, rules and report formats", "[app][explain]") {
  const Workspace work;
  CHECK_THAT(work.mbench({"explain", "conn"}).out,
             Contains("metric:conn") && Contains("lower") && Contains("phi(p_i)"));
  CHECK_THAT(work.mbench({"explain", "sad"}).out, Contains("sad, sad_trimap, sad_fg, sad_bg"));
  CHECK_THAT(work.mbench({"explain", "closed-form"}).out,
             Contains("method:closed-form") && Contains("lambda="));
  CHECK_THAT(work.mbench({"explain", "demo"}).out, Contains("dataset:demo"));
  CHECK_THAT(work.mbench({"explain", "latex"}).out,
             Contains("report:latex") && Contains("--format latex"));
  for (const char* list : {"protocols", "metrics", "methods", "datasets", "rules", "reports"}) {
    for (const Json& item : Json::parse(work.mbench({"list", list, "--json"}).out)) {
      const auto id = item.at("id").get<std::string>();
      CAPTURE(id);
      const ProgramResult text = work.mbench({"explain", id});
      CHECK(text.exit_code == 0);
      CHECK_THAT(text.out, Contains(id));
      CHECK(Json::parse(work.mbench({"explain", id, "--json"}).out).at(0).at("id") == id);
    }
  }
}

TEST_CASE("a name with its kind before it means one thing", "[app][explain]") {
  const Workspace work;
  CHECK(Json::parse(work.mbench({"explain", "protocol:aim", "--json"}).out).size() == 1);
  CHECK(work.mbench({"explain", "metric:aim"}).exit_code == 2);
}

TEST_CASE("a name of several things says so first, and how to ask for each", "[app][explain]") {
  const Workspace work;
  const std::string both = work.mbench({"explain", "gfm"}).out;
  const std::size_t heading = both.find("3 things are called 'gfm'");
  CHECK(heading == 0);
  CHECK(both.find("mbench explain protocol:gfm") < both.find("\nprotocol:gfm "));
  CHECK(both.find("mbench explain method:gfm") < both.find("\nprotocol:gfm "));
  CHECK_THAT(both, Contains("\nmethod:gfm ") && Contains("\ntrimap:gfm "));
  for (const char* one : {"method:gfm", "constant"}) {
    const ProgramResult alone = work.mbench({"explain", one});
    CHECK(alone.exit_code == 0);
    CHECK_THAT(alone.out, !Contains("things are called") && !Contains("protocol:"));
  }
}

TEST_CASE("a rule is explained as it is spelled, with what its source leaves open",
          "[app][explain]") {
  const Workspace work;
  CHECK_THAT(work.mbench({"explain", "trimap:gca:15,3"}).out,
             Contains("trimap:gca  ") && Contains("given     gca:fg=15:bg=3"));
  CHECK_THAT(work.mbench({"explain", "zhou2021:pixels=radius"}).out,
             Contains("given     zhou2021:fg=15:bg=15:pixels=radius") &&
                 Contains("what the source leaves open") && Contains("size 31"));
  // A method of that name has no such option, and the rule none of the method's.
  CHECK_THAT(work.mbench({"explain", "gca:fg=3"}).out,
             Contains("trimap:gca") && !Contains("method:gca"));
  CHECK_THAT(work.mbench({"explain", "gca:frame=yes"}).out,
             Contains("method:gca") && !Contains("trimap:gca"));
  const ProgramResult refused = work.mbench({"explain", "gca:1,2,3"});
  CHECK(refused.exit_code == 2);
  CHECK_THAT(refused.err, Contains("too many values for trimap rule 'gca'"));
}

TEST_CASE("a rule is explained with the command that uses it as it was spelled",
          "[app][explain][rules]") {
  const Workspace work;
  const auto use = [&](const std::string& name) {
    const ProgramResult result = work.mbench({"explain", name, "--json"});
    CAPTURE(name, result.err);
    REQUIRE(result.exit_code == 0);
    return Json::parse(result.out).at(0).at("use").get<std::string>();
  };
  CHECK(use("trimap:gca:15,3") == "mbench trimap make --rule gca:15,3");
  CHECK(use("gca:15,3") == "mbench trimap make --rule gca:15,3");
  CHECK(use("trimap:gca") == "mbench trimap make --rule gca");
  CHECK(use("compose:rssn:blur=0") == "mbench compose --rule rssn:blur=0");
  CHECK(use("foreground:refined:scales=3") == "mbench compose --foreground refined:scales=3");
}

TEST_CASE("refusals of a rule's options name what was meant", "[app][explain][rules]") {
  const Workspace work;
  const auto refused = [&](const std::string& name) {
    const ProgramResult result = work.mbench({"explain", name});
    CHECK(result.exit_code == 2);
    return result.err;
  };
  CHECK_THAT(refused("gca:fg=15,15"), Contains("method 'gca' has no option 'fg'") &&
                                          Contains("option 'fg' of trimap rule 'gca'"));
  CHECK_THAT(refused("gca:15:15"),
             Contains("cannot read 'gca:15:15'") && Contains("gca:15,15 or gca:fg=15:bg=15"));
  CHECK_THAT(refused("gca-random:20,5"),
             Contains("trimap rule 'gca-random'") && Contains("no number to draw"));
  CHECK_THAT(refused("foreground:refined:scales=99"),
             Contains("option 'scales' of foreground estimator 'refined'"));
  CHECK_THAT(refused("compose:rssn:blurr=1"), Contains("composition rule 'rssn'"));
}

TEST_CASE("a method or data set is explained with its options", "[app][explain]") {
  const Workspace work;
  const auto explained = [&](const std::string& name) {
    const ProgramResult result = work.mbench({"explain", name, "--json"});
    CAPTURE(name, result.err);
    REQUIRE(result.exit_code == 0);
    return Json::parse(result.out);
  };
  const Json averaged = explained("tta:of=gfm+backbone=d121:flip=no");
  REQUIRE(averaged.size() == 2);  // the wrapper, then what it wraps
  CHECK(averaged[0].at("id") == "tta");
  CHECK(averaged[0].at("given") == "of=gfm+backbone=d121, flip=no");
  CHECK(averaged[0].at("needs") == "image, weights");
  CHECK(averaged[1].at("kind") == "method");
  CHECK(averaged[1].at("id") == "gfm");
  CHECK(averaged[1].at("given") == "backbone=d121");
  CHECK(explained("method:tta:of=closed-form")[0].at("needs") == "image, trimap");
  CHECK_THAT(explained("tta")[0].at("needs").get<std::string>(), Contains("method that it asks"));
  CHECK(explained("card")[0].at("needs") == "image, weights, and what its card shows the network");
  CHECK(explained("card")[0].at("status") == "ready: the card names its weights");
  CHECK(explained("command")[0].at("needs") == "image, and what its command line names");
  CHECK(explained("command")[0].at("status") == "ready");
  CHECK(explained("closed-form:lambda=50")[0].at("given") == "lambda=50");
  CHECK(explained("demo:count=8")[0].at("given") == "count=8");
  const std::string text = work.mbench({"explain", "tta:of=gfm"}).out;
  CHECK_THAT(text, Contains("given") && Contains("of=gfm") && Contains("\nmethod:gfm "));

  const auto refused = [&](const std::string& name) {
    const ProgramResult result = work.mbench({"explain", name});
    CHECK(result.exit_code == 2);
    return result.err;
  };
  CHECK_THAT(refused("tta:of=gfn"), Contains("unknown method 'gfn'"));
  CHECK_THAT(refused("tta:flip=no"), Contains("needs the option 'of'"));
  CHECK_THAT(refused("closed-form:lamda=1"), Contains("lamda"));
  CHECK_THAT(refused("dim-matlab:x=1"), Contains("nothing is called 'dim-matlab:x=1'"));
}

TEST_CASE("options from the environment do not stand in the way of a name", "[app][explain]") {
  CHECK(run_program({MBENCH_PROGRAM, "explain", "gca"}, {{"MBENCH_PROTOCOL", "aim"}}).exit_code ==
        0);
}

TEST_CASE("a pair is scored under all protocols, with the switches behind differences",
          "[app][explain]") {
  const Workspace work;
  const ProgramResult text = explain(work, "hair_quant8");
  CAPTURE(text.out);
  REQUIRE(text.exit_code == 0);
  CHECK_THAT(text.out, Contains("SAD: dim-matlab gives ") && Contains("same as dim-matlab: "));
  CHECK_THAT(text.out, Contains("components  foreground_only -> with_background"));
  CHECK_THAT(text.out, Contains("no effect here: ") && Contains("depends on that order"));
  CHECK_THAT(text.out, Contains("not scored: trimap (needs a predicted trimap)"));

  const Json json = explain_json(work, "hair_quant8");
  CHECK(json.at("reference") == "dim-matlab");
  for (const Json& metric : json.at("metrics")) {
    for (const Json& group : metric.at("groups")) {
      double sum = 0.0;
      for (const Json& step : group.at("steps")) sum += step.at("change").get<double>();
      CHECK(sum == Approx(group.at("change").get<double>()).margin(1e-9));
    }
  }
}

TEST_CASE("explain names the switch that brings a 16-bit prediction to 8 bits", "[app][explain]") {
  const Workspace work;
  CHECK_THAT(work.mbench({"explain", "gca-tester"}).out,
             Contains("version    2") && Contains("quantise") && Contains("truncate_to_8_bits"));
  CHECK_THAT(work.mbench({"explain", "paddle"}).out, Contains("round_to_8_bits"));
  const Size size{30, 20};
  Plane<std::uint16_t> predicted{size};
  for (std::size_t i = 0; i < predicted.values().size(); ++i) {
    predicted.values()[i] = static_cast<std::uint16_t>(i * 40503);
  }
  imaging::write_matte(work / "pred.png", predicted.view(), Depth::u16);
  imaging::write_matte(work / "truth.png", noise_plane(size, 1).view(), Depth::u8);
  imaging::write_trimap(work / "trimap.png", noise_trimap(size, 2));
  const ProgramResult text = work.mbench(
      {"explain", "--truth", (work / "truth.png").string(), "--pred", (work / "pred.png").string(),
       "--trimap", (work / "trimap.png").string(), "-p", "gca,gca-tester,paddle"});
  CAPTURE(text.out, text.err);
  REQUIRE(text.exit_code == 0);
  CHECK_THAT(text.out, Contains("quantise  none -> truncate_to_8_bits") &&
                           Contains("quantise  none -> round_to_8_bits"));
}

TEST_CASE("explain compares with the protocol asked for, among those asked for", "[app][explain]") {
  const Workspace work;
  const Json json = explain_json(work, "hair_quant8", {"--against", "gca", "-p", "mmagic,aim"});
  CHECK(json.at("reference") == "gca");
  CHECK(json.at("protocols").size() == 3);
  const ProgramResult whole = work.mbench({"explain", "--truth", golden("alpha", "hair_quant8"),
                                           "--pred", golden("pred", "hair_quant8")});
  REQUIRE(whole.exit_code == 0);
  CHECK_THAT(whole.out, Contains("SAD: whole gives ") && Contains("(needs a trimap)"));
}

TEST_CASE("numbers of different units are not compared in per cent", "[app][explain]") {
  const Workspace work;
  const ProgramResult text = explain(work, "hair_quant8");
  REQUIRE(text.exit_code == 0);
  CHECK_THAT(text.out, Contains("mse (10^-3)") && Contains("grad (10)") &&
                           Contains("rvm, rvm-hr: 0.153981 in units of 10^-3\n") &&
                           Contains("now 0.153981 in units of 10^-3"));
  CHECK_THAT(text.out,
             Contains("Changes of at most 1e-09") && Contains("left out: rvm dtssd, rvm-hr dtssd"));
  CHECK_THAT(work.mbench({"explain", "--help"}).out, Contains("1e-09"));
  const Json json = explain_json(work, "hair_quant8", {"-p", "dim-matlab,rvm"});
  CHECK(json.at("left_out")[0] == Json{{"protocol", "rvm"}, {"column", "dtssd"}});
  for (const Json& metric : json.at("metrics")) {
    if (metric.at("metric") != "mse") continue;
    CHECK(metric.at("unit") == "");
    const Json& rvm = metric.at("groups")[1];
    CHECK(rvm.at("unit") == "10^-3");
    CHECK(rvm.at("percent").is_null());
    CHECK(rvm.at("steps").back().at("change").is_number());
  }
}

TEST_CASE("undefined scores are shown with their reason", "[app][explain]") {
  const Workspace work;
  const ProgramResult text = explain(work, "zero_zero");
  REQUIRE(text.exit_code == 0);
  CHECK_THAT(text.out, Contains("MSE: dim-matlab gives undefined (no unknown pixels)") &&
                           Contains("undefined, no unknown pixels: dim-matlab mse") &&
                           Contains("now 0"));
  const Json json = explain_json(work, "zero_zero");
  CHECK(json.at("protocols")[0].at("scores").at("mse").is_null());
  CHECK(json.at("protocols")[0].at("undefined").at("mse") == "no unknown pixels");
}

TEST_CASE("explain refuses wrong usage with 2", "[app][explain]") {
  const Workspace work;
  const auto refused = [&](const std::vector<std::string>& arguments) {
    const ProgramResult result = work.mbench(arguments);
    CHECK(result.exit_code == 2);
    return result.err;
  };
  CHECK_THAT(refused({"explain"}), Contains("nothing was named"));
  CHECK_THAT(refused({"explain", "dim-matlap"}), Contains("did you mean 'dim-matlab'?"));
  CHECK_THAT(refused({"explain", "--truth", golden("alpha", "ties")}),
             Contains("--truth FILE --pred FILE"));
  CHECK_THAT(refused({"explain", "aim", "--truth", golden("alpha", "ties")}),
             Contains("one at a time"));
  CHECK_THAT(refused({"explain", "--truth", golden("alpha", "ties"), "--pred",
                      golden("pred", "ties"), "--against", "gca"}),
             Contains("cannot be the reference: it needs a trimap"));
  for (const char* protocol : {"whole,aim", "dim-matlab"}) {
    CHECK_THAT(refused({"explain", "--truth", golden("alpha", "ties"), "--pred",
                        golden("pred", "ties"), "-p", protocol}),
               Contains("it needs a trimap") && Contains("give the trimap"));
  }
  CHECK_THAT(explain(work, "ties", {"-p", "trimap"}).err,
             Contains("scores trimaps") && Contains("mbench eval -p trimap"));
  CHECK(explain(work, "ties", {"-p", "trimap"}).exit_code == 2);
  CHECK_THAT(refused({"explain", "--truth", golden("alpha", "ties"), "--pred",
                      golden("pred", "ties"), "-p", "gcb"}),
             Contains("did you mean 'gca'?"));
}

TEST_CASE("explain ends with 3 for files that cannot be scored", "[app][explain]") {
  const Workspace work;
  const ProgramResult absent = work.mbench(
      {"explain", "--truth", golden("alpha", "ties"), "--pred", (work / "no.png").string()});
  CHECK(absent.exit_code == 3);
  CHECK_THAT(absent.err, Contains("no.png"));
  const ProgramResult sizes = work.mbench(
      {"explain", "--truth", golden("alpha", "ties"), "--pred", golden("pred", "row_1x64")});
  CHECK(sizes.exit_code == 3);
  CHECK_THAT(sizes.err, Contains("different sizes") && Contains("row_1x64.png"));
  const ProgramResult levels = explain(work, "trimap_127");
  CHECK(levels.exit_code == 3);
  CHECK_THAT(levels.err, Contains("127") && Contains("--trimap-levels"));
  CHECK(explain(work, "trimap_127", {"--trimap-levels", "0,127,255"}).exit_code == 0);
  CHECK(explain(work, "trimap_127", {"--trimap-levels", "0,127,127"}).exit_code == 2);
}
