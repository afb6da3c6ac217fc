// Makes two tiny mattes, a trimap and a predicted trimap of the bytes, scores them under every
// protocol, alone and together, and compares each column with its plain definition. A difference
// ends the program with the protocol, the column and both values.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/metrics/tiny_case.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mbench;
  std::size_t next = 0;
  const auto byte = [&] { return next < size ? unsigned{data[next++]} : 0U; };
  const testing::Choose choose = [&](unsigned n) {
    const unsigned low = byte();
    return (n <= 256 ? low : low + 256 * byte()) % n;
  };
  const testing::TinyCase tiny =
      choose(8) == 7 ? testing::make_wide_case(choose) : testing::make_tiny_case(choose, 6);
  const std::string differences = testing::differences_from_plain(tiny);
  if (differences.empty()) return 0;
  std::fputs(differences.c_str(), stderr);
  std::abort();
}
