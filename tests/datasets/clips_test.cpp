#include "datasets/clips.hpp"

#include "datasets/clip_frames.hpp"
#include "datasets/select.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

namespace {

/// Clips of three frames each.
void make_clips(const TemporaryFolder& folder, const std::vector<std::string>& clips) {
  for (const std::string& clip : clips) {
    for (const char* frame : {"0000", "0001", "0002"}) {
      write_text(folder / (clip + "/com/" + frame + ".jpg"), "");
      for (const char* kind : {"/pha/", "/fgr/"}) {
        write_text(folder / (clip + kind + frame + ".png"), "");
      }
    }
  }
}

Dataset open(const TemporaryFolder& folder) { return open_dataset(folder.path().string()); }

/// A sample with these tags; empty ones are left out.
SampleFiles tagged(std::string id, std::string clip, std::string frame, std::string trimap = {}) {
  SampleFiles sample{.id = std::move(id)};
  for (auto& [name, value] : Tags{{"clip", clip}, {"frame", frame}, {"trimap", trimap}}) {
    if (!value.empty()) sample.tags.emplace_back(name, value);
  }
  return sample;
}

std::vector<std::vector<std::string>> grouped(const std::vector<SampleFiles>& samples) {
  std::vector<std::vector<std::string>> groups;
  for (const SampleGroup& group : group_by_clip(samples)) {
    groups.emplace_back();
    for (const SampleFiles* sample : group) groups.back().push_back(sample->id);
  }
  return groups;
}

}  // namespace

TEST_CASE("folders with com and pha are clips, and their images frames", "[datasets][clips]") {
  const TemporaryFolder folder;
  make_clips(folder, {"vm/0001", "vm/0000"});
  const Dataset dataset = open(folder);
  CHECK(dataset.adapter == "clips");
  CHECK(dataset.problems.empty());
  CHECK(dataset.default_protocols == std::vector<std::string>{"rvm"});
  REQUIRE(ids(dataset) == std::vector<std::string>{"vm/0000/0000", "vm/0000/0001", "vm/0000/0002",
                                                   "vm/0001/0000", "vm/0001/0001", "vm/0001/0002"});
  const SampleFiles& frame = dataset.samples[4];
  CHECK(frame.image == folder / "vm/0001/com/0001.jpg");
  CHECK(frame.truth == folder / "vm/0001/pha/0001.png");
  CHECK(frame.trimap.empty());
  CHECK(frame.tags == Tags{{"clip", "vm/0001"}, {"frame", "1"}});
}

TEST_CASE("a folder that is one clip is called by its name", "[datasets][clips]") {
  const TemporaryFolder folder;
  make_clips(folder, {"walk"});
  const Dataset dataset = open_dataset((folder / "walk").string());
  CHECK(ids(dataset) == std::vector<std::string>{"walk/0000", "walk/0001", "walk/0002"});
}

TEST_CASE("frames without matte and frames out of order are told", "[datasets][clips]") {
  const TemporaryFolder folder;
  for (const char* frame : {"1", "2", "10"}) {
    write_text(folder / ("a/com/" + std::string{frame} + ".png"), "");
  }
  write_text(folder / "a/pha/1.png", "");
  write_text(folder / "a/pha/2.png", "");
  const Dataset dataset = open(folder);
  CHECK(ids(dataset) == std::vector<std::string>{"a/1", "a/10", "a/2"});
  std::vector<std::string> codes;
  for (const Problem& problem : dataset.problems)
    codes.push_back(problem.code + " " + problem.sample);
  CHECK(codes == std::vector<std::string>{"missing a/10", "frame-order a"});
}

TEST_CASE("samples with the tags clip and frame are grouped in the order of their frames",
          "[datasets][clips]") {
  CHECK(grouped({tagged("a", "x", "10"), tagged("b", "y", "0"), tagged("c", "", ""),
                 tagged("d", "x", "2"), tagged("e", "x", ""), tagged("f", "", "3")}) ==
        std::vector<std::vector<std::string>>{{"d", "a"}, {"b"}, {"c"}, {"e"}, {"f"}});
}

TEST_CASE("each trimap of a clip makes a sequence of its own", "[datasets][clips]") {
  CHECK(grouped({tagged("0/s", "x", "0", "s"), tagged("0/l", "x", "0", "l"),
                 tagged("1/s", "x", "1", "s"), tagged("1/l", "x", "1", "l")}) ==
        std::vector<std::vector<std::string>>{{"0/s", "1/s"}, {"0/l", "1/l"}});
}

TEST_CASE("a shard has all frames of a clip or none", "[datasets][clips]") {
  const TemporaryFolder folder;
  make_clips(folder, {"a", "b", "c"});
  const Dataset first = select(open(folder), {.shard = {.index = 1, .count = 2}});
  const Dataset second = select(open(folder), {.shard = {.index = 2, .count = 2}});
  CHECK(ids(first) ==
        std::vector<std::string>{"a/0000", "a/0001", "a/0002", "c/0000", "c/0001", "c/0002"});
  CHECK(ids(second) == std::vector<std::string>{"b/0000", "b/0001", "b/0002"});
}
