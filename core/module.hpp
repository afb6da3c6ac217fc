#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mbench {

/// Where mbench's modules, shared objects that are opened when they are first needed, are looked
/// for, in this order: $MBENCH_PLUGIN_DIR, beside the running executable, ../lib/mbench and
/// ../lib/<multiarch>/mbench as seen from there, and for programs in the build tree its modules/.
[[nodiscard]] std::vector<std::filesystem::path> module_folders();

/// One symbol of an opened module, or why there is none.
struct ModuleSymbol {
  void* address{};      ///< null if the module cannot be used
  std::string found{};  ///< "no libmbench_deep.so in /usr/bin ...", or the loader's message
};

/// Opens `file` in the first of the folders that has it, and leaves it open.
[[nodiscard]] ModuleSymbol open_module(std::string_view file, const char* symbol,
                                       std::span<const std::filesystem::path> folders);

}  // namespace mbench
