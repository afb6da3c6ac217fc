#include "core/module.hpp"

#include <dlfcn.h>

#include <cstdlib>

#include <fmt/core.h>

namespace mbench {
namespace fs = std::filesystem;

std::vector<fs::path> module_folders() {
  std::vector<fs::path> folders;
  if (const char* named = std::getenv("MBENCH_PLUGIN_DIR"); named != nullptr && *named != '\0') {
    folders.emplace_back(named);
  }
  std::error_code error;
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path folder = executable.parent_path();
    folders.push_back(folder);
    folders.push_back(folder.parent_path() / "lib/mbench");
    folders.push_back(folder.parent_path() / MBENCH_INSTALL_LIBDIR / "mbench");
    // Tests lie anywhere in the build tree. An installed program must not look there.
    const fs::path modules{MBENCH_BUILD_MODULE_DIR};
    const std::string tree = fmt::format("{}/", modules.parent_path().string());
    if (executable.string().starts_with(tree)) folders.push_back(modules);
  }
  return folders;
}

ModuleSymbol open_module(std::string_view file, const char* symbol,
                         std::span<const fs::path> folders) {
  std::string missing = fmt::format("no {} in", file);
  for (const fs::path& folder : folders) {
    const fs::path path = folder / file;
    std::error_code error;
    if (!fs::exists(path, error)) {
      missing += fmt::format(" {}", folder.string());
      continue;
    }
    void* const library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return {.found = ::dlerror()};
    void* const address = ::dlsym(library, symbol);
    if (address != nullptr) return {.address = address};
    ::dlclose(library);
    return {.found = fmt::format("{} belongs to another version of mbench", path.string())};
  }
  return {.found = std::move(missing)};
}

}  // namespace mbench
