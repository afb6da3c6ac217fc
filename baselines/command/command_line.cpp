#include "baselines/command/command_line.hpp"

#include <algorithm>
#include <cctype>
#include <functional>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "core/registry.hpp"

namespace mbench::baselines {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

[[noreturn]] void throw_open_quotes(std::string_view text, std::size_t begin) {
  throw Error{ErrorKind::usage,
              {.what = "the command has quotes that are not closed",
               .where = std::string{text},
               .found = fmt::format("{} opened at character {}", text[begin], begin + 1),
               .fix = "close them, or write a backslash before a quote that is plain text"}};
}

/// Walks through a word: plain text goes to `plain`, names in braces to `named`.
void walk(std::string_view word, const std::function<void(char)>& plain,
          const std::function<void(std::string_view)>& named) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if ((c == '{' || c == '}') && i + 1 < word.size() && word[i + 1] == c) {
      plain(c);
      ++i;
      continue;
    }
    if (c == '{') {
      const std::size_t end = word.find('}', i);
      const std::string_view name =
          end == std::string_view::npos ? std::string_view{} : word.substr(i + 1, end - i - 1);
      const auto is_letter = [](unsigned char letter) { return std::isalpha(letter) != 0; };
      if (!name.empty() && std::ranges::all_of(name, is_letter)) {
        named(name);
        i = end;
        continue;
      }
    }
    plain(c);
  }
}

}  // namespace

std::vector<std::string> split_command(std::string_view text) {
  std::vector<std::string> words;
  bool in_word = false;
  const auto add = [&](char c) {
    if (!in_word) words.emplace_back();
    in_word = true;
    words.back() += c;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_blank(c)) {
      in_word = false;
    } else if (c == '\\' && i + 1 < text.size()) {
      add(text[++i]);
    } else if (c == '\'' || c == '"') {
      const std::size_t begin = i;
      if (!in_word) words.emplace_back();  // '' is a word, too
      in_word = true;
      for (++i; i < text.size() && text[i] != c; ++i) {
        const bool escapes = c == '"' && text[i] == '\\' && i + 1 < text.size() &&
                             (text[i + 1] == '"' || text[i + 1] == '\\');
        add(escapes ? text[++i] : text[i]);
      }
      if (i == text.size()) throw_open_quotes(text, begin);
    } else {
      add(c);
    }
  }
  if (words.empty() || words.front().empty()) {
    throw Error{ErrorKind::usage,
                {.what = "the command names no program",
                 .found = fmt::format("'{}'", text),
                 .fix = "begin it with a program: python infer.py --image {image} --out {out}"}};
  }
  return words;
}

std::vector<std::string> placeholders(std::string_view word,
                                      std::span<const std::string_view> known) {
  std::vector<std::string> found;
  walk(
      word, [](char) {},
      [&](std::string_view name) {
        if (std::ranges::find(known, name) == known.end()) {
          const std::string nearest = nearest_name(name, {known.begin(), known.end()});
          throw Error{
              ErrorKind::usage,
              {.what = fmt::format("the command has an unknown placeholder '{{{}}}'", name),
               .where = std::string{word},
               .expected = fmt::format("one of: {{{}}}", fmt::join(known, "}, {")),
               .fix = nearest.empty()
                          ? fmt::format("double braces that are plain text: {{{{{}}}}}", name)
                          : fmt::format("did you mean '{{{}}}'?", nearest)}};
        }
        found.emplace_back(name);
      });
  return found;
}

std::string fill_in(std::string_view word,
                    std::span<const std::pair<std::string_view, std::string>> values) {
  std::string filled;
  walk(
      word, [&](char c) { filled += c; },
      [&](std::string_view name) {
        const auto value =
            std::ranges::find(values, name, &std::pair<std::string_view, std::string>::first);
        if (value != values.end()) filled += value->second;
      });
  return filled;
}

}  // namespace mbench::baselines
