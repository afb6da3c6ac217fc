#include <array>

#include <fmt/core.h>

#include "baselines/card/card_method.hpp"
#include "baselines/classical/closed_form.hpp"
#include "baselines/command/command.hpp"
#include "baselines/deep/entries.hpp"
#include "baselines/method.hpp"
#include "baselines/published_only.hpp"
#include "baselines/trivial/constant.hpp"
#include "baselines/trivial/precomputed.hpp"
#include "baselines/trivial/trimap_as_alpha.hpp"
#include "baselines/tta.hpp"
#include "core/error.hpp"
#include "core/registry.hpp"

namespace mbench::baselines {
namespace {

/// The only list of methods; `mbench list methods` shows it in this order.
constexpr std::array kCatalog{
    &precomputed_method, &constant_method, &trimap_as_alpha_method,
    &closed_form_method, &tta_method,      &command_method,
    &card_method,
#define MBENCH_DEEP_METHOD(name) &name##_method,
#include "baselines/deep/methods.inc"
#undef MBENCH_DEEP_METHOD
};

void refuse(const MethodEntry& entry, std::string_view setting) {
  throw Error{ErrorKind::usage,
              {.what = fmt::format("method '{}' has no use for {}", entry.id, setting),
               .expected = fmt::format("{} only with methods that are networks", setting),
               .fix = "leave it out, or run this method in a command of its own"}};
}

}  // namespace

std::span<const MethodEntry* const> all_methods() { return kCatalog; }

const MethodEntry& find_method(std::string_view id) {
  refuse_published_only(id);
  return find_by_id(all_methods(), id, "method");
}

Needs needs_of(const MethodEntry& entry, const Options& options) {
  return entry.needs_of == nullptr ? entry.needs : entry.needs_of(options);
}

std::unique_ptr<Method> make_method(const MethodEntry& entry, const MethodSettings& settings) {
  if (!entry.deep && entry.needs_of == nullptr) {
    if (settings.weights.recipe || !settings.weights.file.empty()) refuse(entry, "weights");
    if (settings.device != Device{}) refuse(entry, "a GPU");
    if (settings.precision != Precision::fp32) refuse(entry, "another precision");
  }
  return entry.make(settings);
}

}  // namespace mbench::baselines
