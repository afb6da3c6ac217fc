#include "core/text_file.hpp"

#include <filesystem>
#include <iterator>
#include <stdexcept>

#include "tests/support/catch.hpp"

#include "core/error.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::testing;

namespace {

template <typename Action>
Error error_of(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  throw std::logic_error{"an error was expected"};
}

}  // namespace

TEST_CASE("a file is written in one piece, with its folders", "[core][text_file]") {
  const TemporaryFolder folder;
  write_text_file_atomically(folder / "new/sub/a.csv", "first");
  write_text_file_atomically(folder / "new/sub/a.csv", "second");
  CHECK(read_text_file(folder / "new/sub/a.csv") == "second");
  CHECK(std::distance(std::filesystem::directory_iterator{folder / "new/sub"}, {}) == 1);
}

TEST_CASE("a text file that is missing, or a folder, is refused by name", "[core][text_file]") {
  const TemporaryFolder folder;
  const Error missing = error_of([&] { (void)read_text_file(folder / "none.csv"); });
  CHECK(missing.kind() == ErrorKind::bad_input);
  CHECK(missing.parts().where == (folder / "none.csv").string());
  CHECK(error_of([&] { (void)read_text_file(folder.path()); }).kind() == ErrorKind::bad_input);
}
