#include "baselines/source_tree.hpp"

#include <array>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/text_file.hpp"

namespace mbench::baselines {
namespace {
namespace fs = std::filesystem;

constexpr std::string_view kMethods = "baselines/methods.inc",
                           kNetworks = "baselines/deep/methods.inc",
                           kSources = "baselines/CMakeLists.txt",
                           kTests = "tests/baselines/CMakeLists.txt", kChanges = "CHANGELOG.md";

std::string read(const fs::path& tree, std::string_view file) {
  if (fs::is_regular_file(tree / file)) return read_text_file(tree / file);
  throw Error{ErrorKind::usage,
              {.what = "this is no source tree of mbench that a method can be added to",
               .where = tree.string(),
               .expected = fmt::format("a file {}", file),
               .found = "no such file",
               .fix = "name the root of the sources with --folder"}};
}

/// Where the text after `anchor` continues with `end`: the place to insert at.
std::size_t find_place(const std::string& text, std::string_view file, std::string_view anchor,
                       std::string_view end) {
  const std::size_t begin = text.find(anchor);
  const std::size_t place = begin == std::string::npos ? begin : text.find(end, begin);
  if (place != std::string::npos) return place;
  throw Error{
      ErrorKind::usage,
      {.what = "the source tree does not look as expected: nothing was changed",
       .where = std::string{file},
       .expected = fmt::format("'{}', then '{}'", anchor, end.substr(end.find_first_not_of(" \n"))),
       .fix = "add the method by hand, as docs/adding-a-method.md says"}};
}

/// `line` as a line of its own before the one that follows `anchor` and begins with `next`.
TreeEdit with_line(const fs::path& tree, std::string_view file, std::string_view anchor,
                   std::string_view next, std::string line) {
  TreeEdit edit{.path = file, .before = read(tree, file), .added = std::move(line)};
  edit.after = edit.before;
  const std::size_t place = find_place(edit.before, file, anchor, fmt::format("\n{}", next)) + 1;
  edit.after.insert(place, edit.added + "\n");
  return edit;
}

/// Whether `text` has the word with nothing of a longer word around it.
bool has_word(std::string_view text, std::string_view word) {
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_part(text[at - 1])) && (end == text.size() || !is_part(text[end]))) {
      return true;
    }
  }
  return false;
}

void require_new(const fs::path& tree, std::string_view symbol) {
  const std::array<std::pair<std::string_view, std::string>, 4> places{
      {{kMethods, fmt::format("MBENCH_METHOD({})", symbol)},
       {kNetworks, fmt::format("MBENCH_DEEP_METHOD({})", symbol)},
       {kSources, fmt::format("{}.cpp", symbol)},
       {kTests, fmt::format("{}_test.cpp", symbol)}}};
  for (const auto& [file, word] : places) {
    if (!has_word(read(tree, file), word)) continue;
    throw Error{ErrorKind::usage,
                {.what = fmt::format("the source tree has a method '{}' already", symbol),
                 .where = std::string{file},
                 .found = word,
                 .fix = "choose another name: nothing was changed"}};
  }
}

}  // namespace

bool is_source_tree(const fs::path& folder) {
  return fs::is_regular_file(folder / "baselines/method.hpp") ||
         fs::is_regular_file(folder / kMethods);
}

std::vector<TreeEdit> enter_method(const fs::path& tree, std::string_view id,
                                   std::string_view symbol) {
  require_new(tree, symbol);
  TreeEdit methods{.path = kMethods,
                   .before = read(tree, kMethods),
                   .added = fmt::format("MBENCH_METHOD({})", symbol)};
  (void)find_place(methods.before, kMethods, "MBENCH_METHOD(", ")\n");
  methods.after = methods.before + methods.added + "\n";
  // Each on its own line before the folders that the library uses.
  return {std::move(methods),
          with_line(tree, kSources, "mbench_library(baselines\n", "  USES ",
                    fmt::format("          {0}/{0}.cpp", symbol)),
          with_line(tree, kTests, "mbench_test(baselines\n", "  USES ",
                    fmt::format("          {}_test.cpp", symbol)),
          with_line(tree, kChanges, "\n## ", "- ", fmt::format("- Method `{}`.", id))};
}

}  // namespace mbench::baselines
