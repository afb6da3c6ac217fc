#include "tests/metrics/score_bits.hpp"
#include "tests/support/approved.hpp"
#include "tests/support/catch.hpp"

// Built twice: with the library as it is, and with its sources compiled without SIMD clones. Both
// must give what the file holds, as must every other compiler, option, sanitizer and machine.
TEST_CASE("scores are the same to the last bit in every build", "[metrics][bits]") {
  mbench::testing::check_approved("metrics/bits.txt", mbench::testing::score_bits());
}
