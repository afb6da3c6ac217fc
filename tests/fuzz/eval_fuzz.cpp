// Makes two tiny mattes, a trimap and a predicted trimap of the bytes, scores them under every
// protocol and compares each column with its plain definition. A difference ends the program with
// the protocol, the column and both values.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "metrics/protocol.hpp"
#include "tests/metrics/tiny_case.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mbench;
  std::size_t next = 0;
  const testing::Choose choose = [&](unsigned n) { return next < size ? data[next++] % n : 0U; };
  const testing::TinyCase tiny = testing::make_tiny_case(choose, 6);
  for (const metrics::Protocol* protocol : metrics::all_protocols()) {
    const std::string difference = testing::difference_from_plain(*protocol, tiny);
    if (difference.empty()) continue;
    std::fputs(difference.c_str(), stderr);
    std::abort();
  }
  return 0;
}
