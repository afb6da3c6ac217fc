#include "tests/baselines/checkpoint/files.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::checkpoint;
using namespace mbench::testing;
using Catch::Contains;

namespace {

/// Puts {"w": tensor} on the stack.
void put_weights(PickleWriter& pickle, std::string_view name = "w") {
  pickle.op('}').text(name).tensor({.count = 6, .shape = {6}, .strides = {1}}).op('s');
}

Checkpoint parse_nested(std::vector<std::string> keys) {
  PickleWriter pickle;
  for (const std::string& key : keys) pickle.op('}').text(key);
  put_weights(pickle);
  for (std::size_t i = 0; i < keys.size(); ++i) pickle.op('s');
  return parse(zip_with(pickle));
}

}  // namespace

TEST_CASE("weights are found below the names that training programs use", "[checkpoint]") {
  const std::string key = GENERATE("state_dict", "model", "net", "params", "model_state_dict");
  const Checkpoint checkpoint = parse_nested({key});
  CHECK(checkpoint.entry == key);
  CHECK(names_of(checkpoint) == std::vector<std::string>{"w"});
}

TEST_CASE("weights are found two dicts deep, and below the only dict of tensors", "[checkpoint]") {
  CHECK(parse_nested({"model", "state_dict"}).entry == "model.state_dict");
  CHECK(parse_nested({"matting_net"}).entry == "matting_net");
}

TEST_CASE("what was chosen of a file is said in one line", "[checkpoint]") {
  Checkpoint checkpoint = parse_nested({"model", "state_dict"});
  CHECK(describe(checkpoint) == "zip container, 1 tensor in 'model.state_dict'");
  checkpoint.stripped_prefix = "module.";
  checkpoint.ignored = {"epoch (integer 7)", "optimizer (dict of 2)"};
  CHECK(
      describe(checkpoint) ==
      "zip container, 1 tensor in 'model.state_dict' without their prefix 'module.'; passed over: "
      "epoch (integer 7), optimizer (dict of 2)");
}

TEST_CASE("settings under a name for weights do not hide them", "[checkpoint]") {
  PickleWriter pickle;
  pickle.op('}').op('(').text("model").op('}').text("depth").integer(3).op('s').text("params");
  put_weights(pickle);
  pickle.op('u');
  const Checkpoint checkpoint = parse(zip_with(pickle));
  CHECK(checkpoint.entry == "params");
  CHECK(checkpoint.ignored == std::vector<std::string>{"model (dict of 1)"});
}

TEST_CASE("a tensor beside the dict of weights is ignored", "[checkpoint]") {
  PickleWriter pickle;
  pickle.op('}').op('(').text("rng").tensor({.count = 6, .shape = {6}, .strides = {1}});
  pickle.text("model");
  put_weights(pickle);
  pickle.text("epoch").integer(7).op('u');
  const Checkpoint checkpoint = parse(zip_with(pickle));
  CHECK(names_of(checkpoint) == std::vector<std::string>{"w"});
  CHECK(checkpoint.ignored == std::vector<std::string>{"rng (tensor)", "epoch (integer 7)"});
}

TEST_CASE("several dicts of tensors are refused by name", "[checkpoint]") {
  PickleWriter pickle;
  pickle.op('}').op('(').text("netG");
  put_weights(pickle);
  pickle.text("netD");
  put_weights(pickle);
  pickle.op('u');
  CHECK_THAT(failure_of(zip_with(pickle)),
             Contains("several dicts of tensors") && Contains("netG, netD"));
}

TEST_CASE("a file without weights says what it holds", "[checkpoint]") {
  PickleWriter pickle;
  pickle.op('}').op('(').text("epoch").integer(7).text("loss").op(']').op('u');
  CHECK_THAT(failure_of(zip_with(pickle)),
             Contains("no state dict") && Contains("epoch (integer 7), loss (list of 0)"));
  CHECK_THAT(failure_of(zip_with(PickleWriter{}.op(']'))), Contains("list of 0"));
}

TEST_CASE("a prefix is stripped only where all names have it", "[checkpoint]") {
  PickleWriter some;
  some.op('}').op('(');
  for (const std::string_view name : {"module.a", "module.b"}) {
    some.text(name).tensor({.count = 6, .shape = {6}, .strides = {1}});
  }
  PickleWriter all = some;
  CHECK(names_of(parse(zip_with(all.op('u')))) == std::vector<std::string>{"a", "b"});
  some.text("c").tensor({.count = 6, .shape = {6}, .strides = {1}}).op('u');
  const Checkpoint checkpoint = parse(zip_with(some));
  CHECK(names_of(checkpoint) == std::vector<std::string>{"module.a", "module.b", "c"});
  CHECK(checkpoint.stripped_prefix.empty());
}

TEST_CASE("of a name that is set twice the last tensor counts", "[checkpoint]") {
  PickleWriter pickle;
  pickle.op('}').op('(');
  pickle.text("w").tensor({.count = 6, .shape = {6}, .strides = {1}});
  pickle.text("w").tensor({.count = 6, .offset = 5, .shape = {1}, .strides = {1}}).op('u');
  const Checkpoint checkpoint = parse(zip_with(pickle));
  REQUIRE(checkpoint.tensors.size() == 1);
  CHECK(checkpoint.tensors[0].to_float32() == std::vector<float>{5});
}
