#include <cmath>
#include <nlohmann/json.hpp>

#include "baselines/checkpoint/checkpoint.hpp"
#include "baselines/checkpoint/recipe.hpp"
#include "core/sha256.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::checkpoint;
using mbench::testing::read_text;
using mbench::testing::source_path;

namespace {

std::filesystem::path sample(const std::string& name) {
  return source_path("tests/golden/checkpoints") / name;
}

nlohmann::json expected_tensors() {
  return nlohmann::json::parse(read_text(sample("expected.json"))).at("float32_tensors");
}

double sum_of_magnitudes(const StoredTensor& tensor) {
  double sum = 0.0;
  for (const float value : tensor.to_float32()) sum += std::abs(double{value});
  return sum;
}

}  // namespace

TEST_CASE("every container and nesting that PyTorch writes gives the same tensors, bit by bit",
          "[checkpoint][golden]") {
  struct Sample {
    std::string file, container, entry, prefix;
  };
  const Sample file = GENERATE(Sample{"zip_state_dict.pth", "zip", "", ""},
                               Sample{"zip_nested.pth", "zip", "state_dict", ""},
                               Sample{"zip_nested_training.pth", "zip", "state_dict", ""},
                               Sample{"zip_module_prefix.pth", "zip", "", "module."},
                               Sample{"zip_parameters.pth", "zip", "", ""},
                               Sample{"legacy_state_dict.pth", "legacy", "", ""},
                               Sample{"legacy_nested.pth", "legacy", "state_dict", ""});
  CAPTURE(file.file);
  const Checkpoint checkpoint = read_checkpoint(sample(file.file));
  CHECK(checkpoint.container == file.container);
  CHECK(checkpoint.entry == file.entry);
  CHECK(checkpoint.stripped_prefix == file.prefix);
  CHECK(checkpoint.sha256 == sha256_file(sample(file.file)));
  CHECK(checkpoint.file_bytes == std::filesystem::file_size(sample(file.file)));

  const nlohmann::json expected = expected_tensors();
  REQUIRE(checkpoint.tensors.size() == expected.size());
  for (const StoredTensor& tensor : checkpoint.tensors) {
    CAPTURE(tensor.name);
    const nlohmann::json& known = expected.at(tensor.name);
    CHECK(tensor.shape == known.at("shape").get<Shape>());
    CHECK(to_string(tensor.type) == known.at("dtype").get<std::string>());
    CHECK(sum_of_magnitudes(tensor) == Approx(known.at("abs_sum").get<double>()).epsilon(1e-12));
    const Recipe recipe{{{tensor.name, tensor.shape, tensor.type}}, {}};
    CHECK(tensor.to_float32() == recipe.values(0));
  }
}

TEST_CASE("tensors keep the order of the file", "[checkpoint][golden]") {
  const Checkpoint checkpoint = read_checkpoint(sample("zip_state_dict.pth"));
  CHECK(checkpoint.tensors.front().name == "conv.weight");
  CHECK(checkpoint.tensors.back().name == "fc.weight");
}

TEST_CASE("what a training program stored beside the weights is listed and left",
          "[checkpoint][golden]") {
  const Checkpoint checkpoint = read_checkpoint(sample("zip_nested_training.pth"));
  std::string all;
  for (const std::string& entry : checkpoint.ignored) all += entry + "\n";
  CAPTURE(all);
  CHECK_THAT(all, Catch::Contains("optimizer"));
  CHECK_THAT(all, Catch::Contains("epoch"));
}

TEST_CASE("half precision converts exactly", "[checkpoint][golden]") {
  const Checkpoint checkpoint = read_checkpoint(sample("zip_half.pth"));
  const nlohmann::json expected = expected_tensors();
  REQUIRE(checkpoint.tensors.size() == expected.size());
  for (const StoredTensor& tensor : checkpoint.tensors) {
    CAPTURE(tensor.name);
    if (tensor.type == ElementType::i64) continue;
    CHECK(tensor.type == ElementType::f16);
    const std::vector<float> found = tensor.to_float32();
    const Recipe recipe{{{tensor.name, tensor.shape}}, {}};
    const std::vector<float> full = recipe.values(0);
    REQUIRE(found.size() == full.size());
    for (std::size_t i = 0; i < found.size(); ++i) {  // rounding to 11 bits: half a unit
      CHECK(std::abs(found[i] - full[i]) <= std::abs(full[i]) * 0x1p-11F);
    }
  }
}

TEST_CASE("views of one storage share its memory", "[checkpoint][golden]") {
  const Checkpoint checkpoint = read_checkpoint(sample("zip_views.pth"));
  REQUIRE(checkpoint.tensors.size() >= 2);
  bool has_strided = false;
  for (const StoredTensor& tensor : checkpoint.tensors) {
    CAPTURE(tensor.name, to_string(tensor.shape));
    CHECK(tensor.storage == checkpoint.tensors.front().storage);
    has_strided = has_strided || tensor.strides != contiguous_strides(tensor.shape);
    const std::vector<float> values = tensor.to_float32();
    // The storage holds 0, 1, ... 23: a value is its own place.
    std::int64_t last = tensor.offset;
    for (std::size_t axis = 0; axis < tensor.shape.size(); ++axis) {
      last += (tensor.shape[axis] - 1) * tensor.strides[axis];
    }
    CHECK(values.front() == static_cast<float>(tensor.offset));
    CHECK(values.back() == static_cast<float>(last));
  }
  CHECK(has_strided);
}

TEST_CASE("pickles of protocol 4 and files full of training objects are read",
          "[checkpoint][golden]") {
  const std::string file =
      GENERATE("protocol4_views.pth", "legacy_protocol4_views.pth", "bfloat16_views.pth",
               "training_objects.pth", "legacy_training_objects.pth");
  CAPTURE(file);
  const Checkpoint checkpoint = read_checkpoint(sample(file));
  REQUIRE(checkpoint.tensors.size() == 3);
  CHECK(checkpoint.tensors[0].to_float32() == std::vector<float>{0, 1, 2, 3, 4, 5});
  CHECK(checkpoint.tensors[1].name == "t");
  CHECK(checkpoint.tensors[1].shape == Shape{3, 2});
  CHECK(checkpoint.tensors[1].to_float32() == std::vector<float>{0, 3, 1, 4, 2, 5});
  CHECK(checkpoint.tensors[2].to_float32() == std::vector<float>{3, 4, 5});
  const bool is_training = file.find("training") != std::string::npos;
  CHECK(checkpoint.entry == (is_training ? "model" : ""));
  CHECK(checkpoint.ignored.size() == (is_training ? 14 : 0));
}
