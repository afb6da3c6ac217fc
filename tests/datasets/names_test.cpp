#include "datasets/names.hpp"

#include <utility>

#include "datasets/aliases.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

namespace {

/// A home of its own for each test.
struct Home {
  TemporaryFolder folder{};
  ScopedVariable config{"MBENCH_CONFIG_HOME", (folder / "config").string()};
  ScopedVariable data{"MBENCH_DATA", std::nullopt};
  ScopedVariable cache{"MBENCH_CACHE", (folder / "cache").string()};
};

}  // namespace

TEST_CASE("a registered name opens its folder", "[datasets][names]") {
  const Home home;
  make_set(home.folder / "some place/set one", {"a"});
  CHECK_FALSE(add_name("mine", home.folder / "some place/set one"));
  const Location location = where_dataset("mine");
  CHECK(location.folder == std::filesystem::canonical(home.folder / "some place/set one"));
  CHECK(location.found_by == "registered in " + (home.folder / "config/datasets.toml").string());
  const Dataset dataset = open_dataset("mine");
  CHECK(dataset.id == "mine");
  CHECK(dataset.title == "mine");
}

TEST_CASE("registering keeps other names, and tells which folder it replaces",
          "[datasets][names]") {
  const Home home;
  make_set(home.folder / "one", {"a"});
  make_set(home.folder / "two", {"b"});
  (void)add_name("x.y", home.folder / "one");
  (void)add_name("z", home.folder / "one");
  CHECK(add_name("z", home.folder / "two") == std::filesystem::canonical(home.folder / "one"));
  CHECK_FALSE(add_name("z", home.folder / "two"));
  CHECK(ids(open_dataset("x.y")) == std::vector<std::string>{"a"});
  CHECK(ids(open_dataset("z")) == std::vector<std::string>{"b"});
  std::vector<std::string> known;
  for (const Location& location : known_datasets()) known.push_back(location.name);
  CHECK(known == std::vector<std::string>{"demo", "x.y", "z"});
}

TEST_CASE("only a data set can be registered, under a plain name", "[datasets][names]") {
  const Home home;
  make_set(home.folder / "one", {"a"});
  for (const char* name : {"", "a/b", "a:b", "a,b", ".hidden", "-x", "a b", "demo"}) {
    CAPTURE(name);
    CHECK(error_of([&] { (void)add_name(name, home.folder / "one"); }).kind() == ErrorKind::usage);
  }
  CHECK(error_of([&] { (void)add_name("x", home.folder / "none"); }).kind() ==
        ErrorKind::bad_input);
  CHECK(error_of([&] { (void)add_name("x", home.folder.path()); }).kind() == ErrorKind::bad_input);
  CHECK_FALSE(std::filesystem::exists(names_file()));
}

TEST_CASE("MBENCH_DATA makes the folders of its roots known", "[datasets][names]") {
  const Home home;
  make_set(home.folder / "root2/mine", {"a"});
  const ScopedVariable data{
      "MBENCH_DATA", (home.folder / "root1").string() + "::" + (home.folder / "root2").string()};
  CHECK(where_dataset("mine").found_by ==
        "a folder of MBENCH_DATA root " + (home.folder / "root2").string());
  CHECK(open_dataset("mine").id == "mine");
  make_set(home.folder / "root1/mine", {"b"});
  CHECK(ids(open_dataset("mine")) == std::vector<std::string>{"b"});  // the first root wins
  make_set(home.folder / "other", {"c"});
  (void)add_name("mine", home.folder / "other");
  CHECK(ids(open_dataset("mine")) == std::vector<std::string>{"c"});  // a registered name before
}

TEST_CASE("a path is a path, a bare name may be a folder here", "[datasets][names]") {
  const Home home;
  make_set(home.folder / "here", {"a"});
  make_set(home.folder / "other", {"b"});
  const ScopedWorkingFolder inside{home.folder.path()};
  CHECK(open_dataset("here").id == "here");
  CHECK(open_dataset("./here").id == "here");
  CHECK(open_dataset("here/").id == "here");
  (void)add_name("here", "other");
  CHECK(ids(open_dataset("here")) == std::vector<std::string>{"b"});
  CHECK(ids(open_dataset("./here")) == std::vector<std::string>{"a"});
}

