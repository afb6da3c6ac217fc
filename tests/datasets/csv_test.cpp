#include "datasets/csv.hpp"

#include "core/csv_field.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

using Rows = std::vector<CsvRow>;

TEST_CASE("CSV lines end with LF or CRLF, the last one with or without", "[datasets][csv]") {
  const Rows rows{{"id", "type"}, {"a", "SO"}};
  CHECK(parse_csv("id,type\na,SO\n") == rows);
  CHECK(parse_csv("id,type\r\na,SO\r\n") == rows);
  CHECK(parse_csv("id,type\na,SO") == rows);
  CHECK(parse_csv("\xEF\xBB\xBFid,type\r\na,SO") == rows);
  CHECK(parse_csv("").empty());
  CHECK(parse_csv(",\n") == Rows{{"", ""}});
}

TEST_CASE("quoted CSV fields may hold commas, quotes and line ends", "[datasets][csv]") {
  CHECK(parse_csv("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\n") ==
        Rows{{"a,b", "say \"hi\"", "two\nlines"}});
}

TEST_CASE("every field survives being written and read", "[datasets][csv]") {
  const CsvRow row{"plain", "", "a,b", "\"", "\"\"", "\r", "\n", "x\r\ny", "13(2) é.png"};
  std::string text;
  for (const std::string& field : row) {
    if (!text.empty()) text += ',';
    text += csv_field(field);
  }
  CHECK(parse_csv(text) == Rows{row});
  CHECK(csv_field("plain (1).png") == "plain (1).png");
}

TEST_CASE("damaged CSV is refused with the number of the line", "[datasets][csv]") {
  const Error open = error_of([] { (void)parse_csv("a\n\"b\nc\n"); });
  CHECK(open.kind() == ErrorKind::bad_input);
  CHECK(open.parts().what == "line 2 of a CSV file cannot be read");
  CHECK(open.parts().found == "a quote that is never closed");
  const Error tail = error_of([] { (void)parse_csv("\"a\"b\n"); });
  CHECK(tail.parts().found == "text after a closing quote");
}
