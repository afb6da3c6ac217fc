#include "tests/baselines/checkpoint/files.hpp"

#include <numeric>
#include <span>

namespace mbench::testing {

checkpoint::Checkpoint parse(std::string_view file) {
  return checkpoint::parse_checkpoint(std::as_bytes(std::span{file}));
}

std::string failure_of(std::string_view file) {
  try {
    static_cast<void>(parse(file));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) return "not bad_input";
    return error.what();
  }
  return "";
}

std::string small_state_dict() {
  PickleWriter pickle;
  pickle.op('}').op('(');
  pickle.text("a").tensor({.key = "0", .count = 6, .shape = {2, 3}, .strides = {3, 1}});
  pickle.text("b").tensor({.key = "1", .count = 2, .shape = {2}, .strides = {1}});
  return pickle.op('u').done();
}

std::string small_zip() {
  const std::vector<NamedBytes> storages{{"0", float_bytes(ramp(6))},
                                         {"1", float_bytes(std::vector{6.0F, 7.0F})}};
  return zip_checkpoint(small_state_dict(), storages);
}

std::string small_legacy() {
  const std::vector<LegacyStorage> storages{{"0", 6, float_bytes(ramp(6))},
                                            {"1", 2, float_bytes(std::vector{6.0F, 7.0F})}};
  return legacy_checkpoint(small_state_dict(), storages);
}

std::string small_safetensors() {
  return safetensors_file(R"({"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},)"
                          R"("b":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}})",
                          float_bytes(ramp(8)));
}

std::string zip_with(const PickleWriter& pickle, int count) {
  const std::vector<NamedBytes> storages{{"0", float_bytes(ramp(count))}};
  return zip_checkpoint(pickle.done(), storages);
}

std::vector<float> ramp(int count) {
  std::vector<float> values(static_cast<std::size_t>(count));
  std::iota(values.begin(), values.end(), 0.0F);
  return values;
}

std::vector<std::string> names_of(const checkpoint::Checkpoint& checkpoint) {
  std::vector<std::string> names;
  for (const checkpoint::StoredTensor& tensor : checkpoint.tensors) names.push_back(tensor.name);
  return names;
}

}  // namespace mbench::testing
