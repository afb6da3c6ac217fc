// What README.md shows: scoring plain pixels with the metrics library alone.
#include <cstdint>
#include <iostream>
#include <vector>

#include "metrics/protocol.hpp"

int main() {
  const int width = 4, height = 2;
  const std::vector<std::uint16_t> p(8, 0);
  std::vector<std::uint16_t> t(8, 0);
  for (int i : {0, 1}) t[static_cast<std::size_t>(i)] = 65535;
  const std::vector<std::uint8_t> m(8, 128);

  const mbench::Size size{width, height};
  const mbench::PixelView<std::uint16_t> predicted{p.data(), size}, truth{t.data(), size};
  const mbench::PixelView<std::uint8_t> trimap{m.data(), size};
  for (const auto& [column, score] : mbench::metrics::evaluate(
           mbench::metrics::find_protocol("dim-matlab"), {predicted, truth, trimap})) {
    std::cout << column << ' ' << score.value << '\n';
  }
}
