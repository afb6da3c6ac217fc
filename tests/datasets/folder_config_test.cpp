#include "datasets/folder_config.hpp"

#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

namespace {

Error refusal(std::string_view text) {
  return error_of([&] { (void)parse_folder_config(text); });
}

}  // namespace

TEST_CASE("mbench.toml says everything about a folder", "[datasets][config]") {
  const FolderConfig config = parse_folder_config(R"(
title = "Hair and fur"
protocols = ["dim-matlab", "aim"]
trimap_levels = [0, 127, 255]
id_pattern = '(.+)_(\d+)'
tags = "tags.csv"
[folders]
image = "photos/final"
truth = ""
trimap = "trimaps"
[extensions]
image = "JPG"
[trimap_names]
Trimap1 = "small"
Trimap2 = "large"
)");
  CHECK(config.title == "Hair and fur");
  CHECK(config.protocols == std::vector<std::string>{"dim-matlab", "aim"});
  CHECK(config.trimap_levels == imaging::TrimapLevels{0, 127, 255});
  CHECK(config.id_pattern == R"((.+)_(\d+))");
  CHECK(config.tags == "tags.csv");
  CHECK(config.folders.at(Role::image) == "photos/final");
  CHECK(config.folders.at(Role::truth).empty());
  CHECK(config.extensions.at(Role::image) == ".jpg");
  CHECK(config.trimap_names.at("Trimap2") == "large");
}

TEST_CASE("mbench.toml says which columns a list file has", "[datasets][config]") {
  const FolderConfig config =
      parse_folder_config("list = 'my.txt'\ncolumns = ['image', 'skip', 'trimap']");
  CHECK(config.list == "my.txt");
  CHECK(config.columns ==
        std::vector<std::optional<Role>>{Role::image, std::nullopt, Role::trimap});
}

TEST_CASE("an empty or absent mbench.toml changes nothing", "[datasets][config]") {
  const TemporaryFolder folder;
  CHECK(read_folder_config(folder.path()).folders.empty());
  write_text(folder / "mbench.toml", "");
  CHECK(read_folder_config(folder.path()).trimap_levels == imaging::TrimapLevels{0, 128, 255});
}

TEST_CASE("an unknown key of mbench.toml is refused with the nearest one", "[datasets][config]") {
  const Error error = refusal("title = 'x'\ntrimap_level = [0, 127, 255]");
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().what == "unknown key 'trimap_level'");
  CHECK(error.parts().where == "line 2");
  CHECK(error.parts().fix == "did you mean 'trimap_levels'?");
  const Error nested = refusal("[folders]\nimages = 'a'");
  CHECK(nested.parts().what == "unknown key 'images' in [folders]");
  CHECK(nested.parts().expected == "one of: image, truth, trimap, segmentation");
  CHECK(nested.parts().fix == "did you mean 'image'?");
}

TEST_CASE("a wrong value in mbench.toml is refused with its line", "[datasets][config]") {
  const auto [text, found] = GENERATE(table<std::string, std::string>({
      {"title = 3", "an integer"},
      {"protocols = 'aim'", "text"},
      {"protocols = [1]", "an integer"},
      {"trimap_levels = [0, 128]", "something else"},
      {"trimap_levels = [0, 0, 255]", "something else"},
      {"trimap_levels = [0, 128, 256]", "something else"},
      {"trimap_levels = [0, 128.0, 255]", "something else"},
      {"tags = '../tags.csv'", "'../tags.csv'"},
      {"list = '/etc/list.txt'", "'/etc/list.txt'"},
      {"list = 'a.txt'\ncolumns = ['picture']", "'picture'"},
      {"list = 'a.txt'\ncolumns = ['image', 'image']", "'image' twice"},
      {"list = 'a.txt'\ncolumns = ['truth']", "none"},
      {"columns = ['image']", "'columns' without 'list'"},
      {"list = 'a.txt'\n[folders]\nimage = 'a'", "both"},
      {"folders = 'a'", "text"},
      {"[folders]\nimage = ''", "''"},
      {"[folders]\ntruth = 'a/../../b'", "'a/../../b'"},
      {"[extensions]\nimage = 'bmp'", "'.bmp'"},
      {"[trimap_names]\nA = 'x/y'", "'x/y'"},
      {"[trimap_names]\nA = 'x'\nB = 'x'", "'x' twice"},
  }));
  CAPTURE(text);
  const Error error = refusal(text);
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().found == found);
  CHECK_FALSE(error.parts().expected.empty());
  CHECK(error.parts().where.starts_with("line "));
}

TEST_CASE("a damaged mbench.toml is refused with file and line", "[datasets][config]") {
  const TemporaryFolder folder;
  write_text(folder / "mbench.toml", "title = 'a'\nlist = \n");
  const Error error = error_of([&] { (void)read_folder_config(folder.path()); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().what == "the file is not valid TOML");
  CHECK(error.parts().where == (folder / "mbench.toml").string() + ": line 2");
}

TEST_CASE("a relative path stays inside unless it climbs", "[datasets][config]") {
  for (const char* inside : {"a", "a/b", "./a", ".", "a..b", "..a/b"}) CHECK(stays_inside(inside));
  for (const char* outside : {"", "/a", "..", "../a", "a/../b"}) CHECK_FALSE(stays_inside(outside));
}

TEST_CASE("the examples of mbench.toml in the documentation are valid", "[datasets][config]") {
  const std::string page = read_text(source_path("docs/datasets.md"));
  int examples = 0;
  for (auto begin = page.find("```toml\n"); begin != std::string::npos;
       begin = page.find("```toml\n", begin + 1)) {
    const auto first = begin + std::string_view{"```toml\n"}.size();
    CHECK_NOTHROW(parse_folder_config(page.substr(first, page.find("```", first) - first)));
    ++examples;
  }
  CHECK(examples == 2);
}
