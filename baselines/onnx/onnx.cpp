#include <utility>

#include <fmt/core.h>

#include "baselines/deep/module.hpp"
#include "baselines/onnx/onnx_module.hpp"
#include "core/error.hpp"
#include "core/module.hpp"
#include "core/text_file.hpp"

namespace mbench::baselines {
namespace {

constexpr std::string_view kModuleFile = "libmbench_onnx.so";

const OnnxModule& open_module_for_onnx() {
  ModuleSymbol symbol = open_module(kModuleFile, "mbench_onnx_module", module_folders());
  if (symbol.address != nullptr) {
    const OnnxModule& module = *reinterpret_cast<const OnnxModule* (*)()>(symbol.address)();
    if (module.build == deep_module_build()) return module;
    symbol.found = fmt::format("a module of another build: {}", module.build);
  }
  throw Error{ErrorKind::unavailable,
              {.what = "ONNX files cannot be run by this build",
               .expected = fmt::format("{} of this build: {}", kModuleFile, deep_module_build()),
               .found = std::move(symbol.found),
               .fix = "install libopencv-dnn-dev (Debian, Ubuntu) and build mbench again"}};
}

}  // namespace

std::unique_ptr<CardRuntime> open_onnx(const std::filesystem::path& file) {
  static const OnnxModule& module = open_module_for_onnx();
  return module.open(read_text_file(file), file.string());
}

}  // namespace mbench::baselines
