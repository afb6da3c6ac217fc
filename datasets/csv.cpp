#include "datasets/csv.hpp"

#include <cstddef>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::datasets {
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

}  // namespace mbench::datasets
