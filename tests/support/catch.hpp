#pragma once

// Catch2 2 and 3 under one set of names: tests include this file, never Catch2's own.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#include <string>

namespace Catch {

using Matchers::EndsWith;
using Matchers::Equals;
using Matchers::Matches;
using Matchers::StartsWith;

// Catch2 3 calls the matcher of strings ContainsSubstring: Matchers::Contains looks into ranges.
inline auto Contains(const std::string& part) { return Matchers::ContainsSubstring(part); }

}  // namespace Catch

using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
