#include "baselines/weights.hpp"

#include "core/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/scoped_variable.hpp"

using namespace mbench;
using namespace mbench::baselines;
using mbench::testing::ScopedVariable;
using mbench::testing::TemporaryFolder;
namespace fs = std::filesystem;

TEST_CASE("weights are a formula with seed and gain, or a file", "[baselines][weights]") {
  const WeightsChoice plain = parse_weights("recipe:7");
  REQUIRE(plain.recipe);
  CHECK(*plain.recipe == Recipe{.seed = 7});
  CHECK(plain.file.empty());

  const WeightsChoice louder = parse_weights("recipe:18446744073709551615:1.5");
  REQUIRE(louder.recipe);
  CHECK(*louder.recipe == Recipe{.seed = 18446744073709551615ULL, .gain = 1.5});

  const WeightsChoice file = parse_weights("folder/gfm.pth");
  CHECK_FALSE(file.recipe);
  CHECK(file.file == "folder/gfm.pth");
  CHECK(parse_weights("./recipe:7").file == "./recipe:7");
}

TEST_CASE("no weights named is no choice", "[baselines][weights]") {
  CHECK_FALSE(parse_weights("").recipe);
  CHECK(parse_weights("").file.empty());
}

TEST_CASE("a choice of weights is written as it is read", "[baselines][weights]") {
  const std::string text =
      GENERATE("recipe:0", "recipe:7:1.5", "recipe:7:0.1", "", "folder/gfm.pth");
  CHECK(to_string(parse_weights(text)) == text);
  CHECK(to_string(parse_weights("recipe:7:1")) == "recipe:7");
}

TEST_CASE("a formula with anything but numbers is refused", "[baselines][weights]") {
  const std::string text =
      GENERATE("recipe:", "recipe:x", "recipe:1:", "recipe:1:x", "recipe:-1", "recipe:1.5",
               "recipe:1:2:3", "recipe:18446744073709551616", "recipe:1:nan", "recipe:1:inf",
               "recipe:1:-inf", "recipe:1:1e999");
  CAPTURE(text);
  try {
    (void)parse_weights(text);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    CHECK(error.parts().what == "'" + text + "' does not name weights by formula");
    CHECK(error.parts().expected ==
          "recipe:SEED or recipe:SEED:GAIN, e.g. recipe:1; SEED a whole number, 0 or more, GAIN a "
          "finite number");
  }
}

TEST_CASE("weights are looked for where the user says, then in the user's data folder",
          "[baselines][weights]") {
  const ScopedVariable named{"MBENCH_WEIGHTS_PATH", "/one::/two:"};
  const ScopedVariable home{"HOME", "/home/someone"};
  {
    const ScopedVariable data{"XDG_DATA_HOME", "/data"};
    CHECK(weights_folders() == std::vector<fs::path>{"/one", "/two", "/data/mbench/weights"});
  }
  const ScopedVariable data{"XDG_DATA_HOME", std::nullopt};
  CHECK(weights_folders() ==
        std::vector<fs::path>{"/one", "/two", "/home/someone/.local/share/mbench/weights"});
}

TEST_CASE("empty variables name no folder", "[baselines][weights]") {
  const ScopedVariable named{"MBENCH_WEIGHTS_PATH", ""}, data{"XDG_DATA_HOME", ""},
      home{"HOME", ""};
  CHECK(weights_folders().empty());
  CHECK_FALSE(find_weights("gfm.pth"));
}

TEST_CASE("published weights are found in the first folder that has the file",
          "[baselines][weights]") {
  const TemporaryFolder first, second, user;
  const ScopedVariable named{"MBENCH_WEIGHTS_PATH",
                             first.path().string() + ":" + second.path().string()};
  const ScopedVariable data{"XDG_DATA_HOME", user.path().string()};
  CHECK_FALSE(find_weights("gfm.pth"));

  testing::write_text(user / "mbench/weights/gfm.pth", "user");
  CHECK(find_weights("gfm.pth") == user / "mbench/weights/gfm.pth");

  fs::create_directories(first / "gfm.pth");  // a folder is no file
  testing::write_text(second / "gfm.pth", "second");
  CHECK(find_weights("gfm.pth") == second / "gfm.pth");
}
