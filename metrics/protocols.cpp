#include <array>

#include <fmt/core.h>

#include "core/registry.hpp"
#include "metrics/protocol.hpp"
#include "metrics/protocols/rows.hpp"

namespace mbench::metrics {
namespace {

// The only list of protocols, in the order in which they are shown.
constexpr std::array kProtocols{
    &dim_matlab_protocol,
    &dim_matlab_skip_protocol,
    &dim_matlab_orig_protocol,
    &whole_protocol,
    &gca_protocol,
    &gca_tester_protocol,
    &vitmatte_protocol,
    &mam_protocol,
    &aim_protocol,
    &gfm_protocol,
    &p3m_protocol,
    &mmagic_protocol,
    &paddle_protocol,
    &paddle_whole_protocol,
    &rvm_protocol,
    &rvm_hr_protocol,
    &indexnet_py_protocol,
    &instmatt_protocol,
    &trimap_protocol,
};

}  // namespace

std::span<const Protocol* const> all_protocols() { return kProtocols; }

const Protocol& find_protocol(std::string_view id) {
  return find_by_id(all_protocols(), id, "protocol");
}

std::string versioned_id(const Protocol& protocol) {
  return fmt::format("{}/{}", protocol.id, protocol.version);
}

}  // namespace mbench::metrics
