#include "tests/baselines/networks.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "tests/support/catch.hpp"

namespace mbench::testing {

using namespace baselines;

std::unique_ptr<Method> make_untrained(std::string_view text, const Recipe& recipe,
                                       Precision precision) {
  const NameWithOptions parsed = parse_name_with_options(text);
  const MethodEntry& entry = find_method(parsed.name);
  return baselines::make_method(
      entry, {.options = Options{entry.options, parsed.values, "method '" + parsed.name + "'"},
              .weights = {.recipe = recipe},
              .precision = precision});
}

std::unique_ptr<Network> named_network(std::string_view id) {
  const auto networks = all_networks();
  const auto entry = std::ranges::find(networks, id, &NetworkEntry::id);
  if (entry == networks.end()) throw std::logic_error{"no network " + std::string{id}};
  return (*entry)->make();
}

std::unique_ptr<Network> untrained_network(std::string_view id) {
  std::unique_ptr<Network> network = named_network(id);
  network->load({.recipe = Recipe{}});
  return network;
}

void check_is_matte(const Method& method, const Image& image) {
  const Estimate estimate = method.estimate({.sample_id = "s", .image = image});
  REQUIRE(estimate.alpha.size() == image.size());
  CHECK_NOTHROW(to_u8(estimate.alpha));  // refuses NaN and values outside [0, 1]
  REQUIRE(estimate.times.has_value());
  CHECK(estimate.times->infer_s > 0.0);
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
