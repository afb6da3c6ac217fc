// Calls what README.md shows: scoring plain pixels with the metrics library alone.
#include <vector>

#include <readme_example.hpp>  // made of README.md

int main() {
  std::vector<std::uint8_t> truth(8, 0);
  truth[0] = truth[1] = 255;
  const std::vector<std::uint8_t> predicted(8, 0), unknown(8, 128), known(8, 0);
  print_scores({4, 2}, predicted.data(), truth.data(), unknown.data());
  print_scores({4, 2}, predicted.data(), truth.data(), known.data());
}
