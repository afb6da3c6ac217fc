#pragma once
#include <filesystem>
#include <string>

#include "core/image.hpp"
#include "core/matte.hpp"
#include "core/trimap.hpp"

namespace mbench::imaging {

/// What the header of an image file says.
struct ImageInfo {
  Size size{};
  int channels{};  ///< as decoded: 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA; palettes expanded
  Depth depth{};
  std::string format{};  ///< "PNG", "JPEG", "TIFF", "EXR", "WebP"
};

/// Reads the header alone (TIFF, EXR and WebP: everything). Throws bad_input if the file is
/// missing, of an unknown format, or damaged where the header stands.
[[nodiscard]] ImageInfo probe_image(const std::filesystem::path& file);

/// Reads a colour image: grey becomes three equal channels, palettes are expanded, an opaque alpha
/// channel is dropped. EXIF orientation is ignored, colour profiles and gamma chunks are not
/// applied: the numbers are those in the file. Throws bad_input for a missing, unreadable or
/// truncated file, for one of more than 2^28 pixels, and for one whose alpha channel is not opaque.
/// TIFF (of several images the first; those that ask to be turned are refused), EXR and WebP need
/// the optional module for OpenCV's imgcodecs: without it they are unavailable.
[[nodiscard]] Image read_image(const std::filesystem::path& file);

/// Reads the colour channels of an image as read_image() does; an alpha channel is dropped, opaque
/// or not: for what is to be composed, where published programs drop it.
[[nodiscard]] Image read_colours(const std::filesystem::path& file);

/// Reads a matte in the depth of its file: the first channel if all colour channels are equal at
/// every pixel; the alpha channel if the file is RGBA (or grey + alpha) with equal or constant
/// colour and an alpha channel that is not constant. Anything else is bad_input.
[[nodiscard]] Matte read_matte(const std::filesystem::path& file);

/// A matte, and whether its file holds another one.
struct MatteFile {
  Matte matte{};
  /// It is the alpha channel, but the grey values beside it vary, too, and differ from it.
  bool grey_may_be_meant{};
};

/// The matte that read_matte() gives, with what it leaves open.
[[nodiscard]] MatteFile read_matte_file(const std::filesystem::path& file);

/// The three values by which a trimap file codes background, unknown and foreground.
struct TrimapLevels {
  int background{kBackground};
  int unknown{kUnknown};
  int foreground{kForeground};
  friend bool operator==(const TrimapLevels&, const TrimapLevels&) = default;
};

/// Reads a trimap and codes it as 0, 128, 255. The channel is chosen as by read_matte; 16-bit files
/// must hold multiples of 257. A value that is none of `levels` is bad_input: the message lists the
/// levels found and the `trimap_levels` setting that would accept them.
[[nodiscard]] Trimap read_trimap(const std::filesystem::path& file, TrimapLevels levels = {});

/// Writes a grey PNG of 8 or 16 bits; floats are rounded to nearest (see to_u8). Folders above the
/// file are made; the file appears by an atomic rename. Depth::f32 is refused as usage: a PNG holds
/// integers. Throws internal if it cannot be written.
void write_matte(const std::filesystem::path& file, AlphaView matte, Depth depth);

/// Writes a grey 8-bit PNG holding the trimap's levels, as write_matte does.
void write_trimap(const std::filesystem::path& file, TrimapView trimap);

/// Writes an RGB PNG of 8 or 16 bits in the depth of the image, as write_matte does. Float images
/// are refused as usage.
void write_image(const std::filesystem::path& file, const Image& image);

}  // namespace mbench::imaging
