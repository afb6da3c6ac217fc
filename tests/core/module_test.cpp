#include "core/module.hpp"

#include <array>
#include <optional>
#include <utility>

#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/scoped_variable.hpp"

using namespace mbench;
using mbench::testing::ScopedVariable;
using mbench::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFile = TINY_MODULE_FILE;
const fs::path kFolder = TINY_MODULE_FOLDER;

}  // namespace

TEST_CASE("modules are looked for where the user says, then beside the program", "[core][module]") {
  const ScopedVariable named{"MBENCH_PLUGIN_DIR", "/somewhere/else"};
  const std::vector<fs::path> folders = module_folders();
  REQUIRE(folders.size() >= 5);
  const fs::path program = fs::read_symlink("/proc/self/exe").parent_path();
  CHECK(folders[0] == "/somewhere/else");
  CHECK(folders[1] == program);
  CHECK(folders[2] == program.parent_path() / "lib/mbench");
  CHECK(folders[3].filename() == "mbench");
  CHECK(folders[4].filename() == "modules");  // the test itself lies in the build tree
}

TEST_CASE("an empty MBENCH_PLUGIN_DIR is none", "[core][module]") {
  const auto folders_with = [](std::optional<std::string> value) {
    const ScopedVariable named{"MBENCH_PLUGIN_DIR", std::move(value)};
    return module_folders();
  };
  CHECK(folders_with("") == folders_with(std::nullopt));
}

TEST_CASE("a module is opened in the first folder that has it", "[core][module]") {
  const TemporaryFolder without;
  const ModuleSymbol symbol =
      open_module(kFile, "tiny_module_answer", std::array{without.path(), kFolder});
  REQUIRE(symbol.address != nullptr);
  CHECK(symbol.found.empty());
  CHECK(reinterpret_cast<int (*)()>(symbol.address)() == 42);
}

TEST_CASE("a module in none of the folders is told with all of them", "[core][module]") {
  const TemporaryFolder first, second;
  const ModuleSymbol symbol =
      open_module("libnone.so", "tiny_module_answer", std::array{first.path(), second.path()});
  CHECK(symbol.address == nullptr);
  CHECK(symbol.found == "no libnone.so in " + first.path().string() + " " + second.path().string());
}

TEST_CASE("a module without the symbol belongs to another version", "[core][module]") {
  const ModuleSymbol symbol = open_module(kFile, "not_there", std::array{kFolder});
  CHECK(symbol.address == nullptr);
  CHECK(symbol.found == (kFolder / kFile).string() + " belongs to another version of mbench");
}

TEST_CASE("a file that is no module is told in the loader's words, and no further one is tried",
          "[core][module]") {
  const TemporaryFolder folder;
  testing::write_text(folder / kFile, "not a shared object");
  const ModuleSymbol symbol =
      open_module(kFile, "tiny_module_answer", std::array{folder.path(), kFolder});
  CHECK(symbol.address == nullptr);
  CHECK_THAT(symbol.found, Catch::Contains((folder / kFile).string()));
}
