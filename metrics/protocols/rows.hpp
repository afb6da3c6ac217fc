#pragma once
#include "metrics/protocol.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {

// The rows of the table of protocols, one file per family of programs. metrics/protocols.cpp puts
// them in order.
extern const Protocol dim_matlab_protocol;
extern const Protocol dim_matlab_skip_protocol;
extern const Protocol dim_matlab_orig_protocol;
extern const Protocol whole_protocol;
extern const Protocol gca_protocol;
extern const Protocol gca_tester_protocol;
extern const Protocol vitmatte_protocol;
extern const Protocol mam_protocol;
extern const Protocol aim_protocol;
extern const Protocol gfm_protocol;
extern const Protocol p3m_protocol;
extern const Protocol indexnet_py_protocol;
extern const Protocol mmagic_protocol;
extern const Protocol rvm_protocol;
extern const Protocol rvm_hr_protocol;
extern const Protocol paddle_protocol;
extern const Protocol paddle_whole_protocol;
extern const Protocol instmatt_protocol;
extern const Protocol trimap_protocol;

// Pixels that many rows share.
inline constexpr PixelSwitches kWholeImage{};
inline constexpr PixelSwitches kUnknownPixels{.region = ScoredRegion::unknown};

}  // namespace mbench::metrics
