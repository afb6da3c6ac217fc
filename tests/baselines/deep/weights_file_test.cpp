#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "baselines/deep/network.hpp"
#include "tests/baselines/networks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

/// A safetensors file with all tensors of the network, filled with 1/4 but for the last number of
/// the last one.
void write_weights(const fs::path& file, const baselines::Network& network, float last) {
  std::string header, data;
  for (const baselines::TensorFacts& tensor : network.state_dict()) {
    const std::int64_t count = std::accumulate(tensor.shape.begin(), tensor.shape.end(),
                                               std::int64_t{1}, std::multiplies<>{});
    std::vector<float> values(static_cast<std::size_t>(count), 0.25F);
    if (tensor == network.state_dict().back()) values.back() = last;
    const std::size_t begin = data.size();
    data.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
    header += fmt::format(R"({}"{}":{{"dtype":"F32","shape":[{}],"data_offsets":[{},{}]}})",
                          begin == 0 ? "" : ",", tensor.name, fmt::join(tensor.shape, ","), begin,
                          data.size());
  }
  header = fmt::format("{{{}}}", header);
  const std::uint64_t length = header.size();
  write_text(file,
             std::string(reinterpret_cast<const char*>(&length), sizeof length) + header + data);
}

}  // namespace

TEST_CASE("weights that are not finite are refused with the tensor's name", "[baselines][deep]") {
  const TemporaryFolder folder;
  const auto network = named_network("zhou-attention");
  const std::string last = network->state_dict().back().name;
  const fs::path good = folder / "good.safetensors", bad = folder / "bad.safetensors";
  write_weights(good, *network, 0.5F);
  CHECK_NOTHROW(network->load({.file = good}));
  for (const float value :
       {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
    write_weights(bad, *network, value);
    CHECK_THROWS_WITH(network->load({.file = bad}),
                      Contains(last) && Contains("not finite") && Contains("bad.safetensors"));
  }
}

TEST_CASE("a device that is not there is refused", "[baselines][deep]") {
  const auto network = named_network("zhou-attention");
  CHECK_THROWS_WITH(
      network->load({.recipe = baselines::Recipe{}}, {.kind = Device::Kind::cuda, .index = 77}),
      Contains("cuda:77"));
}
