#include "datasets/csv.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void throw_csv_error(int line, std::string_view found) {
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("line {} of a CSV file cannot be read", line),
               .expected = "fields between commas, in double quotes where they hold a comma, a "
                           "quote or a line end",
               .found = std::string{found}}};
}

}  // namespace

std::vector<CsvRow> parse_csv(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<CsvRow> rows;
  int line = 1;
  for (std::size_t i = 0; i < text.size();) {
    CsvRow& row = rows.emplace_back();
    for (bool more = true; more;) {
      std::string field;
      if (i < text.size() && text[i] == '"') {
        const int first_line = line;
        for (++i;; ++i) {
          if (i == text.size()) throw_csv_error(first_line, "a quote that is never closed");
          if (text[i] == '\n') ++line;
          if (text[i] != '"') {
            field += text[i];
          } else if (i + 1 < text.size() && text[i + 1] == '"') {
            field += text[i++];
          } else {
            break;
          }
        }
        ++i;
      } else {
        while (i < text.size() && text[i] != ',' && text[i] != '\n' &&
               !text.substr(i).starts_with("\r\n")) {
          field += text[i++];
        }
      }
      row.push_back(std::move(field));
      const std::string_view rest = text.substr(i);
      more = rest.starts_with(',');
      if (more) {
        i += 1;
      } else if (rest.starts_with("\r\n") || rest.starts_with('\n')) {
        i += rest.starts_with('\r') ? 2 : 1;
        ++line;
      } else if (!rest.empty()) {
        throw_csv_error(line, "text after a closing quote");
      }
    }
  }
  return rows;
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string read_file(const fs::path& file) {
  std::error_code error;
  std::ifstream stream{file, std::ios::binary};
  if (stream && !fs::is_directory(file, error)) {
    std::string text{std::istreambuf_iterator<char>{stream}, {}};
    if (!stream.bad()) return text;
  }
  throw Error{ErrorKind::bad_input, {.what = "a file cannot be read", .where = file.string()}};
}

void write_file(const fs::path& file, std::string_view text) {
  const fs::path temporary = file.string() + fmt::format(".{}.part", getpid());
  std::error_code error;
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
  std::ofstream stream{temporary, std::ios::binary};
  stream << text;
  stream.close();
  if (stream) {
    fs::rename(temporary, file, error);
    if (!error) return;
  }
  const std::string reason = error ? error.message() : std::strerror(errno);
  fs::remove(temporary, error);
  throw Error{ErrorKind::internal,
              {.what = "a file cannot be written", .where = file.string(), .found = reason}};
}

}  // namespace mbench::datasets
