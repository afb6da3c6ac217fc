#include "core/device.hpp"

#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;

TEST_CASE("a device is the CPU or a GPU with its number", "[core][device]") {
  CHECK(parse_device("cpu") == Device{});
  CHECK(parse_device("cuda") == Device{.kind = Device::Kind::cuda, .index = 0});
  CHECK(parse_device("cuda:0") == parse_device("cuda"));
  CHECK(parse_device("cuda:12") == Device{.kind = Device::Kind::cuda, .index = 12});
}

TEST_CASE("a device is written as it is read, a GPU with its number", "[core][device]") {
  CHECK(to_string(parse_device("cpu")) == "cpu");
  CHECK(to_string(parse_device("cuda")) == "cuda:0");
  CHECK(to_string(parse_device("cuda:3")) == "cuda:3");
}

TEST_CASE("anything else is no device", "[core][device]") {
  const std::string text = GENERATE("", "gpu", "CPU", "cpu:0", "cuda:", "cuda:-1", "cuda:x",
                                    "cuda:1x", "cuda: 1", "cuda:99999999999", "cuda0");
  CAPTURE(text);
  try {
    (void)parse_device(text);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    CHECK(error.parts().what == "unknown device '" + text + "'");
    CHECK(error.parts().expected == "cpu, cuda or cuda:N");
    CHECK(error.parts().fix == "cuda:0 is the first GPU");
  }
}

TEST_CASE("a precision is written as it is read", "[core][device]") {
  for (const Precision precision : {Precision::fp32, Precision::fp16, Precision::bf16}) {
    CHECK(parse_precision(to_string(precision)) == precision);
  }
  CHECK(to_string(Precision::fp32) == "fp32");
  CHECK(to_string(Precision::fp16) == "fp16");
  CHECK(to_string(Precision::bf16) == "bf16");
}

TEST_CASE("anything else is no precision", "[core][device]") {
  const std::string text = GENERATE("", "fp64", "FP16", "half", "fp32 ");
  CAPTURE(text);
  try {
    (void)parse_precision(text);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    CHECK(error.parts().what == "unknown precision '" + text + "'");
    CHECK(error.parts().expected == "fp32, fp16 or bf16");
  }
}
