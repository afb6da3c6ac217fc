#include "tests/baselines/checkpoint/files.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::checkpoint;
using namespace mbench::testing;
using Catch::Contains;

namespace {

std::string failure(std::string_view header, std::size_t data_bytes = 8) {
  return failure_of(safetensors_file(header, std::string(data_bytes, '\0')));
}

}  // namespace

TEST_CASE("a safetensors file may hold metadata, spaces and single numbers", "[checkpoint]") {
  const Checkpoint checkpoint = parse(safetensors_file(
      R"({"__metadata__":{"format":"pt"}, "n":{"shape":[],"dtype":"I64","data_offsets":[0,8]}}   )",
      std::string{"\x05\0\0\0\0\0\0\0", 8}));
  CHECK(checkpoint.ignored == std::vector<std::string>{"__metadata__"});
  REQUIRE(checkpoint.tensors.size() == 1);
  CHECK(checkpoint.tensors[0].shape.empty());
  CHECK(checkpoint.tensors[0].to_int64() == std::vector<std::int64_t>{5});
}

TEST_CASE("the tensors of a safetensors file may stand in any order, and be empty",
          "[checkpoint]") {
  const Checkpoint checkpoint =
      parse(safetensors_file(R"({"z":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},)"
                             R"("e":{"dtype":"F16","shape":[0,7],"data_offsets":[4,4]},)"
                             R"("a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
                             float_bytes(ramp(2))));
  CHECK(names_of(checkpoint) == std::vector<std::string>{"z", "e", "a"});
  CHECK(checkpoint.tensors[0].to_float32() == std::vector<float>{1});
  CHECK(checkpoint.tensors[1].to_float32().empty());
}

TEST_CASE("a length of header that begins like a pickle is no pickle", "[checkpoint]") {
  std::string header = R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})";
  header.resize(0x280, ' ');
  CHECK(parse(safetensors_file(header, "x")).container == "safetensors");
}

TEST_CASE("a safetensors header that does not describe its file is refused", "[checkpoint]") {
  CHECK_THAT(failure(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})"),
             Contains("tensor 'a' of shape [2] in bytes 0 to 4"));
  CHECK_THAT(failure(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})"),
             Contains("leave a gap at byte 0"));
  CHECK_THAT(failure(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                     R"("b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})"),
             Contains("overlap at byte 0"));
  CHECK_THAT(failure(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})"),
             Contains("4 bytes of no tensor"));
  CHECK_THAT(failure(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}})"),
             Contains("ends too early"));
  CHECK_THAT(failure(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})"),
             Contains("in bytes 4 to 0"));
  CHECK_THAT(failure(R"({"a":{"dtype":"F32","shape":[4611686018427387904,4,2],)"
                     R"("data_offsets":[0,8]}})"),
             Contains("in bytes 0 to 8"));
  CHECK_THAT(failure(R"({"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}})"),
             Contains("tensor 'a' has a type") && Contains("F8_E4M3"));
  CHECK_THAT(failure(R"({"a":{"dtype":"F32","shape":[2]}})"), Contains("an incomplete entry 'a'"));
  CHECK_THAT(failure(R"({"a":{},"a":{}})"), Contains("incomplete"));
  CHECK_THAT(failure(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}})"),
             Contains("the number -1"));
  CHECK_THAT(failure(R"({"a":[1]})"), Contains("a list that is no shape"));
  CHECK_THAT(failure(R"({"a":{"b":{}}})"), Contains("an object within an entry"));
  CHECK_THAT(failure(R"({"a":)"), Contains("no JSON"));
  CHECK_THAT(failure("{" + std::string(100'000, '[')), Contains("header"));
  CHECK_THAT(failure("{\"a\":" + std::string(100'000, '[')), Contains("a list that is no shape"));
}

TEST_CASE("a safetensors header longer than its file is refused", "[checkpoint]") {
  std::string file = small_safetensors();
  file[1] = '\x7F';
  CHECK_THAT(failure_of(file), Contains("ends too early"));
}
