#include "baselines/checkpoint/matching.hpp"

#include <fmt/core.h>

#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::checkpoint;
using Catch::Contains;

namespace {

Checkpoint checkpoint_of(std::vector<std::pair<std::string, Shape>> tensors) {
  Checkpoint checkpoint;
  for (auto& [name, shape] : tensors) {
    checkpoint.tensors.push_back({.name = name, .shape = shape});
  }
  return checkpoint;
}

WantedTensors wanted_of(std::vector<WantedTensor> tensors) {
  return {.network = "net", .tensors = std::move(tensors)};
}

std::string failure_of(const WantedTensors& wanted, const Checkpoint& checkpoint) {
  try {
    static_cast<void>(match(wanted, checkpoint));
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::bad_input);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("wanted tensors are found whatever the order of the file", "[checkpoint][matching]") {
  const Checkpoint checkpoint = checkpoint_of({{"b", {2}}, {"a", {1, 2}}});
  const auto found = match(wanted_of({{{"a"}, {1, 2}}, {{"b"}, {2}}}), checkpoint);
  CHECK(found == std::vector<const StoredTensor*>{&checkpoint.tensors[1], &checkpoint.tensors[0]});
}

TEST_CASE("of the names of one tensor any will do, and the last counts", "[checkpoint][matching]") {
  const WantedTensors wanted = wanted_of({{{"resnet.w", "encoder.w"}, {2}}});
  const Checkpoint first = checkpoint_of({{"resnet.w", {2}}});
  CHECK(match(wanted, first)[0] == &first.tensors[0]);
  const Checkpoint both = checkpoint_of({{"encoder.w", {2}}, {"resnet.w", {3}}});
  CHECK(match(wanted, both)[0] == &both.tensors[0]);
}

TEST_CASE("counters of batch norms may be missing or too many", "[checkpoint][matching]") {
  const WantedTensors wanted = wanted_of({{{"bn.num_batches_tracked"}, {}}, {{"w"}, {2}}});
  const Checkpoint without = checkpoint_of({{"w", {2}}});
  CHECK(match(wanted, without)[0] == nullptr);
  const Checkpoint more = checkpoint_of({{"w", {2}}, {"other.num_batches_tracked", {}}});
  CHECK(match(wanted, more)[1] == &more.tensors[0]);
}

TEST_CASE("heads that a network never uses may be in the file", "[checkpoint][matching]") {
  WantedTensors wanted = wanted_of({{{"w"}, {2}}});
  wanted.ignored_prefixes = {"resnet.fc."};
  CHECK(failure_of(wanted, checkpoint_of({{"w", {2}}, {"resnet.fc.weight", {1000}}})).empty());
  CHECK_THAT(failure_of(wanted, checkpoint_of({{"w", {2}}, {"resnet.fd.weight", {1000}}})),
             Contains("unexpected:  resnet.fd.weight [1000]"));
}

TEST_CASE("a single number may be stored as an axis of length 1", "[checkpoint][matching]") {
  CHECK(failure_of(wanted_of({{{"w"}, {}}}), checkpoint_of({{"w", {1}}})).empty());
  CHECK_FALSE(failure_of(wanted_of({{{"w"}, {1}}}), checkpoint_of({{"w", {}}})).empty());
}

TEST_CASE("all that does not fit is listed at once, with the nearest names",
          "[checkpoint][matching]") {
  const WantedTensors wanted = wanted_of({{{"conv1.weight"}, {64, 3, 7, 7}},
                                          {{"conv1.bias"}, {64}},
                                          {{"psp.stages.0.weight"}, {8}},
                                          {{"fc.weight"}, {2, 5}}});
  const Checkpoint checkpoint = checkpoint_of({{"net.conv1.weight", {64, 3, 7, 7}},
                                               {"conv_1.bias", {64}},
                                               {"fc.weight", {5, 2}},
                                               {"x", {1}}});
  CHECK(failure_of(wanted, checkpoint) ==
        "the weights are not those of network 'net'\n"
        "  expected: 4 named tensors\n"
        "  found:    3 missing, 3 unexpected, 1 of wrong shape\n"
        "              missing:     conv1.weight [64, 3, 7, 7]  (nearest: net.conv1.weight)\n"
        "              missing:     conv1.bias [64]  (nearest: conv_1.bias)\n"
        "              missing:     psp.stages.0.weight [8]\n"
        "              wrong shape: fc.weight [2, 5], in the file [5, 2]\n"
        "              unexpected:  net.conv1.weight [64, 3, 7, 7]\n"
        "              unexpected:  conv_1.bias [64]\n"
        "              unexpected:  x [1]\n"
        "  fix:      give the file that was published for this network and variant; "
        "`mbench list methods` names it");
}

TEST_CASE("two networks of 2000 tensors are compared with bounded work", "[checkpoint][matching]") {
  std::vector<WantedTensor> wanted;
  std::vector<std::pair<std::string, Shape>> stored;
  for (int i = 0; i < 2000; ++i) {
    const int layer = i / 40;
    wanted.push_back({{fmt::format("encoder.layer{}.{}.conv{}.weight", layer, i % 40, i % 3)},
                      {64 + layer % 4}});
    stored.push_back(
        {fmt::format("backbone.stages.{}.blocks.{}.attention.query{}.weight", layer, i % 40, i % 7),
         {64 + layer % 4}});
  }
  const std::string message = failure_of(wanted_of(wanted), checkpoint_of(stored));
  CHECK_THAT(message, Contains("2000 missing, 2000 unexpected"));
}
