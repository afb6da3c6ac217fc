#pragma once
#include <filesystem>
#include <vector>

#include "imaging/decoder.hpp"

namespace mbench::imaging {

// The readers of imaging/io.hpp for bytes in memory: the same results and errors, without a place
// in the errors.

[[nodiscard]] Image decode_image(FileBytes file);
[[nodiscard]] Image decode_colours(FileBytes file);
[[nodiscard]] Matte decode_matte(FileBytes file);
[[nodiscard]] Trimap decode_trimap(FileBytes file, TrimapLevels levels = {});

/// The bytes of a PNG file, the same for the same pixels. `channels` is 1 (grey) or 3 (RGB);
/// `depth` u8 or u16; `samples` are interleaved, in the machine's byte order.
[[nodiscard]] std::vector<std::byte> encode_png(Size size, int channels, Depth depth,
                                                std::span<const std::byte> samples);

/// The first `limit` bytes of a file. Throws bad_input if it is missing, no regular file, or
/// unreadable.
[[nodiscard]] std::vector<std::byte> read_bytes(const std::filesystem::path& file,
                                                std::size_t limit = SIZE_MAX);

/// Replaces the file in one step: nobody ever sees half of it. Folders above it are made. Throws
/// internal if it cannot be written.
void write_bytes_atomically(const std::filesystem::path& file, std::span<const std::byte> bytes);

}  // namespace mbench::imaging
