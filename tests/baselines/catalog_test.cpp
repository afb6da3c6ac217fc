#include <algorithm>
#include <array>
#include <set>
#include <string>

#include <fmt/core.h>

#include "baselines/library_versions.hpp"
#include "baselines/method.hpp"
#include "baselines/published_only.hpp"
#include "core/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/references.hpp"

using namespace mbench;
using namespace mbench::baselines;

TEST_CASE("every method has its own id and says what it is", "[baselines][catalog]") {
  std::set<std::string_view> ids;
  for (const MethodEntry* entry : all_methods()) {
    CAPTURE(entry->id);
    CHECK(ids.insert(entry->id).second);
    CHECK_FALSE(entry->title.empty());
    CHECK_FALSE(entry->summary.empty());
    CHECK(entry->make != nullptr);
    for (const OptionSpec& option : entry->options) CHECK_FALSE(option.help.empty());
    CHECK(&find_method(entry->id) == entry);
  }
}

TEST_CASE("methods are listed in a fixed order, new ones at their end, networks last",
          "[baselines][catalog]") {
  std::vector<std::string_view> ids;
  std::vector<std::string_view> networks;
  for (const MethodEntry* entry : all_methods()) {
    (entry->deep ? networks : ids).push_back(entry->id);
    if (!entry->deep) CHECK(networks.empty());
  }
  constexpr std::array<std::string_view, 7> kFirst{
      "precomputed", "constant", "trimap-as-alpha", "closed-form", "tta", "command", "card"};
  REQUIRE(ids.size() >= kFirst.size());
  CHECK(std::equal(kFirst.begin(), kFirst.end(), ids.begin()));
}

TEST_CASE("an unknown method is refused with the nearest one", "[baselines][catalog]") {
  CHECK_THROWS_WITH(find_method("closed-from"), Catch::Contains("unknown method 'closed-from'") &&
                                                    Catch::Contains("did you mean 'closed-form'?"));
}

TEST_CASE("a method of published tables that cannot be run says why", "[baselines][catalog]") {
  std::set<std::string_view> ids;
  for (const MethodEntry* entry : all_methods()) ids.insert(entry->id);
  for (const PublishedOnly& method : published_only_methods()) {
    CAPTURE(method.id);
    CHECK(ids.insert(method.id).second);  // of its own: nothing that can be run has it
    CHECK_FALSE(method.title.empty());
    CHECK_FALSE(method.cite.empty());
    try {
      (void)find_method(method.id);
      FAIL("was found");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::unavailable);
      CHECK_THAT(error.what(), Catch::Contains("published numbers only"));
      CHECK(error.parts().found == method.reason);
    }
  }
  CHECK(ids.contains("late-fusion"));
}

TEST_CASE("every citation of a method is in the references", "[baselines][catalog]") {
  const auto is_there = [](std::string_view cite) {
    return cite.empty() || testing::is_in_references(cite);
  };
  for (const MethodEntry* entry : all_methods()) {
    CAPTURE(entry->id, entry->cite);
    CHECK(is_there(entry->cite));
  }
  for (const PublishedOnly& method : published_only_methods()) {
    CAPTURE(method.id, method.cite);
    CHECK(is_there(method.cite));
  }
}

TEST_CASE("the default options of every method are valid", "[baselines][catalog]") {
  for (const MethodEntry* entry : all_methods()) {
    CAPTURE(entry->id);
    CHECK_NOTHROW(Options{entry->options, {}, entry->id});
  }
}

TEST_CASE("the libraries that methods compute with have versions", "[baselines][catalog]") {
  const auto libraries = library_versions();
  REQUIRE_FALSE(libraries.empty());
  CHECK(libraries.front().first == "Eigen");
  for (const auto& [name, version] : libraries) {
    CAPTURE(name);
    CHECK_THAT(version, Catch::Matches("[0-9]+\\.[0-9]+\\.[0-9]+"));
  }
}
