#include <filesystem>

#include "tests/baselines/checkpoint/files.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::checkpoint;
using namespace mbench::testing;
using Catch::Contains;

TEST_CASE("the three containers give the same tensors", "[checkpoint]") {
  const auto [file, container] =
      GENERATE(std::pair{&small_zip, "zip"}, std::pair{&small_legacy, "legacy"},
               std::pair{&small_safetensors, "safetensors"});
  const Checkpoint checkpoint = parse(file());
  CHECK(checkpoint.container == container);
  REQUIRE(names_of(checkpoint) == std::vector<std::string>{"a", "b"});
  CHECK(checkpoint.tensors[0].shape == Shape{2, 3});
  CHECK(checkpoint.tensors[0].to_float32() == ramp(6));
  CHECK(checkpoint.tensors[1].to_float32() == std::vector<float>{6, 7});
}

TEST_CASE("tensors of one storage share its memory in every torch container", "[checkpoint]") {
  PickleWriter pickle;
  pickle.op('}').op('(');
  pickle.text("late").tensor({.count = 6, .shape = {2, 3}, .strides = {3, 1}});
  pickle.text("early").tensor({.count = 6, .shape = {2, 3}, .strides = {3, 1}});
  pickle.text("column").tensor({.count = 6, .offset = 1, .shape = {2}, .strides = {3}}).op('u');
  const std::vector<LegacyStorage> legacy{{"0", 6, float_bytes(ramp(6))}};
  const std::string file =
      GENERATE_COPY(zip_with(pickle), legacy_checkpoint(pickle.done(), legacy));
  const Checkpoint checkpoint = parse(file);
  REQUIRE(checkpoint.tensors.size() == 3);
  CHECK(is_same_view(checkpoint.tensors[0], checkpoint.tensors[1]));
  CHECK(checkpoint.tensors[2].storage == checkpoint.tensors[0].storage);
  CHECK_FALSE(is_same_view(checkpoint.tensors[0], checkpoint.tensors[2]));
  CHECK(checkpoint.tensors[2].to_float32() == std::vector<float>{1, 4});
}

TEST_CASE("a legacy view is a part of another storage", "[checkpoint]") {
  PickleWriter pickle;
  pickle.op('}').text("part").global("torch._utils", "_rebuild_tensor").op('(');
  pickle.op('(').text("storage").global("torch", "FloatStorage").text("77").text("cpu").integer(6);
  pickle.op('(').text("78").integer(2).integer(3).op('t');  // 3 elements from the 2nd on
  pickle.op('t').op('Q').integer(1).tuple(std::vector<std::int64_t>{2});
  pickle.tuple(std::vector<std::int64_t>{1}).op('t').op('R').op('s');
  const std::vector<LegacyStorage> storages{{"77", 6, float_bytes(ramp(6))}};
  const Checkpoint checkpoint = parse(legacy_checkpoint(pickle.done(), storages));
  REQUIRE(checkpoint.tensors.size() == 1);
  CHECK(checkpoint.tensors[0].to_float32() == std::vector<float>{3, 4});
}

TEST_CASE("bfloat16 weights are read", "[checkpoint]") {
  PickleWriter pickle;
  pickle.op('}').text("w");
  pickle.tensor({.storage_class = "BFloat16Storage", .count = 2, .shape = {2}, .strides = {1}})
      .op('s');
  const std::vector<NamedBytes> storages{{"0", std::string{"\x80\x3F\x40\xC0", 4}}};
  const Checkpoint checkpoint = parse(zip_checkpoint(pickle.done(), storages));
  CHECK(checkpoint.tensors[0].type == ElementType::bf16);
  CHECK(checkpoint.tensors[0].to_float32() == std::vector<float>{1, -3});
}

TEST_CASE("a parameter with attributes is its tensor", "[checkpoint]") {
  PickleWriter pickle;
  pickle.op('}').text("w").global("torch._tensor", "_rebuild_from_type_v2").op('(');
  pickle.global("torch._utils", "_rebuild_tensor_v2").global("torch.nn.parameter", "Parameter");
  pickle.op('(').storage("FloatStorage", "0", 6).integer(0);
  pickle.tuple(std::vector<std::int64_t>{6}).tuple(std::vector<std::int64_t>{1}).op(0x89);
  pickle.op('}').op('t').op('}').op('t').op('R').op('s');
  CHECK(parse(zip_with(pickle)).tensors.at(0).to_float32() == ramp(6));
}

TEST_CASE("files at the top of an archive are found as well", "[checkpoint]") {
  const std::vector<NamedBytes> entries{{"data.pkl", small_state_dict()},
                                        {"byteorder", "little"},
                                        {"data/0", float_bytes(ramp(6))},
                                        {"data/1", float_bytes(ramp(2))}};
  CHECK(parse(zip_of(entries)).tensors.size() == 2);
}

TEST_CASE("weights in the other byte order are refused", "[checkpoint]") {
  const std::vector<NamedBytes> entries{{"a/data.pkl", small_state_dict()}, {"a/byteorder", "big"}};
  CHECK_THAT(failure_of(zip_of(entries)), Contains("another byte order") && Contains("big"));
  CHECK_THAT(failure_of(legacy_checkpoint(small_state_dict(), {}, false)),
             Contains("another byte order"));
}

TEST_CASE("an archive that holds a weight file is not one", "[checkpoint]") {
  const std::vector<NamedBytes> entries{{"model.pth", small_zip()}};
  CHECK_THAT(failure_of(zip_of(entries)), Contains("model.pth") && Contains("unpack it first"));
}

TEST_CASE("a TorchScript program is refused with the way out", "[checkpoint]") {
  const std::vector<NamedBytes> entries{{"a/data.pkl", small_state_dict()},
                                        {"a/constants.pkl", ""}};
  CHECK_THAT(failure_of(zip_of(entries)), Contains("torch.jit.load(FILE).state_dict()"));
}

TEST_CASE("what people have instead of a weight file is named", "[checkpoint]") {
  CHECK_THAT(failure_of(""), Contains("an empty file"));
  CHECK_THAT(failure_of("<!DOCTYPE html><html>"), Contains("a web page"));
  CHECK_THAT(failure_of("version https://git-lfs.github.com/spec/v1\n"), Contains("git lfs pull"));
  CHECK_THAT(failure_of("\x89HDF\r\n"), Contains("HDF5"));
  CHECK_THAT(failure_of("\x1f\x8b\x08"), Contains("unpack it first"));
  CHECK_THAT(failure_of("weights"), Contains("bytes of no format that is known"));
  CHECK_THAT(failure_of(PickleWriter{}.op('}').done()), Contains("a pickle, but not one"));
}

TEST_CASE("an error names the file", "[checkpoint]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(read_checkpoint(folder / "none.pth"), Contains("cannot read the weight file") &&
                                                              Contains("none.pth") &&
                                                              Contains("No such file"));
  CHECK_THROWS_WITH(read_checkpoint(folder.path()), Contains("no regular file"));
  write_text(folder / "x.pth", small_zip().substr(0, 50));
  CHECK_THROWS_WITH(read_checkpoint(folder / "x.pth"), Contains("x.pth"));
}
