#include "tests/baselines/networks.hpp"

#include <stdexcept>
#include <string>

#include "baselines/deep/entries.hpp"
#include "tests/support/catch.hpp"

namespace mbench::testing {

using namespace baselines;

bool networks_are_built() {
  if (deep_methods_are_built()) return true;
  WARN("skipped: this build has no networks");
  return false;
}

std::unique_ptr<Method> make_untrained(std::string_view text) {
  const NameWithOptions parsed = parse_name_with_options(text);
  const MethodEntry& entry = find_method(parsed.name);
  return baselines::make_method(
      entry, {.options = Options{entry.options, parsed.values, "method '" + parsed.name + "'"},
              .weights = {.recipe = Recipe{}}});
}

std::unique_ptr<Network> untrained_network(std::string_view id) {
  for (const NetworkEntry* entry : all_networks()) {
    if (entry->id != id) continue;
    std::unique_ptr<Network> network = entry->make();
    network->load({.recipe = Recipe{}});
    return network;
  }
  throw std::logic_error{"no network " + std::string{id}};
}

Array make_array(int channels, Size size, const std::function<double(int, int, int)>& value) {
  Array array{.shape = {1, channels, size.height, size.width}};
  for (int channel = 0; channel < channels; ++channel) {
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        array.values.push_back(static_cast<float>(value(channel, y, x)));
      }
    }
  }
  return array;
}

float at(const Array& array, int channel, int y, int x) {
  const auto row = channel * array.shape[2] + y;
  return array.values[static_cast<std::size_t>(row * array.shape[3] + x)];
}

}  // namespace mbench::testing
