#include <array>

#include "baselines/classical/closed_form.hpp"
#include "baselines/method.hpp"
#include "baselines/trivial/constant.hpp"
#include "baselines/trivial/precomputed.hpp"
#include "baselines/trivial/trimap_as_alpha.hpp"
#include "core/registry.hpp"

namespace mbench::baselines {
namespace {

/// The only list of methods; `mbench list methods` shows it in this order.
constexpr std::array kCatalog{&precomputed_method, &constant_method, &trimap_as_alpha_method,
                              &closed_form_method};

}  // namespace

std::span<const MethodEntry* const> all_methods() { return kCatalog; }

const MethodEntry& find_method(std::string_view id) {
  return find_by_id(all_methods(), id, "method");
}

}  // namespace mbench::baselines
