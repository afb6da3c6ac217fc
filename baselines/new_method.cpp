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
    std::size_t at = 0;
    while ((at = text.find(placeholder, at)) != std::string::npos) {
      text.replace(at, placeholder.size(), value);
      at += value.size();
    }
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

NewMethod new_card(const Spellings& spelt, const std::filesystem::path& folder) {
  const std::string& file = spelt.file;
  return {
      .files = {{file + ".toml", filled("card.toml", spelt)}, {file + ".onnx", example_network()}},
      .next_steps = fmt::format(
          "It works as it stands:\n"
          "  mbench run --method card:file={0}.toml --dataset DATA\n"
          "Put your exported network in place of {0}.onnx and say in {0}.toml how it is fed.\n",
          place(folder, file))};
}

NewMethod new_command(const Spellings& spelt, const std::filesystem::path& folder) {
  const std::string& file = spelt.file;
  return {.files = {{file + ".py", filled("command.py", spelt)}},
          .next_steps = fmt::format(
              "It works as it stands:\n"
              "  mbench run --method command:inputs=trimap:run=\"python3 {0}.py {{list}}\" "
              "--dataset DATA\n"
              "Put your network into {0}.py.\n",
              place(folder, file))};
}

NewMethod new_class(const Spellings& spelt) {
  const std::string& symbol = spelt.symbol;
  const std::filesystem::path folder = std::filesystem::path{"baselines"} / symbol;
  return {.files = {{folder / (symbol + ".hpp"), filled("method.hpp.in", spelt)},
                    {folder / (symbol + ".cpp"), filled("method.cpp.in", spelt)},
                    {std::filesystem::path{"tests/baselines"} / (symbol + "_test.cpp"),
                     filled("method_test.cpp.in", spelt)}},
          .next_steps = fmt::format(
              "It works as soon as these lines are added:\n"
              "  baselines/catalog.cpp               #include \"baselines/{0}/{0}.hpp\"\n"
              "  baselines/catalog.cpp, kCatalog     &{0}_method,\n"
              "  baselines/CMakeLists.txt, SOURCES   {0}/{0}.cpp\n"
              "  tests/baselines/CMakeLists.txt      {0}_test.cpp\n"
              "  tests/baselines/catalog_test.cpp    \"{1}\" in the list of ids\n"
              "Then: cmake --workflow --preset dev && build/dev/mbench run --method {1} --dataset "
              "DATA\n"
              "docs/adding-a-method.md says what else a method has.\n",
              symbol, spelt.id)};
}

}  // namespace

NewMethod new_method(NewMethodKind kind, std::string_view name,
                     const std::filesystem::path& folder) {
  const Spellings spelt = spellings(name);
  switch (kind) {
    case NewMethodKind::command: return new_command(spelt, folder);
    case NewMethodKind::cpp: return new_class(spelt);
    case NewMethodKind::card: break;
  }
  return new_card(spelt, folder);
}

}  // namespace mbench::baselines
