#pragma once
#include "imaging/decoder.hpp"

namespace mbench::imaging {

/// Decodes the channel that holds the matte (see read_matte). Throws bad_input naming the first
/// pixel that makes the file no matte.
[[nodiscard]] Matte decode_matte_channel(Decoder& decoder);

}  // namespace mbench::imaging
