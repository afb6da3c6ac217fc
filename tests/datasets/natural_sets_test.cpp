#include "datasets/am2k.hpp"
#include "datasets/duts.hpp"
#include "datasets/p3m.hpp"
#include "datasets/ppm100.hpp"
#include "tests/datasets/published_sets.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

void make_am2k(const fs::path& root) {
  for (const char* part : {"validation", "train"}) {
    make_files(root / part, "original", {"m_0a1b2c3d"}, ".jpg");
    make_files(root / part, "mask", {"m_0a1b2c3d"}, ".png");
  }
  make_files(root, {"validation/trimap/m_0a1b2c3d.png", "train/fg/m_0a1b2c3d.png",
                    "train/bg/m_0a1b2c3d.png", "train/fg_denoise/m_0a1b2c3d.png"});
}

void make_p3m(const fs::path& above_parts, const fs::path& train) {
  for (const auto& [part, images] :
       {std::pair{"P3M-500-P", "blurred_image"}, std::pair{"P3M-500-NP", "original_image"}}) {
    make_files(above_parts / part, images, {"p_0a1b2c3d"}, ".jpg");
    make_files(above_parts / part, "mask", {"p_0a1b2c3d"}, ".png");
    make_files(above_parts / part, "trimap", {"p_0a1b2c3d"}, ".png");
  }
  make_files(train, {"blurred_image/p_0000000f.jpg", "mask/p_0000000f.png", "fg/p_0000000f.png",
                     "bg/p_0000000f.png"});
}

}  // namespace

TEST_CASE("AM-2k opens at its root and at each part", "[datasets][am2k]") {
  const TemporaryFolder folder;
  make_am2k(folder.path());
  for (const fs::path& root : {folder.path(), folder / "validation"}) {
    const Dataset dataset = open_folder(root);
    CHECK(dataset.adapter == "am2k");
    CHECK(dataset.title == "AM-2k");
    CHECK(dataset.default_protocols == Strings{"gfm"});
    const bool both = root == folder.path();
    CHECK(codes(dataset) == (both ? Strings{"count", "part"} : Strings{"count"}));
    CHECK(dataset.other_parts == (both ? Strings{"part=train"} : Strings{}));
    CHECK(dataset.problems[0].parts.found == "1 of 200 images");
    REQUIRE(dataset.samples.size() == 1);
    CHECK(dataset.samples[0].trimap == folder / "validation/trimap/m_0a1b2c3d.png");
  }
  for (const Dataset& train :
       {open_folder(folder.path(), "part=train"), open_folder(folder / "train")}) {
    CHECK(train.title == "AM-2k, training set");
    CHECK(train.default_protocols.empty());
    CHECK(codes(train) == Strings{"count", "protocol"});
    CHECK(train.problems[0].parts.found == "1 of 1800 images");
    CHECK(train.samples[0].truth == folder / "train/mask/m_0a1b2c3d.png");
  }
  const Error error = error_of([&] { (void)open_folder(folder / "train", "part=validation"); });
  CHECK(error.parts().what == "part 'validation' is not there");
  CHECK(error.parts().found == "part=train");
}

TEST_CASE("a training folder alone is known by its name or by its ingredients",
          "[datasets][am2k][p3m]") {
  const TemporaryFolder folder;
  make_files(folder.path(),
             {"am2k/train/original/m_0a1b2c3d.jpg", "am2k/train/mask/m_0a1b2c3d.png",
              "am2k/copy/original/m_0a1b2c3d.jpg", "am2k/copy/mask/m_0a1b2c3d.png",
              "p3m/train/blurred_image/p_0a1b2c3d.jpg", "p3m/train/mask/p_0a1b2c3d.png"});
  CHECK(open_folder(folder / "am2k/train").title == "AM-2k, training set");
  CHECK(open_folder((folder / "am2k/train").string() + "/").title == "AM-2k, training set");
  CHECK(open_folder(folder / "am2k/copy").title == "AM-2k");
  fs::create_directories(folder / "am2k/copy/bg");
  CHECK(open_folder(folder / "am2k/copy").title == "AM-2k, training set");
  CHECK(open_folder(folder / "p3m/train").title == "P3M-10k, training set");
}

TEST_CASE("what AM-2k lacks is said by name", "[datasets][am2k]") {
  const TemporaryFolder folder;
  make_am2k(folder.path());
  make_files(folder.path(), {"validation/original/dog.jpg", "validation/original/m_00000000.jpg",
                             "validation/mask/dog.png", "validation/trimap/dog.png"});
  const Dataset dataset = open_folder(folder.path());
  CHECK(codes(dataset) == Strings{"missing", "missing", "count", "names", "part"});
  CHECK(dataset.problems[0].parts.where == (folder / "validation/mask/m_00000000.png").string());
  CHECK(problem_of(dataset, "names").parts.found == "dog");
  CHECK(problem_of(dataset, "names").parts.expected == "m_ and 8 hexadecimal digits");
  fs::remove_all(folder / "validation/trimap");
  CHECK(open_folder(folder.path()).problems[0].parts.what ==
        "the folder of the trimaps is missing");
  fs::remove_all(folder / "validation/original");
  const Error error = error_of([&] { (void)open_folder(folder.path()); });
  CHECK(error.parts().what == "the folder of the images is missing");
  CHECK(error.parts().expected == "original/, mask/, trimap/: what AM-2k consists of");
}

