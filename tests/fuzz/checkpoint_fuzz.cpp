// Feeds arbitrary bytes to the reader of weight files, as a whole file and as the pickle in a zip
// archive with right checksums (otherwise no changed pickle in an archive would ever be read).
// Whatever they are, the answer is tensors whose elements can be read, or bad_input.
//     checkpoint_fuzz corpus/ tests/golden/checkpoints -max_total_time=600

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "baselines/checkpoint/checkpoint.hpp"
#include "core/error.hpp"
#include "core/utf8.hpp"
#include "tests/support/checkpoint_files.hpp"

namespace {

using namespace mbench;

void require(bool holds) {
  if (!holds) std::abort();
}

void read(std::span<const std::byte> file) {
  try {
    const checkpoint::Checkpoint found = checkpoint::parse_checkpoint(file);
    // Views may overlap: what all of them together hold is not bounded by the file.
    std::size_t budget = 1U << 20U;
    for (const checkpoint::StoredTensor& tensor : found.tensors) {
      require(is_utf8(tensor.name));
      const auto count = static_cast<std::size_t>(checkpoint::element_count(tensor.shape));
      if (count > budget) continue;
      budget -= count;
      require(tensor.to_float32().size() == count);
      if (checkpoint::is_integer(tensor.type)) require(tensor.to_int64().size() == count);
    }
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::bad_input);
    require(is_utf8(error.what()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read(std::as_bytes(std::span{data, size}));
  static const std::array<testing::NamedBytes, 3> kStorages{
      {{"0", std::string(540, 'x')}, {"1", std::string(20, 'y')}, {"2", std::string(8, 'z')}}};
  const std::string pickle{reinterpret_cast<const char*>(data), size};
  const std::string archive = testing::zip_checkpoint(pickle, kStorages);
  read(std::as_bytes(std::span{archive}));
  return 0;
}
