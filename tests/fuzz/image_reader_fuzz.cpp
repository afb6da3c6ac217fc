#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "core/error.hpp"
#include "imaging/header_size.hpp"
#include "imaging/memory_io.hpp"

// Feeds arbitrary bytes to the readers: whatever they are, the answer is an image or an Error.
//     image_reader_fuzz corpus/ -max_total_time=120

namespace {

using namespace mbench;

/// A foreign decoder in the optional module is not what is tested here, nor are sizes that only
/// make it slow.
bool is_worth_trying(imaging::FileBytes file) {
  if (imaging::needs_whole_file(file)) return false;
  constexpr std::int64_t kSlow = 1 << 22;
  return imaging::open_decoder(file)->info().size.pixels() <= kSlow;
}

template <typename Decode>
void expect_result_or_error(Decode decode) {
  try {
    decode();
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::internal) std::abort();
  }
}

/// Makes the checksums of all chunks of a PNG right again, as far as the chunks can be followed:
/// otherwise nearly every changed file would be refused at its first chunk.
void mend_checksums(std::span<std::uint8_t> file) {
  constexpr std::size_t kSignature = 8;
  constexpr std::size_t kFrame = 12;  // length, type and checksum
  const auto number_at = [&](std::size_t at) {
    return std::size_t{file[at]} << 24U | std::size_t{file[at + 1]} << 16U |
           std::size_t{file[at + 2]} << 8U | file[at + 3];
  };
  for (std::size_t at = kSignature; at + kFrame <= file.size();) {
    const std::size_t length = number_at(at);
    if (length > file.size() - at - kFrame) return;
    const uLong crc = crc32(0, file.data() + at + 4, static_cast<uInt>(length + 4));
    for (std::size_t i = 0; i < 4; ++i) {
      file[at + 8 + length + i] = static_cast<std::uint8_t>(crc >> (24 - 8 * i));
    }
    at += kFrame + length;
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  const std::size_t mutated = LLVMFuzzerMutate(data, size, max_size);
  const bool is_png = mutated > 8 && data[0] == 0x89;
  if (is_png && seed % 8 != 0) mend_checksums({data, mutated});
  return mutated;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const imaging::FileBytes file = std::as_bytes(std::span{data, size});
  bool is_worth = false;
  expect_result_or_error([&] { is_worth = is_worth_trying(file); });
  if (!is_worth) {
    // The headers of the other formats are read by our own code.
    expect_result_or_error([&] { (void)imaging::tiff_header_size(file); });
    expect_result_or_error([&] { (void)imaging::exr_header_size(file); });
    return 0;
  }
  expect_result_or_error([&] { (void)imaging::decode_image(file); });
  expect_result_or_error([&] { (void)imaging::decode_matte(file); });
  expect_result_or_error([&] { (void)imaging::decode_trimap(file); });
  return 0;
}
