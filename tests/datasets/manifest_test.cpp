#include "datasets/manifest.hpp"

#include <algorithm>

#include "core/sha256.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

namespace {

Manifest manifest_of(const std::filesystem::path& root, int threads = 1) {
  return make_manifest(open_dataset(root.string()), threads);
}

const std::string kDigest(64, 'a');

Error refusal(const std::string& row) {
  return error_of([&] { (void)parse_manifest("id,role,path,bytes,sha256\n" + row); });
}

}  // namespace

TEST_CASE("a manifest names every file of every sample, in sample order", "[datasets][manifest]") {
  const TemporaryFolder folder;
  write_text(folder / "image/b.png", "bytes of b");
  write_text(folder / "image/a, 1.png", "");
  write_text(folder / "alpha/b.png", "abc");
  write_text(folder / "alpha/a, 1.png", "truth");
  CHECK(to_csv(manifest_of(folder.path())) ==
        "id,role,path,bytes,sha256\n"
        "\"a, 1\",image,\"image/a, 1.png\",0,"
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
        "\"a, 1\",truth,\"alpha/a, 1.png\",5," +
            sha256_hex("truth") + "\nb,image,image/b.png,10," + sha256_hex("bytes of b") +
            "\nb,truth,alpha/b.png,3,"
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
}

TEST_CASE("the same data has the same manifest wherever it lies, for any threads",
          "[datasets][manifest]") {
  const TemporaryFolder folder;
  make_set(folder / "one", {"a", "b", "c", "d", "e"});
  std::filesystem::create_directories(folder / "far");
  std::filesystem::copy(folder / "one", folder / "far/two",
                        std::filesystem::copy_options::recursive);
  const std::string hash = manifest_sha256(manifest_of(folder / "one"));
  CHECK(manifest_sha256(manifest_of(folder / "far/two")) == hash);
  CHECK(manifest_sha256(manifest_of(folder / "far/../one", 7)) == hash);
  const ScopedWorkingFolder inside{folder / "one"};
  CHECK(manifest_sha256(manifest_of(".")) == hash);
  make_truth(folder / "far/two/alpha/a.png", kSmall, 9);
  CHECK(manifest_sha256(manifest_of(folder / "far/two")) != hash);
}

TEST_CASE("a file that samples share stands in the manifest for each", "[datasets][manifest]") {
  const TemporaryFolder folder;
  for (const char* name : {"merged/x_0.png", "merged/x_1.png", "alpha/x.png"}) {
    write_text(folder / name, name);
  }
  const Manifest manifest = manifest_of(folder.path(), 3);
  REQUIRE(manifest.size() == 4);
  CHECK(manifest[1].id == "x_0");
  CHECK(manifest[3].id == "x_1");
  CHECK(manifest[1].path == manifest[3].path);
  CHECK(manifest[1].sha256 == manifest[3].sha256);
}

TEST_CASE("a manifest cannot be made of files that are missing", "[datasets][manifest]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a", "b", "c"});
  std::filesystem::remove(folder / "alpha/b.png");
  std::filesystem::remove(folder / "alpha/c.png");
  for (const int threads : {1, 4}) {  // always the first in sample order
    const Error error = error_of([&] { (void)manifest_of(folder.path(), threads); });
    CHECK(error.kind() == ErrorKind::bad_input);
    CHECK(error.parts().where.starts_with("b: "));
  }
}

TEST_CASE("for a run, files that are missing are marked in the manifest", "[datasets][manifest]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a", "b"});
  const Manifest complete = manifest_of(folder.path());
  std::filesystem::remove(folder / "alpha/b.png");
  const Manifest marked = make_manifest(open_dataset(folder.path().string()), 2, Unreadable::mark);
  REQUIRE(marked.size() == complete.size());
  CHECK(marked.back().path == "alpha/b.png");
  CHECK(marked.back().bytes == 0);
  CHECK(marked.back().sha256 == std::string(64, '0'));
  CHECK(std::equal(marked.begin(), marked.end() - 1, complete.begin()));
}

TEST_CASE("a manifest survives being written and read", "[datasets][manifest]") {
  const TemporaryFolder folder;
  const Manifest manifest{
      {.id = "a, \"1\"", .role = Role::trimap, .path = "t/a b.png", .bytes = 12, .sha256 = kDigest},
      {.id = "GT01/small", .role = Role::truth, .path = "x.png", .bytes = 0, .sha256 = kDigest}};
  write_manifest(manifest, folder / "sub/m.csv");
  CHECK(read_manifest(folder / "sub/m.csv") == manifest);
  CHECK(sha256_file(folder / "sub/m.csv") == manifest_sha256(manifest));
}

TEST_CASE("a damaged manifest is refused with the row", "[datasets][manifest]") {
  CHECK(error_of([] { (void)parse_manifest("a,b\n"); }).parts().what ==
        "a manifest has a wrong first line");
  const ErrorParts parts = refusal("a,picture,a.png,1," + kDigest).parts();
  CHECK(parts.what == "row 2 of a manifest cannot be read");
  CHECK(parts.found == "'picture'");
  CHECK(refusal("a,image,a.png,1").parts().found == "4");
  CHECK(refusal(",image,a.png,1," + kDigest).parts().found == "nothing");
  CHECK(refusal("a,image,../a.png,1," + kDigest).parts().found == "'../a.png'");
  CHECK(refusal("a,image,/etc/passwd,1," + kDigest).parts().found == "'/etc/passwd'");
  CHECK(refusal("a,image,a.png,-1," + kDigest).parts().found == "-1");
  CHECK(refusal("a,image,a.png,01," + kDigest).parts().found == "01");
  CHECK(refusal("a,image,a.png,1,AA").parts().found == "'AA'");
  const TemporaryFolder folder;
  write_text(folder / "m.csv", "");
  CHECK(error_of([&] { (void)read_manifest(folder / "m.csv"); }).parts().where ==
        (folder / "m.csv").string());
}

TEST_CASE("verifying finds missing, changed and extra files, each once", "[datasets][manifest]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a", "b", "c"});
  const Manifest manifest = manifest_of(folder.path());
  CHECK(verify_manifest(folder.path(), manifest, 2).empty());

  std::filesystem::remove(folder / "alpha/a.png");
  std::string bytes = read_text(folder / "image/b.png");
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  write_text(folder / "image/b.png", bytes);
  write_text(folder / "trimap/c.png", "shorter");
  make_image(folder / "image/d.png");
  write_text(folder / "image/notes.txt", "no image");
  for (const int threads : {1, 4}) {
    const auto problems = verify_manifest(folder.path(), manifest, threads);
    CHECK(lines(problems, folder.path()) ==
          std::vector<std::string>{"error missing a: alpha/a.png", "error changed b: image/b.png",
                                   "error changed c: trimap/c.png", "error extra -: image/d.png"});
    CHECK(problems[1].parts.expected.starts_with("sha256 "));
    CHECK(problems[2].parts.found == "7 bytes");
  }
}

TEST_CASE("the real training set has its known manifest", "[datasets][manifest]") {
  const auto root = shared_path("data/alphamatting_train");
  if (!root) return;
  const Manifest manifest = manifest_of(*root, 2);
  CHECK(manifest.size() == 28 * 3);
  CHECK(manifest[0].path == "input_training_lowres/GT01.png");
  CHECK(verify_manifest(*root, manifest, 2).empty());
}
