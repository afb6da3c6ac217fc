#include "baselines/new_method.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <utility>

#include <fmt/core.h>

#include "baselines/embedded.hpp"
#include "baselines/onnx/onnx_writer.hpp"
#include "core/error.hpp"

namespace mbench::baselines {
namespace {

/// The name as it stands in files, ids and C++.
struct Spellings {
  std::string file{}, id{}, symbol{};
};

Spellings spellings(std::string_view name) {
  const auto is_part = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  if (name.empty() || std::isalpha(static_cast<unsigned char>(name.front())) == 0 ||
      !std::ranges::all_of(name, is_part)) {
    throw Error{ErrorKind::usage,
                {.what = "this cannot be the name of a method",
                 .expected = "a letter, then letters, digits, '-' and '_'",
                 .found = fmt::format("'{}'", name),
                 .fix = "e.g. mbench new-method my-net"}};
  }
  Spellings result{.file = std::string{name}};
  for (const char c : name) {
    const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    result.id += lower == '_' ? '-' : lower;
    result.symbol += lower == '-' ? '_' : lower;
  }
  return result;
}

/// Words that C++, its compilers or mbench itself use: neither files, macros nor variables may be
/// called so.
constexpr auto kTakenWords =
    std::to_array<std::string_view>({"alignas",       "alignof",     "and",
                                     "and_eq",        "asm",         "auto",
                                     "bitand",        "bitor",       "bool",
                                     "break",         "case",        "catch",
                                     "char",          "char16_t",    "char32_t",
                                     "char8_t",       "class",       "co_await",
                                     "co_return",     "co_yield",    "compl",
                                     "concept",       "const",       "const_cast",
                                     "consteval",     "constexpr",   "constinit",
                                     "continue",      "decltype",    "default",
                                     "delete",        "do",          "double",
                                     "dynamic_cast",  "else",        "enum",
                                     "explicit",      "export",      "extern",
                                     "false",         "float",       "for",
                                     "friend",        "goto",        "if",
                                     "inline",        "int",         "long",
                                     "mutable",       "namespace",   "new",
                                     "noexcept",      "not",         "not_eq",
                                     "nullptr",       "operator",    "or",
                                     "or_eq",         "private",     "protected",
                                     "public",        "register",    "reinterpret_cast",
                                     "requires",      "return",      "short",
                                     "signed",        "sizeof",      "static",
                                     "static_assert", "static_cast", "struct",
                                     "switch",        "template",    "this",
                                     "thread_local",  "throw",       "true",
                                     "try",           "typedef",     "typeid",
                                     "typename",      "union",       "unsigned",
                                     "using",         "virtual",     "void",
                                     "volatile",      "wchar_t",     "while",
                                     "xor",           "xor_eq",      "final",
                                     "import",        "module",      "override",
                                     "linux",         "unix",        "i386",
                                     "main",          "std",         "mbench",
                                     "baselines",     "test"});

/// The symbol names a folder, a file, a variable and a macro's argument: a keyword, a macro that
/// compilers define, or two underscores in a row, which belong to C++, do not build everywhere.
void require_symbol(std::string_view name, const std::string& symbol) {
  const auto refuse = [&](std::string expected) {
    throw Error{ErrorKind::usage,
                {.what = "this cannot be the name of a class in mbench's source tree",
                 .expected = std::move(expected),
                 .found = fmt::format("'{}'", name),
                 .fix = "e.g. mbench new-method my-net --kind cpp"}};
  };
  if (symbol.find("__") != std::string::npos || symbol.ends_with('_')) {
    refuse("single '-' or '_' between letters and digits, none at the end");
  }
  if (std::ranges::find(kTakenWords, symbol) != kTakenWords.end()) {
    refuse("a word that neither C++ nor mbench uses itself");
  }
}

std::string replaced(std::string text, std::string_view part, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += by.size()) {
    text.replace(at, part.size(), by);
  }
  return text;
}

/// The template with its placeholders filled in.
std::string filled(std::string_view name, const Spellings& spelt) {
  const auto files = embedded_templates();
  const auto file = std::ranges::find(files, name, &EmbeddedFile::name);
  assert(file != files.end());
  std::string text{reinterpret_cast<const char*>(file->begin),
                   static_cast<std::size_t>(file->end - file->begin)};
  const std::array<std::pair<std::string_view, const std::string&>, 4> values{
      {{"@NAME@", spelt.file},
       {"@FILE@", spelt.file},
       {"@ID@", spelt.id},
       {"@SYMBOL@", spelt.symbol}}};
  for (const auto& [placeholder, value] : values) {
    text = replaced(std::move(text), placeholder, value);
  }
  return text;
}

/// A network that answers with its fourth channel, the trimap.
std::string example_network() {
  return write_onnx(
      {.nodes = {{.op = "Conv",
                  .inputs = {"input", "weights"},
                  .outputs = {"alpha"},
                  .attributes = {{"kernel_shape", {1, 1}}}}},
       .weights = {{.name = "weights", .shape = {1, 4, 1, 1}, .values = {0.0F, 0.0F, 0.0F, 1.0F}}},
       .inputs = {{.name = "input", .shape = {1, 4, -1, -1}}},
       .outputs = {{.name = "alpha", .shape = {1, 1, -1, -1}}}});
}

/// The file as a user names it who stands where mbench was started.
std::string place(const std::filesystem::path& folder, const std::string& file) {
  return folder == "." ? file : (folder / file).string();
}

/// Whether no shell and no option of mbench reads more into the text than its characters.
bool is_plain(std::string_view text) {
  constexpr std::string_view kPlain = "/.-_+@%";
  return std::ranges::all_of(text, [&](unsigned char c) {
    return c >= 0x80 || std::isalnum(c) != 0 ||
           kPlain.find(static_cast<char>(c)) != std::string_view::npos;
  });
}

/// One word of a POSIX shell.
std::string shell_word(const std::string& text) {
  return fmt::format("'{}'", replaced(text, "'", "'\\''"));
}

/// "card:file=PATH" as a shell takes it.
std::string card_argument(const std::string& path) {
  if (is_plain(path)) return fmt::format("card:file={}", path);
  return shell_word(fmt::format("card:file={}", replaced(replaced(path, ",", "\\,"), ":", "\\:")));
}

/// The command that runs a Python program with a list of samples, as a shell takes it.
std::string command_argument(const std::string& path) {
  if (is_plain(path)) {
    return fmt::format("command:inputs=trimap:run=\"python3 {} {{list}}\"", path);
  }
  const std::string escaped = replaced(replaced(path, "\\", "\\\\"), "\"", "\\\"");
  const std::string word = replaced(replaced(escaped, "{", "{{"), "}", "}}");
  return shell_word(fmt::format("command:inputs=trimap:run=python3 \"{}\" {{list}}", word));
}

NewMethod new_card(const Spellings& spelt, const std::filesystem::path& folder) {
  const std::string& file = spelt.file;
  const std::string path = place(folder, file);
  return {
      .files = {{file + ".toml", filled("card.toml", spelt)}, {file + ".onnx", example_network()}},
      .next_steps = fmt::format(
          "It works as it stands:\n"
          "  mbench run --method {} --dataset DATA\n"
          "Put your exported network in place of {}.onnx and say in {}.toml how it is fed.\n",
          card_argument(path + ".toml"), path, path)};
}

NewMethod new_command(const Spellings& spelt, const std::filesystem::path& folder) {
  const std::string path = place(folder, spelt.file + ".py");
  return {.files = {{spelt.file + ".py", filled("command.py", spelt)}},
          .next_steps = fmt::format("It works as it stands:\n"
                                    "  mbench run --method {} --dataset DATA\n"
                                    "Put your network into {}.\n",
                                    command_argument(path), path)};
}

std::string steps_in_tree(const Spellings& spelt, const std::filesystem::path& folder) {
  const std::string enter =
      folder == "."
          ? std::string{}
          : fmt::format("cd {} && ",
                        is_plain(folder.string()) ? folder.string() : shell_word(folder.string()));
  return fmt::format(
      "Build it, and test it:\n"
      "  {}cmake --preset dev && cmake --build build/dev --target mbench test_baselines\n"
      "  {}build/dev/tests/baselines/test_baselines \"[{}]\"\n"
      "Then `build/dev/mbench run --method {} --dataset demo` runs it. docs/adding-a-method.md "
      "says "
      "what else a method has.\n",
      enter, enter, spelt.id, spelt.id);
}

std::string steps_elsewhere(const Spellings& spelt) {
  return fmt::format(
      "This is no source tree of mbench. Copy both folders into one and add these lines, or run\n"
      "the same command with --folder TREE, which does it:\n"
      "  baselines/methods.inc               MBENCH_METHOD({0})\n"
      "  baselines/CMakeLists.txt, SOURCES   {0}/{0}.cpp\n"
      "  tests/baselines/CMakeLists.txt      {0}_test.cpp\n"
      "  CHANGELOG.md                        - Method `{1}`.\n",
      spelt.symbol, spelt.id);
}

NewMethod new_class(const Spellings& spelt, const std::filesystem::path& folder) {
  const std::string& symbol = spelt.symbol;
  const std::filesystem::path own = std::filesystem::path{"baselines"} / symbol;
  NewMethod method{.files = {{own / (symbol + ".hpp"), filled("method.hpp.in", spelt)},
                             {own / (symbol + ".cpp"), filled("method.cpp.in", spelt)},
                             {std::filesystem::path{"tests/baselines"} / (symbol + "_test.cpp"),
                              filled("method_test.cpp.in", spelt)}}};
  if (!is_source_tree(folder)) {
    method.next_steps = steps_elsewhere(spelt);
    return method;
  }
  method.edits = enter_method(folder, spelt.id, symbol);
  method.next_steps = steps_in_tree(spelt, folder);
  return method;
}

}  // namespace

NewMethod new_method(NewMethodKind kind, std::string_view name,
                     const std::filesystem::path& folder) {
  const Spellings spelt = spellings(name);
  switch (kind) {
    case NewMethodKind::command: return new_command(spelt, folder);
    case NewMethodKind::cpp: require_symbol(name, spelt.symbol); return new_class(spelt, folder);
    case NewMethodKind::card: break;
  }
  return new_card(spelt, folder);
}

}  // namespace mbench::baselines
