#include "imaging/decoder.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include <fmt/core.h>

#include "imaging/codec_imgcodecs.hpp"

namespace mbench::imaging {
namespace {

/// The file begins with `magic`; '?' stands for any byte.
bool begins_with(FileBytes file, std::string_view magic) {
  if (file.size() < magic.size()) return false;
  for (std::size_t i = 0; i < magic.size(); ++i) {
    if (magic[i] != '?' && static_cast<char>(file[i]) != magic[i]) return false;
  }
  return true;
}

struct Signature {
  std::string_view magic;
  std::unique_ptr<Decoder> (*open)(FileBytes file);
  bool needs_whole_file{false};  // even for the header
};

using namespace std::string_view_literals;
constexpr std::array kSignatures{
    Signature{"\x89PNG\r\n\x1a\n"sv, open_png},   Signature{"\xff\xd8\xff"sv, open_jpeg},
    Signature{"II*\0"sv, open_tiff, true},        Signature{"MM\0*"sv, open_tiff, true},
    Signature{"II+\0"sv, open_tiff, true},  // BigTIFF
    Signature{"MM\0+"sv, open_tiff, true},        Signature{"\x76\x2f\x31\x01"sv, open_exr, true},
    Signature{"RIFF????WEBP"sv, open_webp, true},
};

const Signature* find_signature(FileBytes file) {
  const auto found = std::ranges::find_if(
      kSignatures, [&](const Signature& signature) { return begins_with(file, signature.magic); });
  return found == kSignatures.end() ? nullptr : &*found;
}

/// The first bytes as a reader would want to see them: 'hello wo' or 89 50 4e 47.
std::string first_bytes(FileBytes file) {
  const FileBytes head = file.first(std::min<std::size_t>(file.size(), 8));
  const bool is_text = std::ranges::all_of(
      head, [](std::byte b) { return std::isprint(std::to_integer<unsigned char>(b)) != 0; });
  std::string shown;
  for (const std::byte b : head) {
    if (is_text) {
      shown += static_cast<char>(b);
    } else {
      shown += fmt::format("{}{:02x}", shown.empty() ? "" : " ", std::to_integer<unsigned>(b));
    }
  }
  return is_text ? fmt::format("text that begins with '{}'", shown)
                 : fmt::format("a file that begins with the bytes {}", shown);
}

}  // namespace

std::size_t bytes_per_sample(Depth depth) {
  switch (depth) {
    case Depth::u8: return 1;
    case Depth::u16: return 2;
    case Depth::f32: break;
  }
  return 4;
}

std::size_t Decoder::byte_count() const {
  return static_cast<std::size_t>(info_.size.pixels()) * static_cast<std::size_t>(info_.channels) *
         bytes_per_sample(info_.depth);
}

std::unique_ptr<Decoder> open_decoder(FileBytes file) {
  if (file.empty()) {
    throw Error{ErrorKind::bad_input,
                {.what = "the image file is empty",
                 .expected = "an image",
                 .found = "0 bytes",
                 .fix = "write or copy the file again"}};
  }
  if (const Signature* signature = find_signature(file)) return signature->open(file);
  throw Error{ErrorKind::bad_input,
              {.what = "the file is not an image of a known format",
               .expected = "PNG, JPEG, TIFF, EXR or WebP (told by content, not by name)",
               .found = first_bytes(file),
               .fix = "save the image as PNG"}};
}

bool needs_whole_file(FileBytes head) {
  const Signature* signature = find_signature(head);
  return signature != nullptr && signature->needs_whole_file;
}

void require_acceptable_size(std::int64_t width, std::int64_t height) {
  if (width > 0 && height > 0 && width <= kMaxPixels / height) return;
  throw Error{ErrorKind::bad_input,
              {.what = "the header of the image file names an impossible size",
               .expected = fmt::format("1 to {} pixels (2^28)", kMaxPixels),
               .found = fmt::format("{}x{}", width, height),
               .fix = "write or copy the file again; larger images must be split"}};
}

Error damaged_file(std::string_view format, std::string_view found) {
  return Error{ErrorKind::bad_input,
               {.what = fmt::format("the {} file is damaged or incomplete", format),
                .found = std::string{found},
                .fix = "write or copy the file again"}};
}

}  // namespace mbench::imaging