TEST_CASE("a path may hold colons", "[datasets][names]") {
  const Home home;
  make_set(home.folder / "a:b=c", {"a"});
  CHECK(open_dataset((home.folder / "a:b=c").string()).samples.size() == 1);
}

TEST_CASE("an unknown name is refused with every place and the nearest name", "[datasets][names]") {
  const Home home;
  make_set(home.folder / "one", {"a"});
  (void)add_name("portraits", home.folder / "one");
  const ScopedVariable data{"MBENCH_DATA", (home.folder / "root").string()};
  const Error error = error_of([] { (void)open_dataset("portrait"); });
  CHECK(error.kind() == ErrorKind::usage);
  CHECK(error.parts().what == "unknown data set 'portrait'");
  CHECK(error.parts().fix == "did you mean 'portraits'? `mbench list datasets` shows all");
  for (const std::string& place :
       {names_file().string(), "MBENCH_DATA root " + (home.folder / "root").string(),
        std::string{"built-in names (demo)"}, std::filesystem::current_path().string()}) {
    CHECK(error.parts().found.find(place) != std::string::npos);
  }
}

TEST_CASE("a known layout without files is missing data, not a wrong name", "[datasets][names]") {
  const Home home;
  const Error error = error_of([] { (void)open_dataset("aim500"); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().fix == "register its folder: `mbench data add aim500 DIR`");
  CHECK(error.parts().found.find("MBENCH_DATA (not set)") != std::string::npos);
}

TEST_CASE("a folder that is gone is named", "[datasets][names]") {
  const Home home;
  make_set(home.folder / "one", {"a"});
  (void)add_name("mine", home.folder / "one");
  std::filesystem::rename(home.folder / "one", home.folder / "moved");
  const Error gone = error_of([] { (void)open_dataset("mine"); });
  CHECK(gone.kind() == ErrorKind::bad_input);
  CHECK(gone.parts().what == "the folder of data set 'mine' is gone");
  const Error path = error_of([] { (void)open_dataset("/no/such/folder"); });
  CHECK(path.kind() == ErrorKind::bad_input);
  CHECK(path.parts().where == "/no/such/folder");
}

TEST_CASE("a damaged file of names is refused, not overwritten", "[datasets][names]") {
  const Home home;
  make_set(home.folder / "one", {"a"});
  for (const char* text : {"[datasets\n", "other = 1\n", "[datasets]\nmine = 3\n"}) {
    write_text(names_file(), text);
    const Error error = error_of([&] { (void)add_name("mine", home.folder / "one"); });
    CHECK(error.kind() == ErrorKind::bad_input);
    CHECK(error.parts().where == names_file().string());
    CHECK(read_text(names_file()) == text);
  }
}

TEST_CASE("the file of names follows the usual variables", "[datasets][names]") {
  const ScopedVariable own{"MBENCH_CONFIG_HOME", std::nullopt};
  const ScopedVariable xdg{"XDG_CONFIG_HOME", "/x"};
  const ScopedVariable home{"HOME", "/h"};
  CHECK(names_file() == "/x/mbench/datasets.toml");
  CHECK(manifest_file("mine") == "/x/mbench/manifests/mine.csv");
  const ScopedVariable no_xdg{"XDG_CONFIG_HOME", ""};
  CHECK(names_file() == "/h/.config/mbench/datasets.toml");
  const ScopedVariable no_home{"HOME", std::nullopt};
  CHECK(error_of([] { (void)names_file(); }).kind() == ErrorKind::usage);
  CHECK(error_of([] { (void)where_dataset("nothing"); }).parts().what ==
        "unknown data set 'nothing'");
}

TEST_CASE("an option that the layout does not have is refused by name", "[datasets][names]") {
  const Home home;
  make_set(home.folder / "one", {"a"});
  const Error error =
      error_of([&] { (void)open_dataset((home.folder / "one").string() + ":lst=val.txt"); });
  CHECK(error.kind() == ErrorKind::usage);
  CHECK(error.parts().what.find("(layout 'folder') has no option 'lst'") != std::string::npos);
  CHECK(error.parts().fix == "did you mean 'list'?");
}

TEST_CASE("a name finds its set in the spellings that papers use", "[datasets][names]") {
  const Home home;
  make_set(home.folder / "one", {"a"});
  (void)add_name("aim500", home.folder / "one");
  for (const char* name : {"aim-500", "AIM-500", "Aim_500", "aim500"}) {
    CAPTURE(name);
    const Dataset dataset = open_dataset(name);
    CHECK(dataset.id == "aim500");
    CHECK(where_dataset(name).folder == std::filesystem::canonical(home.folder / "one"));
  }
  make_set(home.folder / "two", {"b"});
  (void)add_name("aim-500", home.folder / "two");  // what is there exactly comes first
  CHECK(ids(open_dataset("aim-500")) == std::vector<std::string>{"b"});
  CHECK(ids(open_dataset("aim500")) == std::vector<std::string>{"a"});
  const Error error = error_of([] { (void)open_dataset("AIM500"); });  // now it may be either
  CHECK(error.kind() == ErrorKind::usage);
  CHECK(error.parts().what == "'AIM500' may be one of several data sets");
  CHECK(error.parts().found == "aim-500, aim500");
}

TEST_CASE("a folder of MBENCH_DATA may bear the name that papers write", "[datasets][names]") {
  const Home home;
  make_set(home.folder / "roots/PPM-100", {"a"});
  const ScopedVariable data{"MBENCH_DATA", (home.folder / "roots").string()};
  CHECK(open_dataset("ppm100").id == "PPM-100");
  CHECK(open_dataset("ppm-100").id == "PPM-100");
}

TEST_CASE("the name of a part opens that part of its set", "[datasets][names][aliases]") {
  const Home home;
  const auto make_part = [&](const std::string& part, const char* images, const char* stem) {
    const auto folder = home.folder / ("P3M/validation/" + part);
    for (const char* kind : {images, "mask", "trimap"}) {
      write_text(folder / kind / (std::string{stem} + ".png"), "");
    }
  };
  make_part("P3M-500-P", "blurred_image", "p_0a1b2c3d");
  make_part("P3M-500-NP", "original_image", "p_0a1b2c3e");
  (void)add_name("p3m", home.folder / "P3M");
  CHECK(ids(open_dataset("p3m-500-p")) == std::vector<std::string>{"p_0a1b2c3d"});
  const Dataset np = open_dataset("p3m-500-np");
  CHECK(ids(np) == std::vector<std::string>{"p_0a1b2c3e"});
  CHECK(np.id == "p3m");
  CHECK(np.options == open_dataset("p3m:part=np").options);
  CHECK(ids(open_dataset("p3m-500-np:part=p")) == std::vector<std::string>{"p_0a1b2c3d"});
  (void)add_name("p3m-500-np", home.folder / "P3M");  // its name says which part is meant
  CHECK(ids(open_dataset("p3m-500-np")) == std::vector<std::string>{"p_0a1b2c3e"});
}

TEST_CASE("every spelling of the published sets is known", "[datasets][names][aliases]") {
  const std::pair<const char*, const char*> names[] = {{"composition-1k", "composition-1k"},
                                                       {"Composition-1k", "composition-1k"},
                                                       {"distinctions-646", "distinctions-646"},
                                                       {"Distinctions646", "distinctions-646"},
                                                       {"aim-500", "aim500"},
                                                       {"am-2k", "am2k"},
                                                       {"AM-2K", "am2k"},
                                                       {"p3m-500-p", "p3m"},
                                                       {"p3m-500-np", "p3m"},
                                                       {"p3m-10k", "p3m"},
                                                       {"ppm-100", "ppm100"},
                                                       {"bg-20k", "bg20k"},
                                                       {"alphamatting", "alphamatting"},
                                                       {"alphamatting.com", "alphamatting"},
                                                       {"duts", "duts"},
                                                       {"duts-te", "duts"},
                                                       {"paddleseg", "paddleseg"}};
  for (const auto& [name, id] : names) {
    CAPTURE(name);
    const auto set = set_called(name);
    REQUIRE(set);
    CHECK(set->entry->id == id);
  }
  CHECK_FALSE(set_called("aim-501"));
  CHECK_FALSE(set_called("p3m-500"));
  const Home home;
  const Error error = error_of([] { (void)where_dataset("bg-20k"); });
  CHECK(error.kind() == ErrorKind::bad_input);  // the name is known, the files are not here
  CHECK(error.parts().fix == "register its folder: `mbench data add bg20k DIR`");
}