TEST_CASE("P3M-10k opens at its root, with and without validation/, and at each part",
          "[datasets][p3m]") {
  const TemporaryFolder folder;
  const fs::path parts =
      GENERATE(as<std::string>{}, "validation", "").empty() ? folder.path() : folder / "validation";
  make_p3m(parts, folder / "train");
  const auto check = [&](const Dataset& dataset, const char* title, const fs::path& image) {
    CAPTURE(title);
    CHECK(dataset.adapter == "p3m");
    CHECK(dataset.title == title);
    CHECK(dataset.default_protocols == Strings{"p3m"});
    CHECK(codes(dataset).front() == "count");
    CHECK(dataset.problems[0].parts.found == "1 of 500 images");
    REQUIRE(dataset.samples.size() == 1);
    CHECK(dataset.samples[0].image == image);
  };
  const fs::path blurred = parts / "P3M-500-P/blurred_image/p_0a1b2c3d.jpg";
  const fs::path plain = parts / "P3M-500-NP/original_image/p_0a1b2c3d.jpg";
  check(open_folder(folder.path()), "P3M-500-P", blurred);
  const Dataset first = open_folder(folder.path());
  CHECK(first.other_parts == Strings{"part=np", "part=train"});
  CHECK(problem_of(first, "part").severity == Severity::note);
  CHECK(problem_of(first, "part").parts.found == "also here: part=np, part=train");
  CHECK(codes(open_folder(folder.path(), "part=p")) == Strings{"count"});
  check(open_folder(folder.path(), "part=p"), "P3M-500-P", blurred);
  check(open_folder(folder.path(), "part=np"), "P3M-500-NP", plain);
  check(open_folder(parts / "P3M-500-P"), "P3M-500-P", blurred);
  check(open_folder(parts / "P3M-500-NP"), "P3M-500-NP", plain);
  for (const Dataset& train :
       {open_folder(folder.path(), "part=train"), open_folder(folder / "train")}) {
    CHECK(train.title == "P3M-10k, training set");
    CHECK(codes(train) == Strings{"count", "protocol"});
  }
}

TEST_CASE("a part of P3M-10k that is not there is refused, naming those that are",
          "[datasets][p3m]") {
  const TemporaryFolder folder;
  make_p3m(folder / "validation", folder / "train");
  fs::remove_all(folder / "validation/P3M-500-NP");
  const Error error = error_of([&] { (void)open_folder(folder.path(), "part=np"); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().what == "part 'np' is not there");
  CHECK(error.parts().found == "part=p, part=train");
  CHECK_THAT(error.parts().expected, Contains("validation/P3M-500-NP or P3M-500-NP"));
  fs::remove_all(folder / "validation/P3M-500-P/mask");
  CHECK(open_folder(folder.path()).problems[0].parts.what == "the folder of the truths is missing");
}

TEST_CASE("PPM-100 is known by Flickr's names and scored on the whole image",
          "[datasets][ppm100]") {
  const TemporaryFolder folder;
  make_files(folder.path(),
             {"image/14299313536_ea3e61076c_o.jpg", "matte/14299313536_ea3e61076c_o.png"});
  const Dataset dataset = open_folder(folder.path());
  CHECK(dataset.adapter == "ppm100");
  CHECK(dataset.title == "PPM-100");
  CHECK(dataset.default_protocols == Strings{"whole"});
  CHECK(codes(dataset) == Strings{"count"});
  CHECK(dataset.samples[0].truth == folder / "matte/14299313536_ea3e61076c_o.png");
  CHECK_FALSE(ppm100_dataset.facts->is_name("14299313536_ea3e61076_o"));
  CHECK_FALSE(ppm100_dataset.facts->is_name("1429931353x_ea3e61076c_o"));
  fs::remove_all(folder / "matte");
  const Problem missing = open_folder(folder.path()).problems.front();
  CHECK(missing.parts.what == "the folder of the truths is missing");
  CHECK(missing.parts.expected == "image/, matte/: what PPM-100 consists of");
}

TEST_CASE("DUTS opens with masks, which are said to be no mattes", "[datasets][duts]") {
  const TemporaryFolder folder;
  make_files(folder.path(), {"DUTS-TE/DUTS-TE-Image/a.jpg", "DUTS-TE/DUTS-TE-Mask/a.png",
                             "DUTS-TR/DUTS-TR-Image/b.jpg", "DUTS-TR/DUTS-TR-Mask/b.png"});
  const Dataset test = open_folder(folder.path());
  CHECK(test.adapter == "duts");
  CHECK(test.title == "DUTS-TE");
  CHECK(codes(test) == Strings{"count", "part", "coarse", "protocol"});
  CHECK(problem_of(test, "coarse").severity == Severity::note);
  CHECK(test.default_protocols.empty());
  for (const Dataset& train :
       {open_folder(folder.path(), "part=train"), open_folder(folder / "DUTS-TR")}) {
    CHECK(ids(train) == Strings{"b"});
    CHECK(train.problems[0].parts.found == "1 of 10553 images");
  }
  fs::remove_all(folder / "DUTS-TE/DUTS-TE-Image");
  const Error error = error_of([&] { (void)open_folder(folder.path()); });
  CHECK(error.parts().where == (folder / "DUTS-TE/DUTS-TE-Image").string());
  CHECK(error.parts().expected == "DUTS-TE-Image/, DUTS-TE-Mask/: what DUTS-TE consists of");
}
