#include <set>

#include "baselines/library_versions.hpp"
#include "baselines/method.hpp"
#include "core/error.hpp"
#include "tests/support/catch.hpp"

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

TEST_CASE("methods are listed in a fixed order, networks last", "[baselines][catalog]") {
  std::vector<std::string_view> ids;
  std::vector<std::string_view> networks;
  for (const MethodEntry* entry : all_methods()) {
    (entry->deep ? networks : ids).push_back(entry->id);
    if (!entry->deep) CHECK(networks.empty());
  }
  CHECK(ids == std::vector<std::string_view>{"precomputed", "constant", "trimap-as-alpha",
                                             "closed-form", "tta", "command", "card"});
}

TEST_CASE("an unknown method is refused with the nearest one", "[baselines][catalog]") {
  CHECK_THROWS_WITH(find_method("closed-from"), Catch::Contains("unknown method 'closed-from'") &&
                                                    Catch::Contains("did you mean 'closed-form'?"));
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
