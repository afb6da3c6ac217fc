#include "datasets/list_file.hpp"

#include "tests/support/catch.hpp"

using namespace mbench::datasets;

namespace {

using Columns = std::vector<std::string>;

std::vector<Columns> columns(std::string_view text) {
  std::vector<Columns> result;
  for (const ListLine& line : parse_list(text)) result.push_back(line.columns);
  return result;
}

}  // namespace

TEST_CASE("a list file may end its lines with LF or CRLF, the last one with none",
          "[datasets][list]") {
  const std::vector<Columns> expected{{"fg/a.png", "alpha/a.png"}, {"fg/b.png", "alpha/b.png"}};
  CHECK(columns("fg/a.png alpha/a.png\nfg/b.png alpha/b.png\n") == expected);
  CHECK(columns("fg/a.png alpha/a.png\r\nfg/b.png alpha/b.png\r\n") == expected);
  CHECK(columns("fg/a.png alpha/a.png\nfg/b.png alpha/b.png") == expected);
  CHECK(columns("\xEF\xBB\xBF"
                "fg/a.png alpha/a.png\n\n \t\r\nfg/b.png  alpha/b.png ") == expected);
  CHECK(columns("").empty());
}

TEST_CASE("names with spaces and brackets stay whole between separating spaces",
          "[datasets][list]") {
  CHECK(columns("val/fg/woman-952506_1920 (1).png val/alpha/woman-952506_1920 (1).png") ==
        std::vector<Columns>{
            {"val/fg/woman-952506_1920 (1).png", "val/alpha/woman-952506_1920 (1).png"}});
  CHECK(columns("fg/13(2).png trimap/13(2).png") ==
        std::vector<Columns>{{"fg/13(2).png", "trimap/13(2).png"}});
  CHECK(columns("my photos/a b.JPG my mattes/a b.png") ==
        std::vector<Columns>{{"my photos/a b.JPG", "my mattes/a b.png"}});
}

TEST_CASE("a tab or a bar separates columns where there is one", "[datasets][list]") {
  CHECK(columns("fg/a.png b.png\talpha/a.png") ==
        std::vector<Columns>{{"fg/a.png b.png", "alpha/a.png"}});
  CHECK(columns("fg/a.png b.png|alpha/a.png | trimap/a.png") ==
        std::vector<Columns>{{"fg/a.png b.png", "alpha/a.png", "trimap/a.png"}});
}

TEST_CASE("a line that names no image file is told apart, with its number", "[datasets][list]") {
  const auto lines = parse_list("a.png\n\nnot an image\nb.png alpha\nc.png\t\td.png\n");
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].number == 1);
  CHECK(lines[1].number == 3);
  CHECK(lines[1].columns.empty());
  CHECK(lines[1].problem == "'not an image' does not end like an image file");
  CHECK(lines[2].number == 4);
  CHECK(lines[2].problem == "'alpha' does not end like an image file");
  CHECK(lines[3].problem == "an empty column");
}
