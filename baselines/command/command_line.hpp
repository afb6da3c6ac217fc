#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mbench::baselines {

/// The words of a command line. Blanks, tabs and line feeds separate; '...' keeps everything as it
/// is; in "..." a backslash makes a quote or another backslash plain; elsewhere it makes any
/// character plain. Quoted and plain parts that touch are one word. No shell is asked: variables,
/// wildcards, pipes and redirections mean nothing. Throws usage for quotes that are not closed and
/// for a command without words.
[[nodiscard]] std::vector<std::string> split_command(std::string_view text);

/// What a word contains: "--image={image}" names the placeholder "image".
/// Throws usage for a name in braces that is none of `known`, with the nearest one.
/// Doubled braces, {{ and }}, stand for single ones; braces around anything but letters are plain.
[[nodiscard]] std::vector<std::string> placeholders(std::string_view word,
                                                    std::span<const std::string_view> known);

/// The word with each placeholder replaced by its value, whatever that contains: it stays one word.
[[nodiscard]] std::string fill_in(std::string_view word,
                                  std::span<const std::pair<std::string_view, std::string>> values);

}  // namespace mbench::baselines
