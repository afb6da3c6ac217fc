#include "tests/baselines/checkpoint/files.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::checkpoint;
using namespace mbench::testing;
using Catch::Contains;

namespace {

std::string failure_of_tensor(const PickleWriter::Tensor& tensor) {
  PickleWriter pickle;
  pickle.op('}').text("w").tensor(tensor).op('s');
  return failure_of(zip_with(pickle));
}

}  // namespace

TEST_CASE("a file that is cut off anywhere is refused", "[checkpoint][hostile]") {
  const std::string file =
      GENERATE(small_zip(), small_legacy(), small_safetensors(),
               read_text(source_path("tests/golden/checkpoints/zip_nested_training.pth")),
               read_text(source_path("tests/golden/checkpoints/legacy_nested.pth")));
  for (std::size_t size = 0; size < file.size(); ++size) {
    if (failure_of(file.substr(0, size)).empty()) FAIL("accepted at byte " << size);
  }
  CHECK(failure_of(file).empty());
}

TEST_CASE("a file with any one byte changed is read or refused", "[checkpoint][hostile]") {
  const std::string file = GENERATE(small_zip(), small_legacy(), small_safetensors());
  for (std::size_t i = 0; i < file.size(); ++i) {
    for (const int change : {0x01, 0x80, 0xFF}) {
      std::string changed = file;
      changed[i] = static_cast<char>(changed[i] ^ change);
      CHECK(failure_of(changed) != "not bad_input");
    }
  }
}

TEST_CASE("a class that is not known is refused by name, never looked up",
          "[checkpoint][hostile]") {
  const auto failure = [](std::string_view module, std::string_view name) {
    PickleWriter pickle;
    pickle.op('}').text("w").global(module, name).text("echo").op(0x85).op('R').op('s');
    return failure_of(zip_with(pickle));
  };
  CHECK_THAT(failure("posix", "system"), Contains("Python object of class posix.system"));
  CHECK_THAT(failure("builtins", "eval"), Contains("builtins.eval"));
  CHECK_THAT(failure("__main__", "Net"),
             Contains("__main__.Net") && Contains("torch.load(FILE).state_dict()"));
  CHECK_THAT(failure("torch.nn.modules.conv", "Conv2d"), Contains("torch.nn.modules.conv.Conv2d"));
  CHECK_THAT(failure("torch.storage", "_load_from_bytes"), Contains("_load_from_bytes"));
  CHECK_THAT(failure("torch._utils", "_rebuild_qtensor"), Contains("a kind of tensor"));
  CHECK_THAT(failure("torch", "ComplexFloatStorage"), Contains("torch.ComplexFloatStorage"));
  CHECK_THAT(failure("a\x1b[2J", "b"), Contains("a\\x1b[2J.b"));
}

TEST_CASE("a whole module in a legacy file is refused", "[checkpoint][hostile]") {
  PickleWriter pickle;
  pickle.op('(').text("module").global("collections", "OrderedDict").text("net.py").text("...");
  pickle.op('t').op('Q');
  CHECK_THAT(failure_of(legacy_checkpoint(pickle.done(), {})),
             Contains("a whole pickled module") && Contains("state_dict()"));
}

TEST_CASE("a tensor that reaches beyond its storage is refused", "[checkpoint][hostile]") {
  using Tensor = PickleWriter::Tensor;
  constexpr std::int64_t kHuge = std::int64_t{1} << 62;
  const Tensor tensor =
      GENERATE_COPY(Tensor{.count = 6, .shape = {7}, .strides = {1}},
                    Tensor{.count = 6, .offset = 1, .shape = {6}, .strides = {1}},
                    Tensor{.count = 6, .shape = {2, 3}, .strides = {4, 1}},
                    Tensor{.count = 6, .offset = kHuge, .shape = {1}, .strides = {1}},
                    Tensor{.count = 6, .shape = {3}, .strides = {kHuge}},
                    Tensor{.count = 6, .shape = {kHuge, kHuge}, .strides = {0, 0}},
                    Tensor{.count = 6, .shape = {kHuge, kHuge, 0}, .strides = {1, 1, 1}},
                    Tensor{.count = 6, .offset = 7, .shape = {0}, .strides = {1}},
                    Tensor{.count = 6, .shape = {6}, .strides = {1, 1}},
                    Tensor{.count = 6, .shape = {-1}, .strides = {1}},
                    Tensor{.count = 6, .shape = {2}, .strides = {-1}});
  CAPTURE(tensor.offset, tensor.shape, tensor.strides);
  CHECK_THAT(failure_of_tensor(tensor), Contains("damaged"));
}

