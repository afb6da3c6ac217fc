#include "baselines/deep/module.hpp"

#include <atomic>

#include <fmt/core.h>

#include "baselines/deep/entries.hpp"
#include "core/error.hpp"
#include "core/module.hpp"
#include "core/version.hpp"

namespace mbench::baselines {
namespace {

constexpr std::string_view kModuleFile = "libmbench_deep.so";

std::atomic<bool> is_open{false};

const DeepModule& open() {
  if (!deep_methods_are_built()) {
    throw Error{ErrorKind::unavailable,
                {.what = "this build of mbench has no networks",
                 .expected = "a build with LibTorch",
                 .fix = "install libtorch-dev (Debian, Ubuntu) and build mbench again with "
                        "-DMBENCH_DEEP=ON"}};
  }
  const std::vector<std::filesystem::path> folders = module_folders();
  ModuleSymbol symbol = open_module(kModuleFile, "mbench_deep_module", folders);
  if (symbol.address != nullptr) {
    const auto function = reinterpret_cast<const DeepModule* (*)()>(symbol.address);
    const DeepModule& module = *function();
    if (module.build == deep_module_build()) {
      is_open = true;
      return module;
    }
    symbol.found = fmt::format("a module of another build: {}", module.build);
  }
  throw Error{
      ErrorKind::unavailable,
      {.what = "mbench's module for networks cannot be opened",
       .expected = fmt::format("{} of this build: {}", kModuleFile, deep_module_build()),
       .found = std::move(symbol.found),
       .fix = "install mbench with its modules, or name their folder in MBENCH_PLUGIN_DIR"}};
}

}  // namespace

void require_precision(const Method& method) {
  constexpr Size kSize{64, 64};
  const Image image{Plane<Rgb<std::uint8_t>>{kSize, {.r = 90, .g = 120, .b = 150}}};
  const Trimap trimap{kSize, kUnknown};
  const Plane<std::uint8_t> segmentation{kSize, 255};
  try {
    (void)method.estimate({.sample_id = "precision",
                           .image = image,
                           .trimap = &trimap,
                           .segmentation = &segmentation});
  } catch (const Error& error) {
    // What else goes wrong belongs to such an image: real ones are judged by their own.
    if (error.kind() == ErrorKind::unavailable) throw;
  }
}

std::string deep_module_build() {
  const Version build = version();
  return fmt::format("mbench {} {}, {}, {}", build.version, build.commit, build.compiler,
                     build.build_type);
}

const DeepModule& deep_module() {
  static const DeepModule& module = open();
  return module;
}

bool deep_module_is_open() { return is_open; }

bool deep_methods_are_built() {
#ifdef MBENCH_HAVE_DEEP
  return true;
#else
  return false;
#endif
}

std::unique_ptr<Method> make_deep_method(std::string_view id, const MethodSettings& settings) {
  for (const DeepMethod* method : deep_module().methods()) {
    if (method->id != id) continue;
    std::unique_ptr<Method> made = method->make(settings);
    if (settings.precision != Precision::fp32) require_precision(*made);
    return made;
  }
  throw Error{ErrorKind::unavailable,
              {.what = fmt::format("mbench's module for networks does not know '{}'", id)}};
}

std::vector<const NetworkEntry*> all_networks() {
  std::vector<const NetworkEntry*> networks;
  for (const DeepMethod* method : deep_module().methods()) {
    for (const NetworkEntry& network : method->networks) networks.push_back(&network);
  }
  return networks;
}

}  // namespace mbench::baselines
