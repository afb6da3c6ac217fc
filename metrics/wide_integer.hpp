#pragma once

namespace mbench::metrics {

/// Sums over stretched 16-bit mattes need up to 96 bits. __extension__: -Wpedantic knows no 128-bit
/// integers.
__extension__ using UInt128 = unsigned __int128;

}  // namespace mbench::metrics
