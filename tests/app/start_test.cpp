#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench::testing;

TEST_CASE("the program loads neither OpenCV nor LibTorch to start", "[app]") {
  // Start-up time itself is measured, not tested (docs/performance.md); this is what would ruin it.
  const Workspace work;
  const ProgramResult loaded = run_program({MBENCH_PROGRAM, "--version"}, {{"LD_DEBUG", "libs"}});
  REQUIRE(loaded.exit_code == 0);
  CHECK_THAT(loaded.err, Catch::Contains("libpng"));
  CHECK_THAT(loaded.err, !Catch::Contains("libopencv"));
  CHECK_THAT(loaded.err, !Catch::Contains("libtorch"));
}
