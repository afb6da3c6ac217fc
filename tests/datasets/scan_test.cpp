#include "datasets/scan.hpp"

#include "datasets/roles.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

namespace {

std::vector<std::string> stems(const FolderScan& scan) {
  std::vector<std::string> result;
  for (const auto& [stem, file] : scan.by_stem) result.push_back(stem);
  return result;
}

}  // namespace

TEST_CASE("a folder is listed in byte order of the stems, hidden files left out",
          "[datasets][scan]") {
  const TemporaryFolder folder;
  for (const char* name : {"b.png", "a (1).JPG", "B.tiff", "a.b.png", ".hidden.png", ".png"}) {
    write_text(folder / name, "");
  }
  std::vector<Problem> problems;
  const FolderScan scan = scan_folder(folder.path(), {}, problems);
  CHECK(stems(scan) == std::vector<std::string>{"B", "a (1)", "a.b", "b"});
  CHECK(problems.empty());
}

TEST_CASE("two files of one stem are a problem that names both", "[datasets][scan]") {
  const TemporaryFolder folder;
  write_text(folder / "a.png", "");
  write_text(folder / "a.jpg", "");
  std::vector<Problem> problems;
  const FolderScan scan = scan_folder(folder.path(), {}, problems);
  CHECK(stems(scan) == std::vector<std::string>{"a"});
  REQUIRE(lines(problems, folder.path()) == std::vector<std::string>{"error duplicate -: a.jpg"});
  CHECK(problems[0].parts.what == "two files have the stem 'a'");
  CHECK(problems[0].parts.found == "a.jpg and a.png");

  problems.clear();
  const FolderScan chosen = scan_folder(folder.path(), {.extension = ".PNG"}, problems);
  CHECK(chosen.by_stem.at("a") == folder / "a.png");
  CHECK(problems.empty());
}

TEST_CASE("no file of an image folder is left out in silence", "[datasets][scan]") {
  const TemporaryFolder folder;
  for (const char* name : {"a.png", "b.bmp", "notes.txt", "clip/0.png", "empty/readme.txt"}) {
    write_text(folder / name, "");
  }
  std::vector<Problem> problems;
  (void)scan_folder(folder.path(), {.report_sub_folders = true}, problems);
  CHECK(lines(problems, folder.path()) == std::vector<std::string>{"error format -: b.bmp",
                                                                   "note ignored -: notes.txt",
                                                                   "error layout -: clip"});
}

TEST_CASE("a file name that is no UTF-8 is a problem, shown readably", "[datasets][scan]") {
  const TemporaryFolder folder;
  write_text(folder / "caf\xE9.png", "");
  write_text(folder / "caf\xC3\xA9.png", "");
  std::vector<Problem> problems;
  const FolderScan scan = scan_folder(folder.path(), {}, problems);
  CHECK(stems(scan) == std::vector<std::string>{"caf\xC3\xA9"});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == "name");
  CHECK(problems[0].parts.found == "caf\\xe9.png");
}

TEST_CASE("a link that leads nowhere counts as a file", "[datasets][scan]") {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("gone.png", folder / "a.png");
  std::vector<Problem> problems;
  CHECK(stems(scan_folder(folder.path(), {}, problems)) == std::vector<std::string>{"a"});
}

TEST_CASE("a folder that is not there is refused by name", "[datasets][scan]") {
  std::vector<Problem> problems;
  const Error error = error_of([&] { (void)scan_folder("/no/such/folder", {}, problems); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().where == "/no/such/folder");
}

TEST_CASE("a sub-folder is found whatever its capitals, an exact match first", "[datasets][scan]") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "Trimap");
  CHECK(find_sub_folder(folder.path(), "trimap") == folder / "Trimap");
  std::filesystem::create_directories(folder / "trimap");
  CHECK(find_sub_folder(folder.path(), "trimap") == folder / "trimap");
  CHECK(find_sub_folder(folder.path(), "alpha").empty());
}

TEST_CASE("folder names in use lead to their role", "[datasets][roles]") {
  CHECK(role_of_folder("merged") == Role::image);
  CHECK(role_of_folder("Alpha_Copy") == Role::truth);
  CHECK(role_of_folder("trimaps") == Role::trimap);
  CHECK_FALSE(role_of_folder("fg"));
  CHECK_FALSE(role_of_folder("usr"));
  CHECK(has_image_extension("woman-952506_1920 (1).png"));
  CHECK(has_image_extension("A.JPEG"));
  CHECK_FALSE(has_image_extension("dir/.png"));
  CHECK_FALSE(has_image_extension(".png"));
  CHECK_FALSE(has_image_extension("notes.txt"));
}
