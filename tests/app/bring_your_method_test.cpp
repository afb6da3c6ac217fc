#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;

namespace {

namespace fs = std::filesystem;

/// The blocks of shell commands of a page.
std::vector<std::string> shell_blocks(const std::string& page) {
  const std::string begin_mark = "\n```sh\n", end_mark = "\n```\n";
  std::vector<std::string> blocks;
  for (std::size_t at = 0; (at = page.find(begin_mark, at)) != std::string::npos;) {
    const std::size_t begin = at + begin_mark.size();
    const std::size_t end = page.find(end_mark, begin);
    blocks.push_back(page.substr(begin, end - begin) + "\n");
    at = end;
  }
  return blocks;
}

}  // namespace

TEST_CASE("what docs/bring-your-method.md says to paste works", "[app][docs]") {
  const Workspace work;
  auto environment = work.environment();
  environment["PATH"] = fs::path{MBENCH_PROGRAM}.parent_path().string() +
                        ":/usr/bin:" + std::string{std::getenv("PATH")};
  const auto shell = [&](const std::string& script) {
    return run_program({"/bin/sh", "-e", "-c", "cd \"$0\"\n" + script, work.path().string()},
                       environment);
  };
  const bool has_torch = MBENCH_HAS_DEEP && shell("python3 -c 'import torch'").exit_code == 0;
  const std::vector<std::string> blocks =
      shell_blocks(read_text(source_path("docs/bring-your-method.md")));
  CHECK(blocks.size() == 6);
  for (const std::string& block : blocks) {
    CAPTURE(block);
    const bool needs_torch = block.find("import torch") != std::string::npos;
    const bool needs_onnx = block.find("new-method") != std::string::npos;
    if ((needs_torch && !has_torch) || (needs_onnx && !MBENCH_HAS_ONNX)) {
      WARN("skipped, as this machine lacks PyTorch or a part of OpenCV:\n" << block);
      continue;
    }
    const ProgramResult result = shell(block);
    CAPTURE(result.out, result.err);
    CHECK(result.exit_code == 0);
  }
}
