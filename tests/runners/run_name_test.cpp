#include "runners/run_name.hpp"

#include "tests/support/catch.hpp"

using mbench::runners::run_folder_name;

TEST_CASE("a method with its defaults is called by its id", "[runners]") {
  CHECK(run_folder_name("closed-form", {}) == "closed-form");
}

TEST_CASE("options that differ are part of the folder's name", "[runners]") {
  CHECK(run_folder_name("closed-form", {{"lambda", "100"}, {"solver", "direct"}}) ==
        "closed-form,lambda=100,solver=direct");
}

TEST_CASE("values that are no file names are replaced by a digest", "[runners]") {
  const std::string name = run_folder_name("precomputed", {{"dir", "/data/my mattes"}});
  CHECK(name.starts_with("precomputed,dir=#"));
  CHECK(name.find('/') == std::string::npos);
  CHECK(name != run_folder_name("precomputed", {{"dir", "/data/other"}}));
}
