#pragma once
#include "imaging/decoder.hpp"
#include "imaging/io.hpp"

namespace mbench::imaging {

/// Decodes the channel that holds the matte (see read_matte). Throws bad_input naming the first
/// pixel that makes the file no matte.
[[nodiscard]] MatteFile decode_matte_channel(Decoder& decoder);

}  // namespace mbench::imaging
