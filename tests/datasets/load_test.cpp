#include "imaging/io.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

namespace {

Error load_error(const TemporaryFolder& folder) {
  const Dataset dataset = open_dataset(folder.path().string());
  const Error error = error_of([&] { (void)load_sample(dataset, dataset.samples[0]); });
  CHECK(error.kind() == ErrorKind::bad_input);
  return error;
}

}  // namespace

TEST_CASE("a sample is loaded with everything its data set has", "[datasets][load]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a"});
  const Dataset dataset = open_dataset(folder.path().string());
  const Sample sample = load_sample(dataset, dataset.samples.at(0));
  CHECK(sample.id == "a");
  CHECK(sample.image == imaging::read_image(folder / "image/a.png"));
  CHECK(sample.truth == imaging::read_matte(folder / "alpha/a.png"));
  CHECK(sample.trimap == imaging::read_trimap(folder / "trimap/a.png"));
}

TEST_CASE("a sample without truth or trimap is loaded without them", "[datasets][load]") {
  const TemporaryFolder folder;
  make_image(folder / "image/a.png");
  const Dataset dataset = open_dataset(folder.path().string());
  const Sample sample = load_sample(dataset, dataset.samples.at(0));
  CHECK_FALSE(sample.truth);
  CHECK_FALSE(sample.trimap);
}

TEST_CASE("files that differ in size are refused: both are named, nothing is resized",
          "[datasets][load]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a"});
  make_truth(folder / "alpha/a.png", Size{8, 7});
  const ErrorParts parts = load_error(folder).parts();
  CHECK(parts.what == "image and truth differ in size");
  CHECK(parts.where == "a");
  CHECK(parts.expected == "8x6 (image " + (folder / "image/a.png").string() + ")");
  CHECK(parts.found == "8x7 (truth " + (folder / "alpha/a.png").string() + ")");
  make_trimap(folder / "trimap/a.png", Size{6, 8});
  CHECK(load_error(folder).parts().what == "image and trimap differ in size");
}

TEST_CASE("an unreadable file is refused with the sample's id and its name", "[datasets][load]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a"});
  const std::string bytes = read_text(folder / "image/a.png");
  write_text(folder / "image/a.png", bytes.substr(0, bytes.size() / 2));
  CHECK(load_error(folder).parts().where == "a: " + (folder / "image/a.png").string());
}

TEST_CASE("a trimap with other levels is refused unless mbench.toml names them",
          "[datasets][load]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a"});
  Plane<std::uint8_t> grey{kSmall, 102};
  grey(0, 0) = 0;
  grey(0, 1) = 255;
  imaging::write_matte(folder / "trimap/a.png", grey.view(), Depth::u8);
  CHECK(std::string{load_error(folder).what()}.find("trimap_levels") != std::string::npos);
  write_text(folder / "mbench.toml", "trimap_levels = [0, 102, 255]\n");
  const Dataset dataset = open_dataset(folder.path().string());
  CHECK((*load_sample(dataset, dataset.samples[0]).trimap)(1, 1) == kUnknown);
}

TEST_CASE("a sample that the scan found ambiguous is never loaded", "[datasets][load]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a"});
  make_truth(folder / "alpha/a.tif");  // content does not matter: its stem is taken
  const ErrorParts parts = load_error(folder).parts();
  CHECK(parts.what == "two files have the stem 'a'");
  CHECK(parts.where.starts_with("a: "));
}

TEST_CASE("a sample whose truth is missing is not loaded without it", "[datasets][load]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a"});
  std::filesystem::remove(folder / "alpha/a.png");
  CHECK(load_error(folder).parts().what == "an image has no truth");
}