TEST_CASE("huge strides of axes that are never stepped along do no harm", "[checkpoint][hostile]") {
  constexpr std::int64_t kHuge = std::int64_t{1} << 62;
  PickleWriter pickle;
  pickle.op('}').text("w");
  pickle.tensor({.count = 6, .shape = {1, 6, 1}, .strides = {kHuge, 1, kHuge}}).op('s');
  const Checkpoint checkpoint = parse(zip_with(pickle));
  CHECK(checkpoint.tensors.at(0).to_float32() == ramp(6));
}

TEST_CASE("a tensor of a few bytes that claims to be huge is refused", "[checkpoint][hostile]") {
  CHECK_THAT(failure_of_tensor({.count = 6, .shape = {1 << 30}, .strides = {0}}),
             Contains("repeats its elements too often"));
}

TEST_CASE("a storage whose size is not the claimed one is refused", "[checkpoint][hostile]") {
  CHECK_THAT(failure_of_tensor({.count = 7, .shape = {7}, .strides = {1}}),
             Contains("storage '0'") && Contains("28 bytes") && Contains("24 bytes"));
  CHECK_THAT(failure_of_tensor({.key = "9", .count = 6, .shape = {6}, .strides = {1}}),
             Contains("storage '9'") && Contains("0 bytes"));
  CHECK_THAT(failure_of_tensor({.count = INT64_MAX, .shape = {6}, .strides = {1}}),
             Contains("a storage of 9223372036854775807 elements"));
  const std::vector<LegacyStorage> storages{{"0", std::uint64_t{1} << 62, float_bytes(ramp(6))}};
  CHECK_THAT(failure_of(legacy_checkpoint(small_state_dict(), storages)),
             Contains("ends too early"));
}

TEST_CASE("an archive that claims more than it holds is refused", "[checkpoint][hostile]") {
  const std::vector<NamedBytes> entries{{"a/data.pkl", small_state_dict()}};
  CHECK_THAT(failure_of(zip_of(entries, 0x7FFFFFFF)), Contains("unpack to far more"));
  CHECK_FALSE(failure_of(zip_of(entries, 1'000'000)).empty());
}

TEST_CASE("a zip bomb is refused before it is unpacked", "[checkpoint][hostile]") {
  CHECK_THAT(failure_of(zip_of_packed_zeros("a/data.pkl", 20'000'000)),
             Contains("unpack to far more"));
}

TEST_CASE("two files of one name in an archive are refused", "[checkpoint][hostile]") {
  const std::vector<NamedBytes> entries{{"a/data.pkl", small_state_dict()},
                                        {"a/data/0", float_bytes(ramp(6))},
                                        {"a/data/0", float_bytes(ramp(6))}};
  CHECK_THAT(failure_of(zip_of(entries)), Contains("two entries named 'a/data/0'"));
}

TEST_CASE("data that does not fit its checksum is refused", "[checkpoint][hostile]") {
  std::string file = small_zip();
  const std::size_t place = file.find(float_bytes(ramp(6)));
  REQUIRE(place != std::string::npos);
  file[place] = '\x01';
  CHECK_THAT(failure_of(file), Contains("CRC") && Contains("data/0"));
}

TEST_CASE("dicts that contain themselves are searched to an end", "[checkpoint][hostile]") {
  PickleWriter pickle;
  pickle.op('}').op('q').raw("\x01").text("model").op('h').raw("\x01").op('s');
  CHECK_THAT(failure_of(zip_with(pickle)), Contains("no state dict"));
}

TEST_CASE("one long tuple used a million times takes no memory for each", "[checkpoint][hostile]") {
  PickleWriter pickle;
  pickle.global("torch", "Size").raw("q\x01").op('0');
  pickle.op('(').raw(std::string(100'000, 'N')).op('t').raw("q\x02");
  for (int i = 0; i < 100'000; ++i) pickle.raw("h\x01h\x02R0");
  CHECK_THAT(failure_of(zip_with(pickle)), Contains("tuple of 100000"));
}

TEST_CASE("a tensor's name must be text that can be shown", "[checkpoint][hostile]") {
  PickleWriter pickle;
  pickle.op('}').text("w\xFF").tensor({.count = 6, .shape = {6}, .strides = {1}}).op('s');
  CHECK_THAT(failure_of(zip_with(pickle)), Contains("a tensor named 'w\\xff'"));
}
